#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The database that corpus-to-sqlite.json makes of the sample articles: what it holds is what the JSON Lines hold, and every
query of docs/sqlite.md answers. TAP on standard output.

test-sqlite.py AVER
"""
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import traceback

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
aver = os.path.abspath(sys.argv[1])
folder = tempfile.TemporaryDirectory(prefix="aver-sqlite-")


def make(name, *more):
    path = os.path.join(folder.name, name)
    subprocess.run([aver, "run", "pipelines/corpus-to-sqlite.json", "tests/articles", "--set", "auto-reader.match=*.txt", "-o", path, "--quiet", *more], cwd=root, check=True)
    return path


def check_same_as_json_lines():
    database = sqlite3.connect(make("a.db"))
    with open(make("a.jsonl", "--writer", "jsonl-writer"), encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]
    assert len(documents) == database.execute("SELECT count(*) FROM document").fetchone()[0] > 10
    for document in documents:
        (key, text) = database.execute("SELECT key, text FROM document WHERE id = ?", (document["id"],)).fetchone()
        text = text.encode()

        def words(spans):
            return " ".join(text[s:e].decode() for s, e in spans) if spans else None

        quotes = database.execute("SELECT start, end, text, content, content_spans, cue, source, speaker, kind, polarity, "
                                  "confidence FROM quote WHERE document = ? ORDER BY row", (key,)).fetchall()
        expected = [(q["start"], q["end"], words([[q["start"], q["end"]]]), words(q["content"]),
                     json.dumps(q["content"], separators=(",", ":")), words(q["cue"]), words(q["source"]), q["speaker"],
                     q["kind"], q["polarity"], q["confidence"]) for q in document["layers"]["quote"]]
        assert quotes == expected, (quotes, expected)
        claims = database.execute("SELECT c.start, c.end, c.label, c.checkworthy, c.act, c.claimant, s.row, q.row FROM claim AS c "
                                  "LEFT JOIN sentence AS s ON s.id = c.sentence LEFT JOIN quote AS q ON q.id = c.quote "
                                  "WHERE c.document = ? ORDER BY c.row", (key,)).fetchall()
        expected = [(c["start"], c["end"], c["label"], c["checkworthy"], c["act"], c["claimant"], c["sentence"], c["quote"])
                    for c in document["layers"]["claim"]]
        assert claims == expected, (claims, expected)


def check_whole():
    database = sqlite3.connect(os.path.join(folder.name, "a.db"))
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in ["quote_search", "claim_search"]:
        database.execute(f"INSERT INTO {table}({table}, rank) VALUES('integrity-check', 1)")
    database.rollback()


def check_any_number_of_workers():
    def dump(path):
        return list(sqlite3.connect(path).iterdump())
    assert dump(make("one.db", "-j", "1")) == dump(make("eight.db", "-j", "8"))


def read_queries():
    with open(os.path.join(root, "docs", "sqlite.md"), encoding="utf-8") as file:
        return re.findall(r"```sql\n(.*?)```", file.read(), re.S)


def check_query(query):
    rows = sqlite3.connect(os.path.join(folder.name, "a.db")).execute(query).fetchall()
    assert rows, "no rows"


checks = [(f"{function.__name__.replace('_', ' ')}", function) for function in
          [check_same_as_json_lines, check_whole, check_any_number_of_workers]]
queries = read_queries()
checks += [(f"query {i} of docs/sqlite.md", lambda query=query: check_query(query)) for i, query in enumerate(queries, 1)]
bad = len(queries) != 10
if not os.path.exists(os.path.join(os.path.dirname(aver), "plugins", "sqlite-writer.so")):
    print("1..0 # SKIP sqlite-writer is not built")
    sys.exit(0)
for number, (name, function) in enumerate(checks, 1):
    try:
        function()
        print(f"ok {number} - {name}", flush=True)
    except Exception:
        bad = True
        print(f"not ok {number} - {name}")
        print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), end="", flush=True)
print(f"1..{len(checks)}")
sys.exit(bad)
