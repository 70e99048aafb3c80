#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Injections as text, id, metadata and names, through every writer: what is read back is what went in, and nothing else.
Reports are read in tests/cli/test-report.py, PostgreSQL in tests/pipelines/test-postgres.py. TAP on standard output.

test-output.py AVER
"""
import csv
import json
import os
import re
import sqlite3
import subprocess
import sys
import urllib.parse

sys.path[:0] = [os.path.dirname(os.path.dirname(os.path.abspath(__file__))), os.path.dirname(os.path.abspath(__file__))]
import tap
from injections import ALL, TERMINAL, documents, prepare, write_pipeline
from tap import Skip, contains, equal, test

aver = os.path.abspath(sys.argv[1])
csv.field_size_limit(1 << 30)
DOCUMENTS = documents()
UNSAFE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ue000-\uf8ff\U000e0000-\U0010ffff]")


def run(*arguments, code=0, **more):
    environment = {key: os.environ[key] for key in ("PATH", "ASAN_OPTIONS") if key in os.environ}
    done = subprocess.run([aver, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, timeout=120, **more)
    if b"this build of Aver lacks" in done.stderr:
        raise Skip("a library is missing")
    equal((done.returncode, done.stderr[-500:] if code == 0 else b""), (code, b""))
    return done.stdout if code == 0 else done.stderr.decode()


def write(writer, *arguments, options=None):
    write_pipeline("p.json", writer, prepare(), options=options)
    return run("run", "p.json", "-q", "hostile.jsonl", *arguments)


def no_doubles(pairs):
    equal(len(dict(pairs)), len(pairs))
    return dict(pairs)


def read_lines(data):
    return [json.loads(line, object_pairs_hook=no_doubles) for line in data.decode().split("\n")[:-1]]


def parts(document):
    """The document's injection, its text in bytes, the span of the injection."""
    return document["id"], document["text"].encode(), len(document["id"].encode())


def check_shown(text, allowed=""):
    """That nothing steers a terminal."""
    assert not UNSAFE.search(re.sub(allowed, "", text) if allowed else text), ascii(UNSAFE.findall(text)[:5])


@test
def lines_of_json_are_the_documents():
    found = read_lines(write("jsonl-writer", options={"text": True}))
    equal([{key: one[key] for key in ("id", "text", "metadata")} for one in found], DOCUMENTS)
    for one in found:
        equal((one["layers"]["quote"][0]["speaker"], one["layers"]["claim"][0]["label"], one["layers"]["mark"][0]["note"]), (one["id"],) * 3)


@test
def bulk_lines_are_an_action_and_a_document_each():
    found = read_lines(write("elastic-writer"))
    equal(len(found), 2 * len(DOCUMENTS))
    for action, one, document in zip(found[::2], found[1::2], DOCUMENTS):
        equal(list(action), ["index"])
        equal(list(action["index"]), ["_id"])
        if len(document["id"].encode()) <= 512:
            equal(action["index"]["_id"], document["id"])
        equal((one["id"], one["text"], one["metadata"]), (document["id"], document["text"], document["metadata"]))
        equal(sorted(one), ["id", "layers", "metadata", "text"])
        equal(one["layers"]["quote"][0]["speaker"], document["id"])


@test
def web_annotations_name_their_document():
    found = read_lines(write("webanno-writer"))
    equal(len(found), 4 * len(DOCUMENTS))
    for i, one in enumerate(found):
        bad = ALL[i // 4]
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?@!$&()*+,;=%-]*#(sentence|quote|claim|mark)-0", one["id"]), one["id"]
        equal(urllib.parse.unquote(one["id"].split("#")[0]), "urn:aver:" + bad)
        targets = one["target"] if isinstance(one["target"], list) else [one["target"]]
        equal({target["source"] for target in targets}, {one["id"].split("#")[0]})
        if i % 4 == 1:
            equal([body["value"] for body in one["body"] if body["purpose"] == "identifying"], [bad])


