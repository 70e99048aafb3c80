#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What holds of every text: valid layers, sentences that are a partition, documents that know nothing of each other, outputs that
concatenate, and what is written read back. TAP on standard output.

test-properties.py AVER [TEXTS [SEED]]   how many random texts (default 60), and the seed that a failure named
"""
import csv
import gzip
import io
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import tap
import texts
from tap import equal, test

aver = os.path.abspath(sys.argv[1])
n_texts = int(sys.argv[2]) if len(sys.argv) > 2 else 60
seed = int(sys.argv[3]) if len(sys.argv) > 3 else 11
ANNOTATORS = ["sentence-splitter", "quote-attributor", "claim-classifier"]
WRITER = {"plugin": "jsonl-writer", "options": {"text": True}}
plugins = {plugin["name"]: plugin for plugin in json.loads(subprocess.run([aver, "plugins", "--json"], stdout=subprocess.PIPE, check=True).stdout)}


def run(pipeline, *arguments, stdin=b"", codes=(0,)):
    done = subprocess.run([aver, "run", pipeline, "--quiet", *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={}, timeout=300)
    assert done.returncode in codes and b"runtime error" not in done.stderr, (seed, pipeline, arguments, done.returncode, done.stderr[-800:])
    return done.stdout


def pipeline(name, *stages):
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": list(stages)}, file)
    return name


def as_lines(documents):
    return b"".join(json.dumps(document, ensure_ascii=False).encode() + b"\n" for document in documents)


def make_documents(n=n_texts, more=0):
    r = texts.generator(seed + more)
    return [{"id": f"d{i}", "text": texts.text(r), "metadata": {"title": texts.text(r)[:80].replace("\0", "")}} for i in range(n)]


def annotate(documents, *arguments, annotators=ANNOTATORS):
    name = pipeline("p.json", "jsonl-reader", *annotators, WRITER)
    return run(name, *arguments, stdin=as_lines(documents))


def check_spans(text, boundaries, spans):
    last = 0
    for start, end in spans:
        assert 0 <= start <= end <= len(text) and start in boundaries and end in boundaries, (start, end, len(text))
        assert start >= last, spans
        last = end


def check_cell(layers, column, value, text, boundaries):
    kind = column["type"]
    if kind == "spans":
        check_spans(text, boundaries, value)
    elif value is None:
        return
    elif kind == "span":
        check_spans(text, boundaries, [value])
    elif kind == "enum":
        assert value in column["names"], (column["name"], value)
    elif kind == "flags":
        equal(value, [name for name in column["names"] if name in value])
    elif kind == "ref":
        assert 0 <= value < len(layers[column["target"]]), (column, value)
    elif kind == "f32" and column["name"] in ("confidence", "checkworthy", "probability"):
        assert 0 <= value <= 1, (column["name"], value)


def columns_of(layer):
    return next(provided["columns"] for plugin in plugins.values() for provided in plugin.get("provides", []) if provided["name"] == layer)


def check_layers(document):
    text = document["text"].encode()
    boundaries = {i for i in range(len(text) + 1) if i == len(text) or text[i] & 0xC0 != 0x80}
    for name, rows in document["layers"].items():
        columns = columns_of(name)
        equal([row["start"] for row in rows], sorted(row["start"] for row in rows))
        for row in rows:
            check_spans(text, boundaries, [(row["start"], row["end"])])
            equal(sorted(row), sorted(["start", "end", *[column["name"] for column in columns]]))
            for column in columns:
                check_cell(document["layers"], column, row[column["name"]], text, boundaries)


@test
def layers_are_valid_whatever_the_text():
    documents = make_documents()
    for annotators, some in [(ANNOTATORS, documents), (["sentence-splitter", "syntax-parser", {"plugin": "quote-attributor", "options": {"mode": "accurate"}},
                                                        "claim-classifier"], documents[:max(20, len(documents) // 4)])]:
        lines = annotate(some, annotators=annotators).splitlines()
        equal(len(lines), len(some))
        rows = {}
        for line, document in zip(lines, some):
            found = json.loads(line)
            equal((found["id"], found["text"]), (document["id"], document["text"]))
            check_layers(found)
            for name in found["layers"]:
                rows[name] = rows.get(name, 0) + len(found["layers"][name])
        assert all(count > len(some) for count in rows.values()) and len(rows) >= 3, rows


# aver_text_space() says so.
WHITE = "\t\n\x0b\x0c\r \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


@test
def splitting_is_a_partition():
    for style in ("news", "web"):
        for line in annotate(make_documents(more=1), annotators=[{"plugin": "sentence-splitter", "options": {"style": style}}]).splitlines():
            document = json.loads(line)
            text, at = document["text"].encode(), 0
            for row in document["layers"]["sentence"]:
                assert row["start"] >= at and row["end"] > row["start"], (seed, document["id"], row)
                equal(text[at:row["start"]].decode().strip(WHITE), "")
                equal(text[row["start"]:row["end"]].decode().strip(WHITE) != "", True)
                at = row["end"]
            equal(text[at:].decode().strip(WHITE), "")


@test
def attributions_never_cross_documents():
    documents = make_documents(more=2)
    alone = dict((json.loads(line)["id"], line) for line in annotate(documents).splitlines())
    r = texts.generator(seed)
    for part in range(6):
        some = r.sample(documents, r.choice([1, 2, 7, len(documents) // 2]))
        equal(annotate(some, "-j", str(1 + part % 3)).splitlines(), [alone[document["id"]] for document in some])
    shuffled = documents[:]
    r.shuffle(shuffled)
    equal(annotate(shuffled).splitlines(), [alone[document["id"]] for document in shuffled])


def write(name, data):
    with open(name, "wb") as file:
        file.write(data)
    return name


def as_warc(documents):
    out = b""
    for document in documents:
        body = document["text"].encode()
        out += (f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://weirs.example/{document['id']}\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
                f"Content-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body + b"\r\n\r\n"
    return out


def as_csv(documents):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([document["id"], document["text"].replace("\0", "\ufffd")] for document in documents)
    return out.getvalue().encode()


FORMATS = {"jsonl-reader": ("jsonl", as_lines, {}), "warc-reader": ("wet", as_warc, {}),
           "csv-reader": ("csv", as_csv, {"header": False, "delimiter": ",", "id": "1", "text": "2"})}
# What a reader says of the place where a record stands.
PLACE = ("source", "offset", "line", "member")


def without_places(output):
    found = []
    for line in output.splitlines():
        document = json.loads(line)
        for key in PLACE:
            document["metadata"].pop(key, None)
        if "url" in document["metadata"]:
            del document["id"]
        found.append(document)
    return found


@test
def outputs_of_a_concatenation_concatenate():
    documents = make_documents(max(20, n_texts // 4), more=3)
    parts = [documents[:7], documents[7:8], documents[8:]]
    for reader, (ending, make, options) in FORMATS.items():
        if reader not in plugins:
            continue
        name = pipeline("p.json", {"plugin": reader, "options": options}, "sentence-splitter", "quote-attributor", WRITER)
        files = [write(f"{i}.{ending}", make(part)) for i, part in enumerate(parts)]
        outputs = [run(name, file) for file in files]
        equal(len(b"".join(outputs).splitlines()), len(documents))
        equal(run(name, *files), b"".join(outputs))
        whole = make(documents)
        for packed in (whole, b"".join(gzip.compress(make(part), mtime=0) for part in parts)):
            write("all", packed)
            for stdin, arguments in ((b"", ["all"]), (packed, ["-"])):
                equal(without_places(run(name, *arguments, stdin=stdin)), without_places(b"".join(outputs)))


@test
def outputs_of_several_files_concatenate():
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inputs = os.path.join(here, "contract", "inputs")
    for reader in sorted(os.listdir(inputs)):
        if reader not in plugins or plugins[reader]["kind"] != "reader" or reader == "pdf-reader":
            continue
        name = pipeline("p.json", reader, "sentence-splitter", WRITER)
        files = [os.path.join(inputs, reader, file) for file in sorted(os.listdir(os.path.join(inputs, reader)))]
        outputs = [run(name, file, codes=(0, 1)) for file in files]
        equal(run(name, *files, codes=(0, 1)), b"".join(outputs))
        equal(run(name, *reversed(files), "-j", "3", codes=(0, 1)), b"".join(reversed(outputs)))


@test
def writers_of_lines_concatenate():
    documents = make_documents(30, more=4)
    for writer in ("jsonl-writer", "elastic-writer", "webanno-writer", "claims-writer"):
        name = pipeline("p.json", "jsonl-reader", *ANNOTATORS, writer)
        whole = run(name, stdin=as_lines(documents))
        assert len(whole) > 1000, writer
        equal(whole, b"".join(run(name, stdin=as_lines(documents[i:i + 10])) for i in (0, 10, 20)))


@test
def what_is_written_reads_back_the_same():
    first = annotate(make_documents(more=5))
    name = pipeline("p.json", "jsonl-reader", *ANNOTATORS, WRITER)
    equal(run(name, stdin=first), first)
    plain = pipeline("q.json", "jsonl-reader", WRITER)
    bare = run(plain, stdin=first)
    equal(run(plain, stdin=bare), bare)
    for packing, ending in (("gzip", ".gz"), ("zstd", ".zst")):
        run(name, "-o", "out.jsonl" + ending, stdin=first)
        equal(run(plain, "out.jsonl" + ending), bare)
        if packing == "gzip":
            with gzip.open("out.jsonl.gz") as file:
                equal(file.read(), first)


@test
def what_an_isolated_stage_makes_is_the_same():
    documents = make_documents(more=6)
    isolated = [{"plugin": name, "isolate": True} for name in ANNOTATORS]
    equal(annotate(documents, "-j", "2", annotators=isolated), annotate(documents))


@test
def threads_and_batches_change_nothing():
    documents = make_documents(more=7)
    whole = annotate(documents)
    for threads in (2, 3, 8):
        equal(annotate(documents, "-j", str(threads)), whole)
    for documents_each in (1, 7):
        run("p.json", "--job", f"job{documents_each}", "--checkpoint", str(documents_each), "-j", "2", "-o", f"out{documents_each}",
            write("in.jsonl", as_lines(documents[:40])))
        with open(f"out{documents_each}", "rb") as file:
            equal(file.read().splitlines(), whole.splitlines()[:40])
    # A pipe that gives a few bytes at a time makes batches of what has come.
    process = subprocess.Popen([aver, "run", "p.json", "--quiet", "-j", "2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={})
    lines, r = as_lines(documents[:40]), texts.generator(seed)
    while lines:
        at = r.randrange(1, 2000)
        process.stdin.write(lines[:at])
        process.stdin.flush()
        lines = lines[at:]
    equal(process.communicate(timeout=60)[0].splitlines(), whole.splitlines()[:40])


@test
def damaged_bytes_cost_their_document():
    r = texts.generator(seed)
    os.mkdir("in")
    for i in range(n_texts):
        data = texts.text(r).encode()
        write(f"in/{i:05}.txt", texts.damaged(r, data) if i % 2 else data)
    name = pipeline("p.json", "text-reader", *ANNOTATORS, WRITER)
    lines = run(name, "in", codes=(1,)).splitlines()
    found = [json.loads(line) for line in lines]
    for document in found:
        check_layers(document)
        with open(document["id"], "rb") as file:
            data = file.read()
        metadata = document["metadata"]
        if "charset" not in metadata:
            equal(data[int(metadata.get("text_offset", 0)):], document["text"].encode())
    assert n_texts // 3 < len(found) < n_texts, len(found)


print(f"# seed {seed}, {n_texts} texts")
tap.main()
