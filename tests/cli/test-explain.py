#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`aver explain` as its users meet it: rows, reasons, offsets, documents, mistakes; TAP on standard output.

test-explain.py AVER TOYS FIXTURES   the folders hold plugins made for tests
"""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import contains, equal, main, test

aver, toys, fixtures = (os.path.abspath(path) for path in sys.argv[1:4])
TEXT = "Ada Quill came to the pier. “It leaks,” Quill said. She reportedly added that it would fall.\n"


def run(*arguments, stdin=b""):
    done = subprocess.run([aver, "explain", *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={}, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode(errors="surrogateescape")


def pipeline(*stages, name="quotes.json"):
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": list(stages)}, file)
    return name


def quotes(reader="text-reader"):
    return pipeline(reader, "sentence-splitter", "quote-attributor", "jsonl-writer")


def write(name, text):
    with open(name, "wb") as file:
        file.write(text.encode())
    return name


def rows(out):
    return [json.loads(line) for line in out.splitlines()]


@test
def every_row_is_shown_with_its_reasons():
    code, out, err = run(quotes(), write("a.txt", TEXT))
    equal((code, err), (0, ""))
    contains(out, "a.txt: quote 0, bytes ", "  content     “It leaks,”\n", "  speaker     Ada Quill\n",
             "    rule        source: the subject of the cue: Quill\n", "    score       confidence",
             "a.txt: quote 1, bytes ", "  modality    hedged\n")


@test
def json_has_one_row_a_line():
    code, out, err = run(quotes(), write("a.txt", TEXT), "--json")
    equal((code, err), (0, ""))
    first, second = rows(out)
    equal((first["id"], first["layer"], first["row"]), ("a.txt", "quote", 0))
    equal(first["values"]["content"][0]["text"], "“It leaks,”")
    equal(first["values"]["speaker"], "Ada Quill")
    done = subprocess.run([aver, "run", "-q", "quotes.json", "a.txt"], stdout=subprocess.PIPE, env={}, timeout=60, check=True)
    for row, written in zip((first, second), json.loads(done.stdout)["layers"]["quote"]):
        for name, value in row["values"].items():
            cell = [piece["span"] for piece in value] if isinstance(value, list) else value
            equal((name, cell), (name, written.get(name, [] if isinstance(value, list) else None)))
    equal({reason["kind"] for reason in first["reasons"]} >= {"rule", "score"}, True)
    equal(any(reason["kind"] == "alternative" and "weight" in reason for reason in second["reasons"]), True)
    for row in (first, second):
        for reason in row["reasons"]:
            if "span" in reason:
                start, end = reason["span"]
                equal(TEXT.encode()[start:end].decode(), reason["text"])
    equal(run("quotes.json", "a.txt", "--json")[1], out)


@test
def offsets_choose_rows():
    path = quotes()
    write("a.txt", TEXT)
    place = str(TEXT.encode().index(b"leaks"))
    equal([row["row"] for row in rows(run(path, "a.txt", "--json", "--at", place)[1])], [0])
    equal(run(path, "a.txt", "--at", "0"), (0, "", "aver: no row covers byte 0\n"))
    equal(run(path, "a.txt", "--at", "99999"), (0, "", "aver: no row covers byte 99999\n"))
    code, _, err = run(path, "a.txt", "--at", "-1")
    equal((code, err.splitlines()[0]),
          (2, "aver explain: --at is '-1'; expected a byte's offset in the text, from 0"))
    equal(run(path, "a.txt", "--at", "many")[0], 2)


@test
def documents_are_chosen_by_id():
    path = quotes("jsonl-reader")
    write("a.jsonl", "".join(json.dumps({"id": str(i), "text": TEXT}) + "\n" for i in range(3)))
    equal([row["id"] for row in rows(run(path, "a.jsonl", "--json")[1])], ["0", "0", "1", "1", "2", "2"])
    equal([row["id"] for row in rows(run(path, "a.jsonl", "--json", "--document", "1")[1])], ["1", "1"])
    equal(run(path, "a.jsonl", "--document", "x"), (2, "", "aver: a.jsonl: no document 'x'\n"))


@test
def another_reader_and_standard_input():
    line = (json.dumps({"id": "a", "text": TEXT}) + "\n").encode()
    code, out, _ = run(quotes(), "-", "--reader", "jsonl-reader", "--json", stdin=line)
    equal((code, len(rows(out))), (0, 2))


@test
def bad_documents_are_named_and_passed_over():
    path = quotes("jsonl-reader")
    write("a.jsonl", "{\n" + json.dumps({"id": "b", "text": TEXT}) + "\n")
    code, out, err = run(path, "a.jsonl", "--json")
    equal((code, len(rows(out))), (1, 2))
    contains(err, "aver: a.jsonl:1: stage 'jsonl-reader': ")
    equal(run(path, "none.jsonl")[0] in (1, 3), True)


@test
def terminals_are_safe():
    write("a.txt", "Ada Quill said: “It\x1b]0;x\x07 leaks all day.”\n")
    code, out, _ = run(quotes(), "a.txt")
    equal(code, 0)
    assert "\x1b" not in out and "\x07" not in out, out
    contains(out, "\\u001b]0;x\\u0007 leaks")


@test
def layers_are_chosen():
    path = quotes()
    write("a.txt", TEXT)
    equal(run(path, "a.txt", "--layer", "quote")[0], 0)
    code, out, err = run(path, "a.txt", "--layer", "sentence")
    equal((code, out, err.splitlines()[0]),
          (2, "", "aver explain: no stage explains the layer 'sentence'; expected one of quote"))


@test
def a_pipeline_that_explains_nothing_says_so():
    path = pipeline("text-reader", "sentence-splitter", "jsonl-writer", name="sentences.json")
    equal(run(path, write("a.txt", TEXT)),
          (2, "", "aver: sentences.json: no stage of this pipeline explains what it does\n"))


@test
def the_command_line_is_checked():
    for arguments, said in (((), "no pipeline file"), ((quotes(),), "no file to explain"),
                            ((quotes(), "a", "b"), "too many files")):
        code, out, err = run(*arguments)
        equal((code, out, err.splitlines()[0]), (2, "", f"aver explain: {said}; expected PIPELINE FILE"))


@test
def a_long_text_is_shown_by_its_ends():
    words = "“" + "Wir müssen über die Brücke gehen, " * 20 + "überall Grün, Öl und Käse,” Ada Quill said."
    code, out, err = run(quotes(), write("a.txt", words + "\n"))
    equal((code, err), (0, ""))
    line = next(line for line in out.splitlines() if line.startswith("  content"))
    contains(line, "“Wir müssen über", " … ", "Öl und Käse,”")
    equal(len(line) < 160, True)


@test
def trouble_is_told():
    path, text = quotes(), write("a.txt", TEXT)
    with open("/dev/full", "wb") as full:
        done = subprocess.run([aver, "explain", path, text], stdout=full, stderr=subprocess.PIPE, env={}, timeout=60)
    equal((done.returncode, done.stderr), (3, b"aver: standard output cannot be written\n"))
    equal(run("none.json", text), (2, "", "none.json: cannot be read: there is no such file; expected a pipeline file\n"))


@test
def nothing_to_explain():
    equal(run(quotes(), write("a.txt", "It rains.\n")), (0, "", "aver: no rows to explain\n"))
    equal(run("quotes.json", write("b.txt", "")), (0, "", "aver: no rows to explain\n"))


main()
