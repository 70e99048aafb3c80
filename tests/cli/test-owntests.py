#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`aver test`: what matches, what is shown when it does not, and mistakes in files of tests; TAP on standard output.

test-owntests.py AVER TOYS FIXTURES   the folders hold plugins made for tests
"""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import contains, equal, main, test

aver = os.path.abspath(sys.argv[1])
TEXT = "Ada Quill came to the pier. “It leaks,” Quill said. She reportedly added that it would fall."


def run(*arguments):
    done = subprocess.run([aver, "test", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env={}, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode(errors="surrogateescape")


def write(name, value):
    with open(name, "w", encoding="utf-8") as file:
        file.write(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return name


def prepare():
    write("q.json", {"version": 1, "stages": ["auto-reader", "sentence-splitter", "quote-attributor", "jsonl-writer"]})


def tests(*documents, **more):
    return write("q.test.json", {"version": 1, **more, "documents": list(documents)})


def one(**document):
    return tests({"name": "one", "text": TEXT, **document})


@test
def rows_match_by_the_columns_they_name():
    equal(run(one(expect={"quote": [
        {"content": "“It leaks,”", "speaker": "Ada Quill", "kind": "direct", "confidence": {"min": 0.1, "max": 1}},
        {"content": ["it would fall"], "modality": "hedged"},
    ], "sentence": [{"text": "Ada Quill came to the pier.", "start": 0, "end": 27}]},
        absent={"quote": [{"speaker": "Quill"}, {"source": None}]}, count={"quote": 2, "sentence": 3}, exact=["quote"])),
        (0, "1..1\nok 1 - one\n# all 1 as expected\n", ""))
    start = TEXT.encode().index("“It".encode())
    for content in ([start, start + 15], [[start, start + 15]]):
        equal(run(one(expect={"quote": [{"content": content}]}))[0], 0)
        equal(run(one(expect={"quote": [{"content": [0, 3]}]}))[0], 1)


@test
def what_differs_is_shown_beside_what_was_expected():
    code, out, err = run(one(expect={"quote": [{"content": "“It leaks,”", "speaker": "Quill"}]}, exact=True))
    equal((code, err), (1, ""))
    contains(out, "not ok 1 - one\n#   q.test.json:1:", ": quote row is missing; the closest is row 0\n"
             "#       content     “It leaks,”\n#     ! speaker     expected  Quill\n#                   found     Ada Quill\n",
             "#   quote: 2 rows more than expected\n", "# 1 of 1 not as expected\n")
    contains(run(one(absent={"quote": [{"kind": "direct"}]}))[1], "quote row was found, and expected to be absent\n#     row 0, ")
    contains(run(one(count={"quote": 3}))[1], ": 2 rows of quote; expected 3\n")
    contains(run(one(dropped=True))[1], "#   the document was kept; expected it to be dropped\n")


@test
def every_row_is_one_of_its_own():
    row = {"speaker": "Ada Quill"}
    equal(run(one(expect={"quote": [row, {"speaker": "Ada Quill", "kind": "direct"}]}))[0], 0)
    equal(run(one(expect={"quote": [row, row, row]}))[0], 1)


@test
def documents_come_from_files_too():
    write("a.txt", TEXT)
    write("b.jsonl", "".join(json.dumps({"id": n, "text": t}) + "\n" for n, t in (("x", "No."), ("y", TEXT))))
    documents = [{"name": "a", "file": "a.txt", "count": {"quote": 2}}, {"name": "x", "file": "b.jsonl", "count": {"quote": 0}},
                 {"name": "y", "file": "b.jsonl", "id": "y", "count": {"quote": 2}},
                 {"name": "lines", "text": TEXT.split(". "), "metadata": {"n": 1}, "count": {"sentence": 3}}]
    equal(run(tests(*documents))[0], 0)
    code, out, _ = run(tests({"name": "z", "file": "b.jsonl", "id": "z"}, {"name": "none", "file": "none.txt"}))
    equal(code, 1)
    contains(out, "the document failed: b.jsonl: no document 'z' in the file\n", "not ok 2 - none\n", "none.txt")


@test
def mistakes_name_their_place_and_what_was_meant():
    for document, place, message in [
            ({"expects": {}}, "expects", "unknown key 'expects'; did you mean 'expect'?"),
            ({"expect": {"quotes": []}}, "quotes", "no stage of the pipeline provides the layer 'quotes'; did you mean 'quote'?"),
            ({"expect": {"quote": [{"speeker": "x"}]}}, "speeker", "layer 'quote' has no column 'speeker'; did you mean 'speaker'?"),
            ({"expect": {"quote": [{"kind": "dirct"}]}}, "dirct", "'kind' is never 'dirct'; did you mean 'direct'?"),
            ({"expect": {"quote": [{"confidence": "hi"}]}}, "hi", "'confidence' is of another type; expected a number, or"),
            ({"count": {"quote": -1}}, "-1", "'quote' is no number of rows; expected a whole number"),
            ({"exact": ["quot"]}, "quot", "no stage of the pipeline provides the layer 'quot'; did you mean 'quote'?"),
            ({"file": "a.txt"}, None, "both 'text' and 'file'; expected one of them")]:
        code, out, err = run(one(**document))
        equal((code, out), (2, ""))
        contains(err, message)
        if place is not None:
            with open("q.test.json", encoding="utf-8") as file:
                text = file.read()
            column = text.rindex(place) + 1 - (0 if place == "-1" else 1)
            contains(err, f"q.test.json:1:{column}: ")
    contains(run(write("q.test.json", '{"version": 1,\n "documents": [}'))[2], "q.test.json:2:", "not JSON")
    for name, text in [("q.test.json", '["\\涋"]'), ("\x1b[1mq.test.json", "[")]:
        err = run(write(name, text))[2]
        contains(err, "not JSON")
        equal([c for c in err if c == "\x1b" or "\udc80" <= c <= "\udcff"], [])
    contains(run(tests({"name": "x", "text": "x"}, pipeline="p.json"))[2], "p.json")
    contains(run(write("q.json.txt", '{"version": 1, "documents": [{"name": "x", "text": "y"}]}'))[2], "no 'pipeline'")
    equal(run(tests())[0], 2)
    equal(run("none.test.json")[0], 2)
    equal(run()[0], 2)


@test
def what_is_found_is_where_a_file_starts():
    code, out, err = run("--print", one())
    equal((code, err), (0, ""))
    document = json.loads(out)["documents"][0]
    equal([row["content"] for row in document["expect"]["quote"]], ["“It leaks,”", "it would fall"])
    equal(run(write("q.test.json", out))[0], 0)


@test
def settings_reach_the_pipeline():
    equal(run(tests({"name": "x", "text": TEXT, "count": {"quote": 2}}, set=["quote-attributor.mode=fast"]))[0], 0)
    equal(run("q.test.json", "--set", "quote-attributor.mode=none")[0], 2)


main(prepare)
