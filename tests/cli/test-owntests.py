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

aver, fixtures = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[3])
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


MARKS = "abcd efgh ijkl mnop "


def marks(*documents, print_found=False, how="no", **more):
    """A run of tests of a layer with columns of every kind, four rows in each document."""
    write("m.json", {"version": 1, "stages": ["text-reader", {"plugin": "misbehaves", "options": {"how": how, "id": "odd"}}, "jsonl-writer"]})
    file = write("m.test.json", {"version": 1, "documents": [{"name": str(i), "text": MARKS, **d} for i, d in enumerate(documents)], **more})
    return run("--plugin-dir", fixtures, *(["--print"] if print_found else []), file)


@test
def columns_of_every_kind_are_compared():
    right = [{"parts": ["a", "cd"]}, {"parts": [[5, 6], [7, 9]]}, {"kind": "two", "number": 1000}, {"bits": []}, {"bits": ["two", "one"]},
             {"bits": ["two"], "start": 10, "end": 14}, {"before": None, "word": None, "place": []}, {"before": 1, "text": "ijkl"},
             {"before": {"number": 1000, "before": {"before": None}}}, {"number": {"min": 2500}}, {"weight": 0.125, "place": "e"}]
    wrong = [{"parts": ["a", "c"]}, {"parts": ["a"]}, {"kind": None}, {"bits": ["two", "one"], "start": 0}, {"before": 3}, {"before": {"number": 3000}},
             {"before": {"start": 15}}, {"number": None}, {"number": 999}, {"number": {"min": 1, "max": 999}}, {"place": [], "number": 1000}]
    code, out, err = marks(*({"expect": {"mark": [row]}} for row in right), *({"absent": {"mark": [row]}} for row in wrong))
    equal((code, err, [line for line in out.splitlines() if line.startswith("not ok")]), (0, "", []))
    for row in wrong:
        equal((row, marks({"expect": {"mark": [row]}})[0]), (row, 1))


@test
def what_is_missing_is_shown_as_it_is():
    code, out, err = marks({"expect": {"mark": [{"kind": "one", "number": 12345678, "before": None, "text": "abcd"}]}})
    equal((code, err), (1, ""))
    contains(out, "# ", "mark row is missing; the closest is row 0\n", "#       before      (none)\n",
             "#     ! number      expected  12345678\n#                   found     0\n", "#       text        abcd\n")
    out = marks({"expect": {"mark": [{"start": 16, "end": 18, "kind": "two"}]}})[1]
    contains(out, "#     ! start       expected  16\n#                   found     5\n", "#     ! end         expected  18\n")
    contains(marks({"expect": {"mark": [{"text": "ijkm", "word": "mnop", "bits": ["one"]}]}})[1], "    ! text        expected  ijkm\n#                   found     ")
    contains(marks({"expect": {"mark": [{"text": "efgh", "weight": 0.12}]}})[1], "#     ! weight      expected  0.12\n#                   found     0.125\n")
    contains(marks({"expect": {"mark": [{"text": "zzzz"}]}})[1], "mark row is missing; none of those found is like it\n")
    contains(marks({"text": "", "expect": {"mark": [{"start": 0}]}})[1], "mark row is missing; none was found\n#       start       0\n")
    contains(marks({"text": MARKS * 2, "expect": {"mark": []}, "exact": ["mark"]})[1], "#   mark: 8 rows more than expected\n")
    out = run(write("\x1b[2mm.test.json", {"version": 1, "pipeline": "q.json", "documents": [{"name": "x", "text": TEXT, "count": {"quote": 9}}]}))[1]
    contains(out, "m.test.json:1:", ": 2 rows of quote; expected 9")
    equal("\x1b" in out, False)


