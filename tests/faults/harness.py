# SPDX-License-Identifier: Apache-2.0
"""What the tests of faults share: inputs, pipelines, jobs that are run and compared."""
import json
import os
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import tap
from tap import equal

aver = os.path.abspath(sys.argv[1])
toys = os.path.abspath(sys.argv[2])
environment = {}  # what aver is run with; where the server is, for tests that have one

# How many documents of this text make a job that has something to do.
TEXT = 'It rained in Harrowby. "We will build %d trams," the mayor said on Monday. Nobody asked her why.'


def run(*arguments, **more):
    done = subprocess.run([aver, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=120, env=environment, **more)
    return done.returncode, done.stdout, done.stderr.decode(errors="surrogateescape")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def make_pipelines():
    for name, reader in [("lines.json", "jsonl-reader"), ("texts.json", "text-reader")]:
        with open(name, "w", encoding="utf-8") as file:
            json.dump({"version": 1, "stages": [reader, "sentence-splitter", "quote-attributor", "jsonl-writer"]}, file)


def make_inputs(n_lines=300, n_files=70):
    """Both with documents that fail: malformed, too long for --max-record=1, not UTF-8."""
    with open("in.jsonl", "w", encoding="utf-8") as file:
        for i in range(n_lines):
            file.write(json.dumps({"id": str(i), "text": TEXT % i}) + "\n")
            if i % 40 == 20:
                file.write("{no\n")
        file.write(json.dumps({"id": "long", "text": "x" * 1100000}) + "\n" + '{"id":"end","text":"The end."}\n')
    os.makedirs("in/deeper", exist_ok=True)
    for i in range(n_files):
        with open(f"in/{'deeper/' if i % 2 else ''}{i}.txt", "wb") as file:
            file.write((TEXT % i).encode() + (b"\xff\0" if i == 33 else b""))


def job(out, kind="lines", threads=1, *more):
    """The arguments of a job that leaves all it makes in the folder `out`."""
    source = {"lines": "in.jsonl", "texts": "in"}[kind]
    return ["run", "-j", str(threads), "--max-record", "1", "--job", f"{out}/job", "--checkpoint", "40", f"{kind}.json",
            source, "-o", f"{out}/out.jsonl", "--dead-letter", f"{out}/dead.jsonl", *more]


def dump(path):
    """What is in a database, indices and full-text index included, however it is laid out in the file."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.text_factory = bytes
    found = []
    for name, kind, sql in database.execute("SELECT name, type, sql FROM sqlite_schema ORDER BY rowid").fetchall():
        found.append((name, sql))
        if kind == b"table" and b"VIRTUAL" not in sql:
            found += database.execute(f'SELECT * FROM "{name.decode()}"').fetchall()
    found += database.execute("PRAGMA integrity_check").fetchall() + database.execute("PRAGMA foreign_key_check").fetchall()
    database.close()
    return repr(found).encode()


def contents(folder):
    """All files but the journal, which knows the time."""
    found = {}
    for path, _, names in os.walk(folder):
        for name in names:
            whole = os.path.join(path, name)
            if name.endswith(".log"):
                continue
            found[os.path.relpath(whole, folder)] = read(whole)
    return found


def uninterrupted(kind="lines", *more):
    os.mkdir("whole")
    code, _, err = run(*job("whole", kind, 1, *more))
    equal(code, 1)
    expected = contents("whole")
    outputs = [name for name in expected if name.split("/")[0] == "out.jsonl"]
    equal(sorted(expected), sorted(["dead.jsonl", "job/lock", *outputs]))
    assert len(expected["dead.jsonl"]) > 0 and sum(len(expected[name]) for name in outputs) > 1000
    return expected


def main():
    tap.main(make_pipelines)
