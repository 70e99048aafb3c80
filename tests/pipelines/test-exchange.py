#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Formats for exchange, read back by their own rules: brat, Web Annotation, Citron, bulk lines, gzip, zstd. TAP on standard output.

test-exchange.py AVER
"""
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.parse
import zlib

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
sys.path.insert(0, os.path.dirname(here))
import tap
from tap import equal, test

aver = os.path.abspath(sys.argv[1])

SAID = '“The 😀 roof fell in,”\r\nshe\tsaid on Monday.\u2028“It\u0085was\rloud,” Ada Quill told \x00 reporters.\n\nOlen Drost, 84, denied that\r\n\r\nthe roof fell.'
IDS = ["", "../../etc/passwd", "/etc/passwd", "..", ".hidden", "-rf", "a/b", "a_b", "A_B", "a\tb\nc", "con\\aux", "é😀", "x" * 600, "x" * 601,
       "~2", "a#b?c%20d", "http://example.org/a?b=c#d", "a.txt", "a", "a", "a"]


def make_inputs():
    with open("hostile.jsonl", "w", encoding="utf-8") as file:
        for i, name in enumerate(IDS):
            text = "" if i == 1 else " \r\n \t" if i == 2 else SAID * (i % 3 + 1)
            metadata = {"title": "\u202e\"\n\\", "": "=1+1", "deep": {"a": [1, None, {"b": "\ud83d\ude00"}]}, "big": 10 ** 30}
            file.write(json.dumps({"id": name, "text": text, "metadata": metadata}) + "\n")


def run(writer, out, *more):
    shutil.rmtree(out, ignore_errors=True)
    done = subprocess.run([aver, "run", os.path.join(root, "pipelines/news.json"), "hostile.jsonl", "--reader", "jsonl-reader",
                           "--writer", writer, "-o", out, *more],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    equal((done.returncode, done.stderr.decode().replace("aver: ", "").split(":")[0]), (0, done.stderr.decode().split(" ")[1] + " documents"))
    return out


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def lines(path):
    return read(path).removesuffix("\n").split("\n")


def plain(out="plain.jsonl"):
    """The same documents as the jsonl-writer has them, texts and layers, bytes and all."""
    run("jsonl-writer", out, "--set", "jsonl-writer.text=true")
    return [json.loads(line) for line in lines(out)]


def spans_of(document):
    return lambda pair: document["text"].encode()[pair[0]:pair[1]].decode()


# brat: https://brat.nlplab.org/standoff.html and configuration.html

def read_configuration(folder):
    sections, current = {}, None
    for line in lines(f"{folder}/annotation.conf"):
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("<OVERLAP>"):
            name, _, rest = line.partition("\t")
            assert name not in current and re.fullmatch("[A-Za-z0-9_-]+", name), line
            current[name] = dict(part.split(":") for part in rest.split(", ")) if rest else {}
    return sections


def check_text_bound(text, data, reference):
    found = []
    for fragment in data.split(";"):
        start, end = map(int, fragment.split(" "))
        assert 0 <= start < end <= len(text), data
        assert not found or found[-1][1] <= start, data
        found.append((start, end))
    covered = [text[start:end] for start, end in found]
    equal(" ".join(covered), reference)
    assert reference == reference.strip() and len(reference.splitlines()) == 1 and "\t" not in reference, reference
    return covered


def check_brat(folder, name, sections):
    text = read(f"{folder}/{name}.txt")
    equal(text, text.replace("\r\n", "\n").replace("\r", "\n"))  # no reader can move anything
    types, ids, found = {}, set(), {"T": [], "R": [], "A": [], "#": []}
    whole = read(f"{folder}/{name}.ann")
    equal([line for line in whole.splitlines() if line], [line for line in whole.split("\n") if line])
    for line in whole.removesuffix("\n").split("\n") if whole else []:
        number, data, *rest = line.split("\t")
        assert number not in ids and re.fullmatch(r"[TRA#][1-9][0-9]*", number), line
        ids.add(number)
        if number[0] == "T":
            kind, fragments = data.split(" ", 1)
            assert kind in sections["entities"], line
            types[number] = kind
            found["T"].append((kind, check_text_bound(text, fragments, *rest)))
        else:
            found[number[0]].append((data.split(" "), rest))
    for (kind, *arguments), rest in found["R"]:
        equal({key: types[of] for key, of in (part.split(":") for part in arguments)}, sections["relations"][kind])
        equal(rest, [])
    for (kind, of, *value), rest in found["A"]:
        equal(sections["attributes"][kind]["Arg"], types[of])
        equal([], [v for v in value if v not in sections["attributes"][kind]["Value"].split("|")])
        equal((len(value), rest), ("Value" in sections["attributes"][kind], []))
    for (kind, of), rest in found["#"]:
        equal((kind, of in types, len(rest)), ("AnnotatorNotes", True, 1))
    return text, found


@test
def brat_opens_hostile_documents():
    folder = run("brat-writer", "brat")
    documents = plain()
    sections = read_configuration(folder)
    listed = [line.split("\t") for line in lines(f"{folder}/documents.tsv")]
    names = [name for name, _ in listed]
    equal([json.loads(name) for _, name in listed], IDS)
    equal(len({name.lower() for name in names}), len(IDS))
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,110}(~[0-9]+)?", name), name
    equal(sorted(os.listdir(folder)), sorted([f"{name}{end}" for name in names for end in (".txt", ".ann")] +
                                             ["annotation.conf", "documents.tsv", "visual.conf"]))
    for name, document in zip(names, documents):
        text, found = check_brat(folder, name, sections)
        equal(len(text), len(document["text"]))
        equal(text.replace("\n", " "), document["text"].replace("\r", "\n").replace("\n", " "))
        at = spans_of(document)
        for layer, pieces in [("quote", lambda row: row["content"] or [[row["start"], row["end"]]]),
                              ("claim", lambda row: [[row["start"], row["end"]]]),
                              ("sentence", lambda row: [[row["start"], row["end"]]]), ("quote-cue", lambda row: row["cue"])]:
            expected = ["".join("".join(at(pair) for pair in pieces(row)).split()) for row in document["layers"][layer[:5].rstrip("-") if layer != "sentence" else layer]]
            got = ["".join("".join(covered).split()) for kind, covered in found["T"] if kind == layer]
            clean = lambda texts: [re.sub(r"[\s\x00-\x1f\x7f-\x9f]", "", t) for t in texts]
            equal(clean(got), [t for t in clean(expected) if t])
        speakers = [row["speaker"] for row in document["layers"]["quote"] if row["speaker"]]
        notes = " ".join(rest[0] for _, rest in found["#"])
        assert all(f"speaker: {speaker}" in notes for speaker in speakers if speaker.isprintable()), notes
        equal([value[0] for (kind, _, *value), _ in found["A"] if kind == "quote-kind"], [row["kind"] for row in document["layers"]["quote"]])


@test
def brat_replaces_its_own_folder_only():
    folder = run("brat-writer", "brat")
    before = {name: read(f"{folder}/{name}") for name in os.listdir(folder)}
    arguments = [aver, "run", os.path.join(root, "pipelines/news.json"), "hostile.jsonl", "--reader", "jsonl-reader", "--writer", "brat-writer", "-o"]
    equal(subprocess.run([*arguments, "brat/", "-j", "2"], stderr=subprocess.DEVNULL).returncode, 0)
    equal({name: read(f"{folder}/{name}") for name in os.listdir(folder)}, before)
    os.makedirs("mine", exist_ok=True)
    with open("mine/thesis.txt", "w", encoding="utf-8") as file:
        file.write("years of work")
    done = subprocess.run([*arguments, "mine"], stderr=subprocess.PIPE)
    equal((done.returncode, b"has other files" in done.stderr, os.listdir("mine")), (3, True, ["thesis.txt"]))
    equal([name for name in os.listdir(".") if name.startswith(".")], [])


# Web Annotation Data Model: https://www.w3.org/TR/annotation-model/

def resolve(text, selectors):
    position, quote = selectors
    equal((position["type"], quote["type"]), ("TextPositionSelector", "TextQuoteSelector"))
    start, end = position["start"], position["end"]
    assert isinstance(start, int) and 0 <= start <= end <= len(text), position
    equal(text[start:end], quote["exact"])
    assert text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"]), quote
    equal(len(quote["prefix"]), min(32, start))
    return text[start:end]


def is_iri(iri):
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+", iri) is not None and iri.count("#") <= 1


def check_annotation(annotation, text, source):
    """The musts of section 3 and 4. Returns: what is selected, and the columns."""
    equal(annotation["type"], "Annotation")
    assert is_iri(annotation["id"]) and annotation["id"].startswith(source + "#"), annotation["id"]
    targets = annotation["target"] if isinstance(annotation["target"], list) else [annotation["target"]]
    assert targets, annotation
    columns = {}
    for part in targets + annotation["body"]:
        if part["type"] == "TextualBody":
            assert isinstance(part["value"], str), part
            if part.get("format") == "application/json":
                columns = json.loads(part["value"])
        else:
            equal((part["type"], part["source"]), ("SpecificResource", source))
            resolve(text, part["selector"])
    for body in annotation["body"]:
        assert body["purpose"] in ("tagging", "identifying", "linking", "describing"), body
    return [resolve(text, part["selector"]) for part in targets], columns


@test
def web_annotations_select_what_they_say():
    documents = plain()
    annotations = [json.loads(line) for line in lines(run("webanno-writer", "annotations.jsonl"))]
    rows = [(document, layer, row) for document in documents for layer in document["layers"] for row in document["layers"][layer]]
    equal(len(annotations), len(rows))
    seen = {}
    for annotation, (document, layer, row) in zip(annotations, rows):
        equal(annotation["@context"], "http://www.w3.org/ns/anno.jsonld")
        source = "urn:aver:" + urllib.parse.quote(document["id"], safe="/~")
        selected, columns = check_annotation(annotation, document["text"], source)
        at = spans_of(document)
        equal(selected, [at(pair) for pair in row.get("content") or [[row["start"], row["end"]]]])
        equal(annotation["body"][0]["value"], layer)
        equal(set(columns), set(row) - {"start", "end"})
        equal({key: columns.get(key) for key in ("speaker", "kind", "label", "quote", "types")}, {key: row.get(key) for key in ("speaker", "kind", "label", "quote", "types")})
        for key in {"content", "cue", "source"} & set(row):
            equal([document["text"][start:end] for start, end in columns[key]], [at(pair) for pair in row[key]])
        seen.setdefault(annotation["id"], set()).add(document["id"])
    assert all(len(ids) == 1 for ids in seen.values())


@test
def web_annotations_in_collections():
    documents = plain()
    out = run("webanno-writer", "collections.jsonl.gz", "--set", "webanno-writer.line=document", "--set", "webanno-writer.base=",
              "--set", "webanno-writer.layers=quote")
    with gzip.open(out, "rt", encoding="utf-8", newline="") as file:
        collections = [json.loads(line) for line in file.read().removesuffix("\n").split("\n")]
    for collection, document in zip(collections, documents, strict=True):
        equal((collection["type"], collection["label"], collection["total"]), ("AnnotationCollection", document["id"], len(document["layers"]["quote"])))
        source = collection["id"].removesuffix("#annotations")
        assert is_iri(collection["id"]), collection["id"]
        if collection["total"]:
            equal((collection["first"]["type"], collection["first"]["startIndex"], len(collection["first"]["items"])), ("AnnotationPage", 0, collection["total"]))
            for annotation in collection["first"]["items"]:
                check_annotation(annotation, document["text"], source)
    equal([c["id"] for c in collections if c["id"].startswith("http")], ["http://example.org/a?b=c%23d#annotations"])


# Citron: docs/data_format.md of https://github.com/bbc/citron

@test
def citron_has_every_quote():
    documents = plain()
    folder = run("citron-writer", "citron")
    names = [line.split("\t")[0] for line in lines(f"{folder}/documents.tsv")]
    for name, document in zip(names, documents, strict=True):
        got = json.loads(read(f"{folder}/{name}.json"))
        equal((got["id"], got["text"], got["metadata"]), (document["id"], document["text"], document["metadata"]))
        at = spans_of(document)
        for quote in got["quotes"] + got["quotes_without_cue"]:
            row = document["layers"]["quote"][int(quote["id"])]
            spans = {"cue": [quote["cue"]] if "cue" in quote else [], "sources": quote["sources"], "contents": quote["contents"]}
            for key, column in [("cue", "cue"), ("sources", "source"), ("contents", "content")]:
                equal([got["text"][span["start"]:span["end"]] for span in spans[key]], [span["text"] for span in spans[key]])
                equal([span["text"] for span in spans[key]], [at(pair) for pair in row[column] if pair[0] < pair[1]][:len(spans[key])])
            equal((quote.get("speaker"), quote["kind"], quote["confidence"]), (row["speaker"], row["kind"], row["confidence"]))
        assert all("cue" in quote for quote in got["quotes"])
        equal(len(got["quotes"]) + len(got["quotes_without_cue"]), len(document["layers"]["quote"]))


# Bulk lines: https://www.elastic.co/guide/en/elasticsearch/reference/current/docs-bulk.html

def field_type(mapping, path, value):
    """What a mapping's dynamic templates, tried in order, make of a value; objects are looked into."""
    kind = "object" if isinstance(value, dict) else "string" if isinstance(value, str) else "double" if isinstance(value, float) else "long"
    for template in mapping["dynamic_templates"]:
        rule, = template.values()
        if rule["match_mapping_type"] == kind and re.fullmatch(rule["path_match"].replace(".", r"\.").replace("*", ".*"), path):
            return rule["mapping"]["type"]
    return kind


