#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`aver diff`: rows that belong together, what is shown of them, order, limits, mistakes; TAP on standard output.

test-diff.py AVER TOYS FIXTURES   the folders hold plugins made for tests
"""
import gzip
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import contains, equal, is_sanitized, main, peak_memory, skip_unless, test

aver = os.path.abspath(sys.argv[1])
TEXT = "Ada saw it. Bo said no. Cy left."


def run(*arguments, stdin=b""):
    done = subprocess.run([aver, "diff", *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={}, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode(errors="surrogateescape")


def quote(start, end, **more):
    return {"start": start, "end": end, "content": [[start, end]], "speaker": None, "confidence": 0.5, **more}


def document(name, *quotes, claims=None, **more):
    layers = {"quote": list(quotes)}
    if claims is not None:
        layers["claim"] = claims
    return {"id": name, "metadata": {}, "text": TEXT, "layers": layers, **more}


def write(name, *documents):
    data = "".join(json.dumps(d) + "\n" for d in documents).encode()
    with (gzip.open if name.endswith(".gz") else open)(name, "wb") as file:
        file.write(data)
    return name


def changes(*arguments):
    """What differs, a list for each layer of each document, and the counts."""
    code, out, err = run(*arguments, "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    equal((code, err), (1 if len(lines) > 1 else 0, ""))
    return lines[:-1], lines[-1]["summary"]


@test
def the_same_is_the_same():
    old = write("old.jsonl", document("a", quote(0, 11)), document("b"))
    new = write("new.jsonl.gz", document("a", quote(0, 11)), document("b"))
    code, out, err = run(old, new)
    equal((code, err), (0, ""))
    contains(out, "documents: 2 in both, 0 of them differ; 0 only in the old, 0 only in the new\n")
    equal(changes(old, new)[1]["layers"]["quote"], {"same": 1, "changed": 0, "added": 0, "removed": 0, "columns": {}})
    equal(run("-", new, stdin=open(old, "rb").read())[0], 0)


@test
def cells_that_changed_are_shown_with_their_words():
    old = write("old.jsonl", document("a", quote(0, 11, speaker="Ada"), quote(24, 32)))
    new = write("new.jsonl", document("a", quote(0, 10, speaker="Bo"), quote(12, 23)))
    code, out, err = run(old, new)
    equal((code, err), (1, ""))
    equal(out, "a\n  ~ quote 0-10: Ada saw it\n      span        0-11 -> 0-10\n      content     Ada saw it. -> Ada saw it\n"
          "      speaker     Ada -> Bo\n  + quote 12-23: Bo said no.\n      content     Bo said no.\n      confidence  0.5\n"
          "  - quote 24-32: Cy left.\n      content     Cy left.\n      confidence  0.5\n\n"
          "documents: 1 in both, 1 of them differ; 0 only in the old, 0 only in the new\n"
          "rows of                  the same    changed      added    removed\n"
          "quote                           0          1          1          1\n"
          "  quote.content                            1\n  quote.span                               1\n"
          "  quote.speaker                            1\n")


@test
def references_are_followed():
    old = write("old.jsonl", document("a", quote(12, 23), claims=[{"start": 12, "end": 23, "quote": 0}]))
    new = write("new.jsonl", document("a", quote(0, 11), quote(12, 23), claims=[{"start": 12, "end": 23, "quote": 1}]))
    equal(changes(old, new)[1]["layers"]["claim"]["same"], 1)
    new = write("new.jsonl", document("a", quote(0, 11), quote(12, 23), claims=[{"start": 12, "end": 23, "quote": 0}]))
    equal(changes(old, new)[1]["layers"]["claim"]["columns"], {"quote": 1})
    old = write("old.jsonl", document("a", claims=[{"start": 0, "end": 9, "quote": 7}, {"start": 0, "end": 9, "quote": -2}]))
    equal(run(old, old)[0], 0)


@test
def options_choose_what_counts():
    old = write("old.jsonl", document("a", quote(0, 11)), document("b", quote(0, 11)))
    new = write("new.jsonl", document("a", quote(0, 11, confidence=0.52)), document("b", quote(0, 11, speaker="Bo")))
    equal(run(old, new, "--ignore", "confidence", "--ignore", "quote.speaker")[0], 0)
    equal(run(old, new, "--ignore", "claim.confidence", "--ignore", "speaker")[0], 1)
    equal([d["id"] for d in changes(old, new, "--tolerance", "0.03")[0]], ["b"])
    equal(run(old, new, "--layer", "claim")[0], 0)
    equal(run(old, new, "--summary")[1].splitlines()[0],
          "documents: 2 in both, 2 of them differ; 0 only in the old, 0 only in the new")
    contains(run(old, new, "--limit", "1")[1], "a\n  ~ quote", "1 more documents differ\n", "2 of them differ")


@test
def metadata_and_texts_count():
    old = write("old.jsonl", document("a", metadata={"x": 1}), document("b"))
    new = write("new.jsonl", document("a", metadata={"x": 2}), document("b", text=TEXT + "!"))
    code, out, _ = run(old, new)
    equal(code, 1)
    contains(out, "a\n  ~ metadata\n      x           1 -> 2\n", "b\n  ~ text: 32 -> 33 bytes, and not the same\n")


@test
def order_does_not_matter():
    documents = [document(f"d{i}", quote(0, 11)) for i in range(50)]
    old = write("old.jsonl", *documents, document("gone"))
    new = write("new.jsonl", document("came"), *reversed(documents))
    found, summary = changes(old, new)
    equal(found, [{"id": "gone", "only": "old"}, {"id": "came", "only": "new"}])
    equal(summary["documents"], {"in_both": 50, "differ": 0, "only_old": 1, "only_new": 1})
    twice = write("twice.jsonl", document("a", quote(0, 11)), document("a", quote(12, 23)), document("b"))
    equal(run(twice, write("other.jsonl", document("b"), document("a", quote(0, 11)), document("a", quote(12, 23))))[0], 0)


@test
def what_only_one_has_is_listed_in_the_order_of_its_file():
    old = write("old.jsonl", *(document(name) for name in ("z", "both", "a\x1b[1m", "m")))
    new = write("new.jsonl", *(document(name) for name in ("y", "b", "both")))
    code, out, err = run(old, new)
    equal((code, err), (1, ""))
    equal(out[:out.index("documents:")], "".join(f"{name}\n  - only in the old\n\n" for name in ("z", "a\\u001b[1m", "m")) +
          "".join(f"{name}\n  + only in the new\n\n" for name in ("y", "b")))


@test
def rows_in_any_order_belong_together():
    rows = [quote(24, 32), quote(0, 11), quote(12, 23), quote(12, 20), quote(12, 23, speaker="Bo")]
    old = write("old.jsonl", document("a", *rows))
    new = write("new.jsonl", document("a", *reversed(rows)))
    equal(changes(old, new)[1]["layers"]["quote"]["same"], 5)


@test
def references_of_other_layers_lead_to_the_layer_of_their_name():
    def one(name, shift, **more):
        marks = [{"start": n, "end": n + 1} for n in range(shift, 4)]
        return write(name, {"id": "a", "text": TEXT, "layers": {"mark": marks, "note": [{"start": 0, "end": 4, "mark": 2 - shift, **more}]}})

    equal(changes(one("old.jsonl", 0), one("new.jsonl", 1))[1]["layers"]["note"], {"same": 1, "changed": 0, "added": 0, "removed": 0, "columns": {}})
    equal(changes(one("old.jsonl", 0, size=1), one("new.jsonl", 1, size=2))[1]["layers"]["note"]["columns"], {"size": 1})


@test
def output_that_cannot_be_written_is_no_difference():
    a, b = write("a.jsonl", document("a", quote(0, 11)), document("b")), write("b.jsonl", document("a", quote(12, 23)), document("c"))
    for arguments in ((a, a), (a, b), (a, b, "--json"), (a, b, "--summary"), (a, write("c.jsonl", document("c")))):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([aver, "diff", *arguments], stdout=full, stderr=subprocess.PIPE, env={}, timeout=60)
        equal((arguments, done.returncode), (arguments, 3))
        contains(done.stderr, b"standard output cannot be written")


@test
def what_waits_goes_to_disk():
    long = "x" * (1 << 20)
    documents = [document(f"d{i}", text=long + str(i)) for i in range(20)]
    old, new = write("old.jsonl", *documents), write("new.jsonl", *reversed(documents))
    for folder, code in ((os.getcwd(), 0), ("none", 3)):
        done = subprocess.run([aver, "diff", old, new], capture_output=True, env={"TMPDIR": folder}, timeout=60)
        equal(done.returncode, code)
    contains(done.stderr.decode(), "none/aver-diff-")
    equal(sorted(os.listdir()), ["new.jsonl", "old.jsonl"])


@skip_unless(not is_sanitized(aver), "a sanitizer takes memory of its own")
def a_row_takes_bytes_and_no_tree():
    """Trees of these rows take 70 MiB."""
    rows = [quote(12, 23, speaker=f"Ada{i % 97}") for i in range(20000)]
    old = write("old.jsonl", document("a", *rows))
    new = write("new.jsonl", document("a", *rows[1:]))
    for options in ((), ("--json",)):
        code, err, peak = peak_memory(aver, "diff", old, new, *options)
        equal((code, err), (1, ""))
        assert peak < 32, peak


@test
def what_no_tree_can_hold_is_told():
    rows = '{"id": "a", "layers": {"quote": [{"start": 0, "end": 1, "x": %s}]}}\n'
    for name, value in (("old.jsonl", "1"), ("new.jsonl", "1e999")):
        with open(name, "w", encoding="utf-8") as file:
            file.write(rows % value)
    code, _, err = run("old.jsonl", "new.jsonl")
    equal(code, 3)
    contains(err, "old.jsonl:1 or new.jsonl:1: layer 'quote' has a row 0 that cannot be read")


@test
def lists_are_objects_line_by_line():
    """As JSON, what differs is told while it is found, and is one object all the same."""
    old = write("old.jsonl", document("a", quote(0, 11), claims=[{"start": 0, "end": 1}], metadata={"x": 1}))
    new = write("new.jsonl", document("a", quote(0, 11, speaker="\u00e9"), text="Ada."))
    found, _ = changes(old, new)
    equal(list(found[0]), ["id", "layers", "metadata", "text"])
    equal(list(found[0]["layers"]), ["claim", "quote"])
    equal(found[0]["layers"]["claim"][0]["change"], "removed")
    equal(found[0]["text"], {"old": 32, "new": 4})


@test
def trouble_is_told_from_differences():
    good = write("good.jsonl", document("a"))
    with open("bad.jsonl", "w", encoding="utf-8") as file:
        file.write('{"id": "a"}\n{"id": \n')
    for arguments, code, message in [
            ((good, "bad.jsonl"), 3, "bad.jsonl:2:"), ((good, "none.jsonl"), 3, "none.jsonl"), ((good,), 2, "OLD NEW"),
            (("-", "-"), 2, "standard input"), ((good, good, "--limit", "-1"), 2, "--limit"), ((good, "."), 2, "a folder"),
            ((good, good, "--tolerance", "-1"), 2, "--tolerance")]:
        got, _, err = run(*arguments)
        equal(got, code)
        contains(err, message)
    write("rows.jsonl", {"id": "a", "layers": {"quote": [{"start": 1}]}})
    contains(run(good, "rows.jsonl")[2], "good.jsonl:1 or rows.jsonl:1: layer 'quote' has a row without 'start' and 'end'")
    write("rows.jsonl", {"id": "a", "layers": {"quote": {"x": 1}}})
    contains(run(good, "rows.jsonl")[2], "layer 'quote' is no list of rows")
    for text, message in (('{"id": "a", "layers": {"quote": [], "quote": []}}', "twice.jsonl:1: in 'layers': the key 'quote' stands twice"),
                          ('{"id": "a", "layers": {"quote": [1,]}}', "twice.jsonl:1: malformed JSON at byte 35")):
        with open("twice.jsonl", "w", encoding="utf-8") as file:
            file.write(text + "\n")
        code, _, err = run(good, "twice.jsonl")
        equal(code, 3)
        contains(err, message)
    with open("twice.jsonl", "w", encoding="utf-8") as file:
        file.write('{"id": "a", "id": "b"}\n')
    contains(run(good, "twice.jsonl")[2], "twice.jsonl:1: the key 'id' stands twice")
    write("noid.jsonl", {"layers": {}})
    contains(run(good, "noid.jsonl")[2], "noid.jsonl:1: no document with an \"id\"")
    with open("cut.jsonl.gz", "wb") as file:
        file.write(gzip.compress(b'{"id": "a"}\n' * 1000)[:-20])
    equal(run(good, "cut.jsonl.gz")[0], 3)


main()