def spreadsheet(cell):
    """How a cell has to be written: OWASP's rule, numbers excepted."""
    if cell[:1] in tuple("=+-@\t\r\n＝＋－＠") and cell and not re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", cell, re.ASCII):
        return "'" + cell
    return cell


@test
def tables_have_the_cells_and_no_formulas():
    for delimiter in ",", "tab":
        write("csv-writer", "-o", "out", options={"delimiter": delimiter})
        tables = {}
        for name in os.listdir("out"):
            with open("out/" + name, encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file, strict=True, delimiter="\t" if delimiter == "tab" else delimiter))
            equal({len(row) for row in rows}, {len(rows[0])})
            equal(len(rows) - 1, len(DOCUMENTS))
            tables[name] = [dict(zip(rows[0], row)) for row in rows[1:]]
            for row in rows:
                equal(row, [spreadsheet(cell) for cell in row])
        equal(sorted(tables), ["claim.csv", "document.csv", "mark.csv", "quote.csv", "sentence.csv"])
        for i, document in enumerate(DOCUMENTS):
            bad = spreadsheet(document["id"])
            row = tables["document.csv"][i]
            equal([row[key] for key in ("id", "title", "author", "published", "language", "source")], [bad] * 6)
            equal(json.loads(row["metadata"])["list"], document["metadata"]["list"])
            equal([tables["quote.csv"][i][key] for key in ("document", "cue_text", "source_text", "speaker")], [bad] * 4)
            equal([tables["claim.csv"][i][key] for key in ("label", "claimant")], [bad] * 2)
            equal(tables["sentence.csv"][i]["text"], spreadsheet(document["text"]))


@test
def claims_are_a_line_each():
    lines = write("claims-writer").decode().split("\n")[:-1]
    equal(len(lines), len(DOCUMENTS))
    check_shown("\n".join(lines))
    for line in lines:
        cells = line.split("\t")
        equal(len(cells), 10)
        equal(cells, [spreadsheet(cell) for cell in cells])


@test
def a_database_has_the_rows_and_the_tables():
    write("sqlite-writer", "-o", "a.db", options={"text": True})
    with open("hostile.jsonl", "w", encoding="utf-8") as file:
        file.write('{"id":"a","text":"a \\"a,\\" said Bo. It rained."}\n')
    run("run", "p.json", "-q", "hostile.jsonl", "-o", "b.db")
    database = sqlite3.connect("a.db")
    schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 1, 2"
    equal(database.execute(schema).fetchall(), sqlite3.connect("b.db").execute(schema).fetchall())
    equal(database.execute("SELECT id, title, text FROM document ORDER BY key").fetchall(), [(one["id"], one["id"], one["text"]) for one in DOCUMENTS])
    equal(database.execute("SELECT speaker FROM quote ORDER BY id").fetchall(), [(bad,) for bad in ALL])
    equal(database.execute("SELECT label, claimant FROM claim ORDER BY id").fetchall(), [(bad, bad) for bad in ALL])
    equal(database.execute("SELECT note FROM mark ORDER BY id").fetchall(), [(bad,) for bad in ALL])
    metadata = database.execute("SELECT key, value FROM metadata ORDER BY document").fetchall()
    equal(sorted(pair for pair in metadata if pair[0] in ALL), sorted((bad, bad) for bad in ALL))
    equal(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
    equal(database.execute("PRAGMA foreign_key_check").fetchall(), [])


RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def check_names(folder, own):
    """That files are in the folder, under names that are safe anywhere; returns the stems by document, in order."""
    equal([name for name in os.listdir(".") if name not in ("out", "p.json", "hostile.jsonl", "annotate.py")], [])
    names = os.listdir(folder)
    equal(len({name.lower() for name in names}), len(names))
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._~-]*", name) and len(name) < 150 and not RESERVED.fullmatch(name) and os.path.isfile(f"{folder}/{name}"), name
    with open(folder + "/documents.tsv", encoding="utf-8", newline="") as file:
        listed = [line.split("\t") for line in file.read().split("\n")[:-1]]
    equal([json.loads(of) for _, of in listed], ALL)
    stems = [stem for stem, _ in listed]
    endings = {name[len(stem):] for stem in stems for name in names if name in (stem + ".txt", stem + ".ann", stem + ".json")}
    equal(sorted(names), sorted([*own, "documents.tsv", *[stem + ending for stem in stems for ending in endings]]))
    return stems