@test
def bulk_lines_come_in_pairs():
    documents = plain()
    out = run("elastic-writer", "bulk.ndjson", "--set", "elastic-writer.index=news-1")
    with open(os.path.join(root, "plugins/elastic-writer/mapping.json"), encoding="utf-8") as file:
        mapping = json.load(file)["mappings"]
    assert read(out).endswith("\n")
    found = lines(out)
    equal(len(found), 2 * len(documents))
    ids = {}
    for action, source, document in zip(map(json.loads, found[::2]), map(json.loads, found[1::2]), documents):
        equal((list(action), action["index"]["_index"], sorted(action["index"])), (["index"], "news-1", ["_id", "_index"]))
        number = action["index"]["_id"]
        assert 0 < len(number.encode()) <= 512, number
        equal(ids.setdefault(number, document["id"]), document["id"])
        equal({key: source[key] for key in ("id", "metadata", "text")}, {key: document[key] for key in ("id", "metadata", "text")})
        equal(set(source), {"id", "metadata", "text", "layers"})
        at = spans_of(document)
        for layer, rows in document["layers"].items():
            for number, (row, got) in enumerate(zip(rows, source["layers"][layer], strict=True)):
                expected = {"row": number, "text": at([row["start"], row["end"]])}
                for key, value in row.items():
                    if key in ("content", "cue", "source"):
                        pairs = [value] if value and isinstance(value[0], int) else value or []
                        value = [{"start": a, "end": b, "text": at([a, b])} for a, b in pairs]
                    if value not in (None, []):
                        expected[key] = value
                equal({k: v for k, v in got.items() if k != "cue" or layer == "quote"}, {k: v for k, v in expected.items() if k != "cue" or layer == "quote"})
                equal(field_type(mapping, f"layers.{layer}", got), "nested")
                equal(field_type(mapping, f"layers.{layer}.text", got["text"]), "text")
                for span in got.get("content", []):
                    equal((field_type(mapping, f"layers.{layer}.content", span), field_type(mapping, f"layers.{layer}.content.text", span["text"])), ("object", "text"))
                if "speaker" in got:
                    equal(field_type(mapping, f"layers.{layer}.speaker", got["speaker"]), "keyword")
    equal(len(ids), len(set(IDS)))


