#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A layer that nobody but its plugin knows, `entity` of gazetteer, goes through every writer, conditions, isolation and eval.

test-entities.py AVER
"""
import csv
import io
import json
import os
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import Skip, contains, equal, is_sanitized, main, peak_memory, skip_unless, test

aver = os.path.abspath(sys.argv[1])
TEXT = "Ada Quill runs the pier.\n\n“It leaks,” said the ODW. Quill denied it.\n"
LIST = "person\tAda Quill\tq1\tQuill\norganisation\tOffice for Dams\t\tODW\n"
ROWS = [("person", "Ada Quill", "q1", "Ada Quill"), ("organisation", "Office for Dams", None, "ODW"),
        ("person", "Ada Quill", "q1", "Quill")]


def write(name, text):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    return name


def run(*arguments, stage=None, code=0):
    stages = ["text-reader", "sentence-splitter", {"plugin": "gazetteer", "options": {"list": write("names.tsv", LIST)}},
              "quote-attributor", "jsonl-writer"]
    stages[2].update(stage or {})
    write("p.json", json.dumps({"version": 1, "stages": stages}))
    write("pier.txt", TEXT)
    done = subprocess.run([aver, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    equal((done.returncode, done.stderr.decode() if code == 0 else ""), (code, ""))
    return (done.stdout if code == 0 else done.stderr).decode()


def written(writer, *more, **given):
    return run("run", "--quiet", "p.json", "pier.txt", "--writer", writer, *more, **given)


def rows(records):
    data = TEXT.encode()
    return [(row["label"], row["name"], row.get("identifier"), data[row["start"]:row["end"]].decode()) for row in records]


@test
def json_lines():
    layers = json.loads(written("jsonl-writer"))["layers"]
    equal(rows(layers["entity"]), ROWS)
    equal([row["speaker"] for row in layers["quote"]][:1], ["Office for Dams"])


@test
def without_it_nothing_changes():
    layers = json.loads(written("jsonl-writer", stage={"when": "false"}))["layers"]
    equal(layers["quote"][0]["speaker"], "ODW")


@test
def in_a_child_process():
    equal(written("jsonl-writer", stage={"isolate": True}), written("jsonl-writer"))


@test
def tables():
    table = csv.reader(io.StringIO(written("csv-writer", "--set", "csv-writer.layer=entity")))
    equal([(r[5], r[6], r[7] or None, r[4]) for r in list(table)[1:]], ROWS)


@test
def databases():
    if subprocess.run([aver, "plugins", "sqlite-writer"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
        raise Skip("sqlite-writer is not built")
    written("sqlite-writer", "-o", "out.db")
    found = sqlite3.connect("out.db").execute("select label, name, identifier, text from entity order by start").fetchall()
    equal([tuple(row) for row in found], ROWS)


@test
def annotation_tools():
    written("brat-writer", "-o", "brat")
    with open("brat/pier.ann", encoding="utf-8") as file:
        contains(file.read(), "Ada Quill", "ODW")
    with open("brat/annotation.conf", encoding="utf-8") as file:
        contains(file.read(), "entity")
    lines = written("webanno-writer", "--set", "webanno-writer.layers=entity").splitlines()
    equal(len(lines), 3)
    contains(lines[1], "Office for Dams")


@test
def search_engines():
    document = json.loads(written("elastic-writer").splitlines()[1])
    contains(json.dumps(document), "Office for Dams", "entity")


@test
def conditions():
    write("c.json", json.dumps({"version": 1, "stages": [
        "text-reader", {"plugin": "gazetteer", "options": {"list": "names.tsv"}},
        {"plugin": "filter", "options": {"keep": "count(entity where label == 'person') > 2"}}, "jsonl-writer"]}))
    equal(run("run", "--quiet", "c.json", "pier.txt"), "")


@test
def evaluation():
    gold = json.loads(written("jsonl-writer", "--set", "jsonl-writer.text=true"))
    gold["layers"]["entity"].pop()
    write("gold.jsonl", json.dumps(gold) + "\n")
    contains(run("eval", "p.json", "--gold", "gold.jsonl", "--layer", "entity"), "66.67     100.00")


@test
def lists_are_checked():
    write("bad.tsv", "person\tAda Quill\n\nperson\n")
    said = run("run", "p.json", "--set", "gazetteer.list=bad.tsv", "pier.txt", code=2)
    contains(said, "bad.tsv:3: no name; expected a label, a tab and a name")


@test
def several_lists_are_one():
    write("more.tsv", "place\tPell\np\tthe pier\nperson\tMr Quill\tq2\tQuill\n")
    layers = json.loads(written("jsonl-writer", "--set", "gazetteer.list=more.tsv,names.tsv"))["layers"]
    equal(rows(layers["entity"]), [ROWS[0], ("p", "the pier", None, "the pier"), ROWS[1], ("person", "Mr Quill", "q2", "Quill")])


@test
def explained():
    out = run("explain", "p.json", "pier.txt", "--layer", "entity", "--json")
    reasons = [[(r["kind"], r["name"], r.get("text")) for r in json.loads(line)["reasons"]] for line in out.splitlines()]
    case = ("rule", "case=smart: what is upper case in the list is so in the text", None)
    equal(reasons, [[("rule", "listed: 'Ada Quill' in names.tsv:1", "Ada Quill"), case],
                    [("rule", "listed: 'ODW', alias of 'Office for Dams' in names.tsv:2", "ODW"), case],
                    [("rule", "listed: 'Quill', alias of 'Ada Quill' in names.tsv:1", "Quill"), case]])
    write("longer.tsv", "person\tAda Quill\norganisation\tAda Quill runs\nperson\tAda\n")
    out = run("explain", "p.json", "pier.txt", "--layer", "entity", "--set", "gazetteer.list=longer.tsv")
    contains(out, "rule        listed: 'Ada Quill runs' in longer.tsv:2: Ada Quill runs\n",
             "alternative shorter: 'Ada Quill' in longer.tsv:1: Ada Quill\n",
             "alternative shorter: 'Ada' in longer.tsv:3: Ada\n")


@skip_unless(not is_sanitized(aver), "a sanitizer takes memory of its own")
def a_million_names_have_room():
    """Measured with a tenth of that."""
    def peak(n):
        write("p.json", json.dumps({"version": 1, "stages": [
            "text-reader", {"plugin": "gazetteer", "options": {"list": "list.tsv"}}, "jsonl-writer"]}))
        write("pier.txt", TEXT)
        write("list.tsv", "".join(f"person\tAda{i} Quill{i * 7} Pier\tq{i}\tA. Quill{i * 7}\n" for i in range(n)))
        code, err, mebibytes = peak_memory(aver, "run", "-q", "-j", "2", "p.json", "pier.txt", "-o", "out.jsonl")
        equal((code, err), (0, ""))
        return mebibytes

    taken = peak(100000) - peak(1)
    assert taken < 22, taken


main()
