# SPDX-License-Identifier: Apache-2.0
"""What is tried on hostile files: texts that grow, runs with limits, and the texts beside spans."""
import csv
import json
import os
import subprocess
import sys
import tempfile

# Time and memory of the command alone: the figures of a process that this one starts would have this one's memory in them.
MEASURE = "import os,sys,time\nn=time.monotonic();p=os.posix_spawn(sys.argv[2],sys.argv[2:],os.environ)\n_,s,u=os.wait4(p,0)\n" \
          "open(sys.argv[1],'w').write(f'{time.monotonic()-n} {u.ru_maxrss} {u.ru_utime+u.ru_stime} {os.waitstatus_to_exitcode(s)}')"
MOST_SECONDS, MOST_KIB = 10, 256 << 10
state = {}


def use(aver, sanitized=False):
    state.update(aver=os.path.abspath(aver), sanitized=sanitized)


def readers():
    """Of files: nats-reader needs a server."""
    listed = subprocess.run([state["aver"], "plugins", "--json"], stdout=subprocess.PIPE, check=True).stdout
    return [plugin["name"] for plugin in json.loads(listed) if plugin["kind"] == "reader" and plugin["name"] != "nats-reader"]


def growing(size):
    """Texts of some size that take a careless program more than twice as long when they are twice as long."""
    def fill(part):
        part = part.encode() if isinstance(part, str) else part
        return part * (size // len(part))
    half = size // 2
    return {"open-marks": fill("“"), "nested-marks": "“".encode() * (half // 3) + b"a" + "”".encode() * (half // 3), "plain-marks": fill('"'), "apostrophes": fill("'"),
            "open-mark": ("“" + "It rained. She said no. " * (size // 24)).encode(), "marks-in-turn": fill("“‘\"'«"), "said-he-said": fill("said he said "), "he-said": fill("He said. "),
            "cues": fill("said told denied added warned according to "), "that-that": fill("said that "), "names": fill("Ada Brook, mayor of Harrowby, "),
            "pronouns": fill("“No,” she said. “Yes,” he said. "), "speakers": "".join(f"“No,” said Ada Brook{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}. " for i in range(size // 28)).encode(),
            "one-word": fill("a"), "one-number": fill("1"), "one-sentence": fill("word "), "stops": fill("."), "dots": fill(". "), "abbreviations": fill("Mr. U.S. e.g. "), "initials": fill("A. "),
            "questions": fill("?! "), "brackets": fill("("), "bracket-pairs": b"(" * half + b")" * half, "emoji": fill("\U0001f468\u200d\U0001f469\u200d\U0001f467"),
            "combining": b"e" + "\u0301".encode() * (half), "spaces": fill(" "), "line-ends": fill("\n"), "paragraphs": fill("a\n\n"), "returns": fill("\r"), "lists": fill("- a\n"),
            "numbered": fill("1) a\n"), "turns": fill("Q: a\nA: b\n"), "commas": fill(","), "dashes": fill("—"), "hyphens": fill("a-"), "addresses": fill("http://a.b/c?d "), "capitals": fill("ABC DEF. "),
            "not-not": fill("did not deny that he never said "), "clauses": fill("who said that the man who "), "nul": fill(b"\0"), "direction": fill("\u202ea\u2066")}


def run(stages, inputs, *arguments):
    """Standard output, messages, seconds, KiB, seconds of processor time; an error when it crashes, takes too long or too much."""
    with tempfile.TemporaryDirectory() as folder:
        pipeline, figures = folder + "/p.json", folder + "/figures"
        with open(pipeline, "w", encoding="utf-8") as file:
            json.dump({"version": 1, "stages": stages}, file)
        command = [state["aver"], "run", "-q", "-j", "2", pipeline, *inputs, *arguments]
        done = subprocess.run([sys.executable, "-S", "-c", MEASURE, figures, *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
        with open(figures, encoding="ascii") as file:
            seconds, kib, work, code = file.read().split()
    said = done.stderr.decode(errors="replace")
    assert code in ("0", "1") and "runtime error" not in said and "Sanitizer" not in said, (stages, inputs, code, said[-3000:])
    assert state["sanitized"] or int(kib) < MOST_KIB, (stages, inputs, kib)
    return done.stdout, said, float(seconds), int(kib), float(work)


def read(reader, inputs, annotators=(), writer="jsonl-writer"):
    """What a reader makes of files, whatever their names. Seconds, KiB, documents, messages."""
    out, said, seconds, kib, work = run([{"plugin": reader, "options": {"match": "*"}}, *annotators, writer], inputs)
    # A slow machine has many things to do: a run that took too long by the clock has also worked.
    assert work < MOST_SECONDS * (10 if state["sanitized"] else 1), (reader, inputs, seconds, work)
    return seconds, kib, out.count(b"\n"), len(said.splitlines())


ANNOTATORS = ["sentence-splitter", "quote-attributor", "claim-classifier"]


def check_slices(text, cell):
    """An object with start, end and text: the text is what stands there."""
    start, end = cell["start"], cell["end"]
    assert 0 <= start <= end <= len(text), cell
    slice_ = text[start:end]
    assert slice_.decode() == cell["text"], (slice_, cell)
    return 1


def check_document(document):
    text, n = document["text"].encode(), 0
    for rows in document["layers"].values():
        for row in rows:
            n += check_slices(text, row)
            for value in row.values():
                n += sum(check_slices(text, cell) for cell in (value if isinstance(value, list) else [value]) if isinstance(cell, dict))
    return n


def check_tables(folder, texts):
    n = 0
    for name in ("sentence.csv", "quote.csv", "claim.csv"):
        with open(f"{folder}/{name}", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                text = texts[row["document"]]
                assert text[int(row["start"]):int(row["end"])].decode().replace("\0", "\ufffd") == row["text"], row
                n += 1
                for key in [key for key in row if key + "_text" in row]:
                    pieces = [text[int(start):int(end)].decode() for start, end in (piece.split("-") for piece in row[key].split())]
                    assert " ".join(pieces).replace("\0", "\ufffd") == row[key + "_text"], (key, row)
                    n += len(pieces)
    return n


def check_columns(inputs, annotators=ANNOTATORS):
    """Every text beside a span, in lines and in tables, is the bytes of the document's text there. How many there were."""
    csv.field_size_limit(1 << 30)
    reader = {"plugin": "auto-reader", "options": {"match": "*"}}
    out = run([reader, *annotators, "elastic-writer"], inputs)[0]
    documents = [json.loads(line) for line in out.decode().split("\n")[1:-1:2]]
    n = sum(check_document(document) for document in documents)
    ids = {}
    for document in documents:
        ids[document["id"]] = ids.get(document["id"], 0) + 1
    with tempfile.TemporaryDirectory() as folder:
        run([reader, *annotators, {"plugin": "csv-writer", "options": {"safe": False}}], inputs, "-o", folder + "/out")
        if max(ids.values(), default=1) == 1:
            n += check_tables(folder + "/out", {document["id"]: document["text"].encode() for document in documents})
    return n