# RFC 1952, RFC 8878

def pass_on(out, *more):
    done = subprocess.run([aver, "run", os.path.join(root, "pipelines/pass.json"), "big.jsonl", "--set", "jsonl-writer.text=true",
                           "-o", out, "--quiet", *more], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
    equal((done.returncode, done.stderr), (0, b""))
    with open(out, "rb") as file:
        return file.read()


def make_big():
    with open("big.jsonl", "w", encoding="utf-8") as file:
        for i in range(3000):
            file.write(json.dumps({"id": str(i), "text": f"{i * i} " * 200}) + "\n")


@test
def compressed_is_the_same_whatever_the_workers_and_the_checkpoints():
    make_big()
    plain_bytes = pass_on("plain.jsonl")
    assert len(plain_bytes) > 3 << 20
    one = pass_on("one.jsonl.gz", "-j", "1")
    equal(gzip.decompress(one) == plain_bytes, True)
    equal(one.startswith(b"\x1f\x8b\x08\0\0\0\0\0"), True)  # no name, no time
    first = zlib.decompressobj(31)
    equal(len(first.decompress(one)), 1 << 20)
    equal(first.unused_data[:2], b"\x1f\x8b")
    equal(pass_on("three", "-j", "3", "--set", "jsonl-writer.compress=gzip") == one, True)
    equal(pass_on("job.jsonl.gz", "--job", "job", "--checkpoint", "64") == one, True)
    equal(sorted(name for name in os.listdir(".") if "job" in name), ["job", "job.jsonl.gz"])
    equal(pass_on("plain.gz", "--set", "jsonl-writer.compress=none") == plain_bytes, True)
    open("big.jsonl", "w", encoding="utf-8").close()
    equal(gzip.decompress(pass_on("empty.gz")), b"")


@test
def compressed_by_zstd():
    make_big()
    if shutil.which("zstd") is None:
        raise tap.Skip("there is no zstd")
    plain_bytes = pass_on("plain.jsonl")
    try:
        one = pass_on("one.jsonl.zst", "-j", "1")
    except AssertionError as reason:
        if "has no zstd" in str(reason):
            raise tap.Skip("this build has no zstd") from reason
        raise
    equal(subprocess.run(["zstd", "-dcq", "one.jsonl.zst"], stdout=subprocess.PIPE, check=True).stdout == plain_bytes, True)
    equal(pass_on("job.zst", "--job", "job", "--checkpoint", "64", "-j", "2") == one, True)


tap.main(make_inputs)
