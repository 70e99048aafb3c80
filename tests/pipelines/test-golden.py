#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Golden pipelines: what each ready pipeline writes for the sample articles, byte for byte, with any number of workers.

test-golden.py AVER           runs the tests, TAP on standard output
test-golden.py AVER --update  writes the expected files anew: read the difference before committing it
"""
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
aver = os.path.abspath(sys.argv[1])
update = "--update" in sys.argv

# Name of the expected file, and the arguments that make it; run from the repository's root.
CASES = {
    "news.jsonl": ["pipelines/news.json", "tests/articles", "--set", "auto-reader.match=*.txt", "-o", "OUT"],
    "news.txt": ["pipelines/news.json", "tests/articles/agency-harbour.txt", "tests/articles/statement-museum.txt",
                 "tests/articles/court-ferry.txt", "--set", "transcript-writer.width=80"],
    "claims.tsv": ["pipelines/claims.json", "tests/articles/agency-harbour.txt", "tests/articles/debate-tram.txt"],
    "quotes.jsonl": ["pipelines/quotes.json", "tests/articles/council-library.txt", "-o", "OUT"],
    "sentences.jsonl": ["pipelines/sentences.json", "tests/articles/liveblog-storm.txt", "-o", "OUT"],
    "quote.csv": ["pipelines/news.json", "tests/articles/council-library.txt", "-o", "OUT", "--writer", "csv-writer",
                  "--set", "csv-writer.layer=quote"],
    "claim.csv": ["pipelines/news.json", "tests/articles/council-library.txt", "--writer", "csv-writer",
                  "--set", "csv-writer.layer=claim", "--set", "csv-writer.delimiter=;", "--set", "csv-writer.line_end=lf"],
    "corpus.sql": ["pipelines/corpus-to-sqlite.json", "tests/articles/council-library.txt", "-o", "OUT"],
    "annotate.brat": ["pipelines/annotate.json", "tests/articles/council-library.txt", "-o", "OUT"],
    "quotes.citron": ["pipelines/quotes.json", "tests/articles/council-library.txt", "--writer", "citron-writer", "-o", "OUT"],
    "claims.webanno": ["pipelines/news.json", "tests/articles/council-library.txt", "--writer", "webanno-writer",
                       "--set", "webanno-writer.layers=claim", "-o", "OUT"],
    "news.bulk": ["pipelines/news.json", "tests/articles/council-library.txt", "--writer", "elastic-writer", "-o", "OUT"],
    "report.html": ["pipelines/report.json", "tests/articles/council-library.txt", "tests/articles/court-ferry.txt", "-o", "OUT"],
    "report.pages": ["pipelines/report.json", "tests/articles/council-library.txt", "--set", "report-writer.pages=each",
                     "--set", "report-writer.speakers=3", "-o", "OUT"],
    "pass.jsonl": ["pipelines/pass.json", "tests/contract/inputs/jsonl-reader/b.ndjson", "-o", "OUT"],
}
# Plugins that a build may lack.
OPTIONAL = {"pages.jsonl": "html-reader"}
CASES["pages.jsonl"] = ["pipelines/sentences.json", "tests/pages", "--set", "auto-reader.match=*.htm*", "--set",
                        "jsonl-writer.text=true", "-o", "OUT"]


def is_built(plugin):
    return subprocess.run([aver, "plugins", plugin], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def dump(path):
    """A database as SQL, without full-text indices: their inner tables are the library's, and Python's versions differ in them."""
    left_out = ("PRAGMA ", "INSERT INTO sqlite_master")
    lines = (line for line in sqlite3.connect(path).iterdump() if not line.startswith(left_out))
    return "".join(line + "\n" for line in lines if "_search" not in line.split("(")[0]).encode()


def join(folder):
    """All files of a folder, which is removed."""
    parts = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            parts.append(f"== {name}\n".encode() + file.read())
    shutil.rmtree(folder)
    return b"".join(parts)


def run(arguments, workers, environment):
    out = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"aver-golden-{os.getpid()}")
    done = subprocess.run([aver, "run", *[out if a == "OUT" else a for a in arguments], "-j", str(workers)],
                          cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                          env={**os.environ, **environment})
    if "OUT" not in arguments:
        return done.returncode, done.stdout, done.stderr
    if not os.path.exists(out):
        return done.returncode, None, done.stderr
    if os.path.isdir(out):
        return done.returncode, join(out), done.stderr
    with open(out, "rb") as file:
        written = file.read()
    if written.startswith(b"SQLite format 3\0"):
        written = dump(out)
    os.remove(out)
    return done.returncode, written, done.stderr


if not os.path.exists(os.path.join(os.path.dirname(aver), "plugins", "sqlite-writer.so")):
    del CASES["corpus.sql"]

failed = n = 0
for name, arguments in CASES.items():
    if name in OPTIONAL and not is_built(OPTIONAL[name]):
        continue
    path = os.path.join(here, "golden", name)
    if update:
        with open(path, "wb") as file:
            file.write(run(arguments, 1, {})[1])
        continue
    with open(path, "rb") as file:
        expected = file.read()
    for workers, environment in ((1, {}), (2, {"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo"}), (8, {"LC_ALL": "C"})):
        n += 1
        code, got, errors = run(arguments, workers, environment)
        good = code == 0 and got == expected
        failed += not good
        print(f"{'ok' if good else 'not ok'} {n} - {name} with {workers} workers")
        if not good:
            digest = got and hashlib.sha256(got).hexdigest()
            print(f"# exit code {code}, sha256 {digest}, expected {hashlib.sha256(expected).hexdigest()}")
            print("# " + errors.decode(errors="replace").replace("\n", "\n# "))
            for a, b in zip((got or b"").split(b"\n"), expected.split(b"\n")):
                if a != b:
                    print(f"# got      {a[:300]!r}\n# expected {b[:300]!r}")
                    break
if not update:
    print(f"1..{n}")
sys.exit(1 if failed else 0)