def check_annotations(path, text):
    """Standoff lines as brat reads them, and the text that each mark has."""
    with open(path, encoding="utf-8", newline="") as file:
        lines = file.read().split("\n")
    equal(lines.pop(), "")
    known, marks = set(), {}
    for line in lines:
        cells = line.split("\t")
        equal(len(cells), {"T": 3, "R": 2, "A": 2, "#": 3}[line[0]])
        assert re.fullmatch(r"[TRA#]\d+", cells[0]) and cells[0] not in known, line
        known.add(cells[0])
        kind, *rest = cells[1].split(" ", 1)
        assert re.fullmatch(r"[A-Za-z0-9_-]+", kind), line
        if line[0] == "T":
            spans = [tuple(map(int, span.split())) for span in rest[0].split(";")]
            marks.setdefault(kind, []).append(spans)
            equal(cells[2], " ".join(text[start:end] for start, end in spans))
        check_line = cells[2] if line[0] in "#" else ""
        assert not re.search("[\0-\x1f\x7f]", check_line), line
    return marks


@test
def brat_reads_its_own_lines_only():
    write("brat-writer", "-o", "out")
    stems = check_names("out", ["annotation.conf", "visual.conf"])
    for stem, document in zip(stems, DOCUMENTS):
        with open(f"out/{stem}.txt", encoding="utf-8", newline="") as file:
            text = file.read()
        equal(text, document["text"].replace("\r\n", " \n").replace("\r", "\n"))
        marks = check_annotations(f"out/{stem}.ann", text)
        assert set(marks) <= {"sentence", "quote", "quote-cue", "quote-source", "claim", "claim-cue", "mark", "mark-where"} and len(marks["sentence"]) == 1, marks
    with open("out/annotation.conf", encoding="utf-8") as file:
        contains(file.read(), "[entities]", "quote-kind\tArg:quote")


@test
def citron_files_are_the_documents():
    write("citron-writer", "-o", "out")
    for stem, document in zip(check_names("out", []), DOCUMENTS):
        with open(f"out/{stem}.json", encoding="utf-8") as file:
            found = json.load(file, object_pairs_hook=no_doubles)
        equal((found["id"], found["text"], found["metadata"]), (document["id"], document["text"], document["metadata"]))
        equal([quote["speaker"] for quote in found["quotes"]], [document["id"]])


@test
def a_transcript_steers_no_terminal():
    check_shown(write("transcript-writer").decode())
    check_shown(write("transcript-writer", options={"color": "always"}).decode(), "\x1b\\[[0-9;]*m")
    write_pipeline("q.json", "transcript-writer", "sentence-splitter", "quote-attributor", "claim-classifier")
    check_shown(run("run", "q.json", "-q", "hostile.jsonl").decode())