@test
def rows_too_many_are_counted():
    text = "One ends. " * 30
    out = run(one(text=text, expect={"sentence": []}, exact=True))[1]
    contains(out, "#   sentence: 30 rows more than expected\n", "#     row 19, ", "#     and 10 more\n")
    equal("row 20," in out, False)


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
            ({"file": "a.txt"}, None, "both 'text' and 'file'; expected one of them"),
            ({"expect": {"zzzzzzzz": []}}, "zzzzzzzz", "no stage of the pipeline provides the layer 'zzzzzzzz'; expected one of "),
            ({"expect": {"quote": 1}}, "1", "'quote' is of another type; expected a list of rows"),
            ({"expect": {"quote": ["row"]}}, "row", "expected a row: an object of columns"),
            ({"exact": "quote"}, "quote", "'exact' is of another type; expected true or false"),
            ({"exact": ["qu\0te"]}, "qu", "has a NUL character; expected none"),
            ({"id": "zyx"}, "id\": ", "'id' is not for a document with a 'text'; expected 'name'"),
            ({"dropped": True, "count": {"quote": 2}}, "count", "'count' of a document that is dropped; expected one of them"),
            ({"text": ["x", 7]}, "7", "expected a line of text")]:
        code, out, err = run(one(**document))
        equal((code, out), (2, ""))
        contains(err, message)
        if place is not None:
            with open("q.test.json", encoding="utf-8") as file:
                text = file.read()
            column = text.rindex(place) + 1 - (0 if place.lstrip("-").isdigit() else 1)
            contains(err, f"q.test.json:1:{column}: ")
    contains(run(write("q.test.json", '{"version": 1,\n "documents": [}'))[2], "q.test.json:2:", "not JSON")
    for name, text in [("q.test.json", '["\\涋"]'), ("\x1b[1mq.test.json", "[")]:
        err = run(write(name, text))[2]
        contains(err, "not JSON")
        equal([c for c in err if c == "\x1b" or "\udc80" <= c <= "\udcff"], [])
    contains(run(tests({"name": "x", "text": "x"}, pipeline="p.json"))[2], "p.json")
    for text, message in [
            ('{"version": 2,\n"documents": []}', "q.test.json:1:13: a version that this Aver does not know; expected \"version\": 1\n"),
            ('{"version": 1}', "q.test.json:1:1: no 'documents'; expected a list of them\n"),
            ('{"version": 1, "zzzzzzzz": 1, "documents": []}', "q.test.json:1:16: unknown key 'zzzzzzzz'; expected one of $schema, description, "),
            ('{"documents": []}', "q.test.json:1:1: no 'version'; expected \"version\": 1\n"),
            ('{"version": 1, "documents": [\n {"text": "x"}]}', "q.test.json:2:2: no 'name'; expected what the document is to show\n"),
            ('{"version": 1, "documents": [{"name": "x", "text": "x"},\n{"name": "x", "text": "y"}]}',
             "q.test.json:2:10: the name 'x' is there already; expected each once\n"),
            ('{"version": 1, "documents": [\n{"name": "x", "file": "x", "metadata": {}}]}', "q.test.json:2:28: 'metadata' is not for a document that is read from a file\n"),
            ('{"version": 1, "documents": [{"name": "x", "text": "x", "expect": {}, "expect": {}}]}', "the key 'expect' stands twice\n"),
            ('{"version": 1, "documents": ' + "[" * 40 + "]" * 40 + "}", "nested deeper than 32 values; expected less\n"),
            ('{"version": 1, "documents": [' + ",".join(['{"naem": "x"}'] * 300) + "]}", "unknown key 'naem'; did you mean 'name'?\n")]:
        code, out, err = run(write("q.test.json", text))
        equal((code, out), (2, ""))
        contains(err, message)
        equal(len(err.splitlines()) <= 100, True)
    write("q.test.json", " " * (16 << 20) + "[]")
    equal(run("q.test.json"), (2, "", "q.test.json: longer than 16 MiB; expected a file of tests\n"))
    write("bare.json", {"version": 1, "stages": ["text-reader", "jsonl-writer"]})
    contains(run(write("bare.test.json", {"version": 1, "documents": [{"name": "x", "text": "x", "count": {"quote": 0}}]}))[2],
             "layer 'quote'; but no stage of the pipeline provides any\n")
    contains(marks({"expect": {"mark": [{"bits": ["one", 2]}]}})[2], "'bits' is of another type; expected a list of names\n")
    contains(marks({"expect": {"mark": [{"bits": ["ona"]}]}})[2], "'bits' is never 'ona'; did you mean 'one'?\n")
    contains(run("--print", "m.test.json", "m.test.json")[2], "--print and several files; expected one of them")
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
def what_is_found_has_columns_of_every_kind():
    code, out, err = marks({}, {"name": "odd", "count": {"mark": 4}}, {"name": "kept", "dropped": True}, how="drop", print_found=True)
    equal((code, err), (0, ""))
    documents = json.loads(out)["documents"]
    equal(documents[0]["expect"]["mark"][1], {"text": "efgh", "parts": ["e", "gh"], "kind": "two", "word": "efgh", "bits": ["one"], "place": "e", "number": 1000})
    equal(documents[1:], [{"name": "odd", "text": MARKS, "dropped": True}, {"name": "kept", "text": MARKS, "expect": documents[0]["expect"]}])
    equal(run("--plugin-dir", fixtures, write("m.test.json", out))[0], 0)
    equal(marks({}, {"name": "odd"}, how="fail", print_found=True)[:2], (1, ""))
    write("\x1b[2mm.test.json", json.dumps({**json.loads(out), "pipeline": os.path.abspath("m.json")}))
    code, _, err = run("--plugin-dir", fixtures, "--print", "\x1b[2mm.test.json", "--set", "misbehaves.how=fail")
    equal(code, 1)
    contains(err, "m.test.json: document 'odd': ")
    equal("\x1b" in err, False)


@test
def results_that_cannot_be_written_are_no_success():
    for arguments in ([one()], ["--print", one()]):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([aver, "test", *arguments], stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, env={}, timeout=60)
        equal((done.returncode, done.stderr), (3, b"aver: standard output cannot be written\n"))


@test
def settings_reach_the_pipeline():
    equal(run(tests({"name": "x", "text": TEXT, "count": {"quote": 2}}, set=["quote-attributor.mode=fast"]))[0], 0)
    equal(run("q.test.json", "--set", "quote-attributor.mode=none")[0], 2)


main(prepare)