@test
def commands_show_hostile_documents_safely():
    write_pipeline("q.json", "jsonl-writer", "sentence-splitter", "quote-attributor", "claim-classifier", options={"text": True})
    write("jsonl-writer", "-o", "rows.jsonl")
    data = run("run", "q.json", "-q", "hostile.jsonl")
    with open("old.jsonl", "wb") as file:
        file.write(data)
    with open("new.jsonl", "wb") as file:
        file.write(data.replace(b'"kind":"direct"', b'"kind":"mixed"'))
    for arguments in (["diff", "old.jsonl", "new.jsonl"], ["diff", "old.jsonl", "rows.jsonl"], ["diff", "--json", "old.jsonl", "rows.jsonl"]):
        done = subprocess.run([aver, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={})
        equal((done.returncode, len(done.stdout) > 1000), (1, True))
        if "--json" in arguments:
            read_lines(done.stdout)
        else:
            check_shown(done.stdout.decode())
    for document in (DOCUMENTS[0], DOCUMENTS[len(ALL) // 2], *[one for one in DOCUMENTS if "\x1b[" in one["id"] or "\x9b" in one["id"]]):
        check_shown(run("explain", "q.json", "hostile.jsonl", "--document", document["id"]).decode())
    read_lines(run("explain", "--json", "q.json", "hostile.jsonl"))


@test
def failures_of_hostile_files_are_shown_safely():
    os.mkdir("in")
    names = [name.encode() for name in ALL if "/" not in name and "\0" not in name and name not in (".", "..") and len(name.encode()) < 240]
    names += [b"\xff\x1b[2J", b"\xc2\x9b31m\xe2\x80"]
    for name in names:
        with open(b"in/v" + name, "wb") as file:
            file.write(b"\xff\0\x1b[31m")
    n = len(os.listdir("in"))
    for reader in ("text-reader", "auto-reader", "jsonl-reader", "csv-reader"):
        with open("t.json", "w", encoding="utf-8") as file:
            json.dump({"version": 1, "stages": [{"plugin": reader, "options": {"match": "*"}}, "jsonl-writer"]}, file)
        said = run("run", "t.json", "in", "--dead-letter", "dead", code=1)
        check_shown(said)
        assert len(said.splitlines()) >= n, (reader, said[-300:])
        with open("dead", "rb") as file:
            letters = read_lines(file.read())
        for one in letters:
            check_shown(one["error"])
        for line in run("run", "t.json", "in", "--log-format", "json", code=1).splitlines():
            check_shown("".join(str(value) for value in json.loads(line).values()))


@test
def commands_show_hostile_names_safely():
    write("jsonl-writer")
    for name in ("n" + "".join(TERMINAL[:9]), "n" + "".join(TERMINAL[9:])):
        os.mkdir(name)
        with open(name + "/q.json", "w", encoding="utf-8") as file:
            json.dump({"version": 1, "description": name, "stages": ["jsonl-reader", {"plugin": "pass", "name": "x" + name}, name, {"plugin": "jsonl-writer", name: name}]}, file)
        for arguments in (["check", name + "/q.json"], ["graph", name + "/q.json"], ["status", name], ["plugins", name], ["run", name + "/none.json"], ["help", name],
                          ["run", "p.json", "hostile.jsonl", "--set", name], ["diff", name, name], ["plugins", "--plugin-dir", name], [name], ["test", name + "/q.json"],
                          ["run", "p.json", "hostile.jsonl", "-q", "--job", name, "-o", name + "/out"], ["status", name]):
            done = subprocess.run([aver, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={"PATH": os.environ["PATH"]})
            assert done.returncode in (0, 1, 2, 3), (arguments, done.returncode)
            check_shown(done.stderr.decode() + done.stdout.decode())
        equal(len(read_lines(open(name + "/out", "rb").read())), len(DOCUMENTS))


@test
def progress_steers_the_terminal_by_itself_only():
    import pty
    write("jsonl-writer")
    os.mkdir("in\x1b[2J")
    with open("in\x1b[2J/a\x9bb.jsonl", "w", encoding="utf-8") as file:
        file.write("{}\n" * 30 + open("hostile.jsonl", encoding="utf-8").read())
    main, other = pty.openpty()
    process = subprocess.Popen([aver, "run", "p.json", "in\x1b[2J", "-o", "out"], stdin=subprocess.DEVNULL, stderr=other, env={"PATH": os.environ["PATH"], "TERM": "xterm"})
    os.close(other)
    said = b""
    try:
        while part := os.read(main, 65536):
            said += part
    except OSError:
        pass
    equal(process.wait(), 1)
    contains(said.decode(), f"{len(ALL)} written, 30 failed")
    check_shown(said.decode(), "\x1b\\[K|\r")


tap.main()
