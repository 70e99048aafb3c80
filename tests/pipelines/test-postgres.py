#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""postgres-writer against a server of its own: the rows that sqlite-writer writes, the queries of the docs, documents
written again, hostile text, jobs that are killed and servers that are lost. TAP on standard output.

test-postgres.py AVER
"""
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [tests, os.path.join(tests, "security")]
import injections
import tap
from server import TABLES, begin
from tap import contains, equal, test

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
aver = os.path.abspath(sys.argv[1])
server = begin(aver)

SECRET = "s3kr1t-word"


def start(*arguments, **more):
    return subprocess.Popen([aver, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            env=server.environment, **more)


def run(*arguments, **more):
    process = start(*arguments, **more)
    out, err = process.communicate(timeout=120)
    return process.returncode, out.decode(errors="replace") + err.decode(errors="replace")


def write(documents, schema, *more, expected=0):
    """Documents whose text is a quote each, as JSON Lines, through annotators into a schema."""
    with open("in.jsonl", "w", encoding="utf-8") as file:
        for document in documents:
            file.write(json.dumps(document) + "\n")
    with open("lines.json", "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": ["jsonl-reader", "sentence-splitter", "quote-attributor", "postgres-writer"]}, file)
    code, said = run("run", "lines.json", "in.jsonl", "--set", f"postgres-writer.schema={schema}", *more)
    assert code == expected, (code, said)
    return said


def quote(words, speaker="Ada Brook"):
    return f'"{words}," {speaker} said on Monday.'


def as_text(value):
    if isinstance(value, float):
        return re.sub(r"\.0$", "", repr(value))
    return None if value is None else str(value)


def ask_sqlite(query):
    return [tuple(as_text(cell) for cell in row) for row in sqlite3.connect(corpus).execute(query).fetchall()]


def read_queries(name):
    with open(os.path.join(root, "docs", name), encoding="utf-8") as file:
        return re.findall(r"```sql\n(.*?)```", file.read(), re.S)


corpus = os.path.join(server.folder, "corpus.db")


@test
def rows_are_those_of_sqlite():
    equal(run("run", "pipelines/corpus-to-postgres.json", "tests/articles", "--set", "auto-reader.match=*.txt", "--quiet", "-j", "2", cwd=root)[0], 0)
    if os.path.exists(os.path.join(os.path.dirname(aver), "plugins", "sqlite-writer.so")):
        equal(run("run", "pipelines/corpus-to-sqlite.json", "tests/articles", "--set", "auto-reader.match=*.txt", "--quiet", "-o", corpus, cwd=root)[0], 0)
        for table in TABLES:
            query = f"SELECT * FROM {table} ORDER BY 1, 2"
            rows = ask_sqlite(query)
            assert len(rows) > 10, (table, rows)
            equal(server.rows(query, "aver"), rows)
        for query in read_queries("sqlite.md"):
            if "MATCH" not in query:
                equal(server.rows(query, "aver"), ask_sqlite(query))


@test
def queries_of_the_docs_answer():
    queries = read_queries("postgres.md")
    assert len(queries) >= 2, queries
    for query in [*queries, *[query for query in read_queries("sqlite.md") if "MATCH" not in query]]:
        assert server.rows(query, "aver"), query


@test
def full_text_search_uses_its_index():
    plan = server.psql("SET search_path = aver; SET enable_seqscan = off; "
                       "EXPLAIN SELECT id FROM quote_search WHERE content @@ to_tsquery('simple', 'strike:*')")
    contains(plan, "quote_words")


@test
def a_document_again_replaces_its_rows():
    write([{"id": "one", "text": quote("It will rain"), "title": "Rain"}, {"id": "two", "text": quote("It will snow", "Ben Hale")},
           {"id": "one", "text": quote("It rained")}], "again")
    equal(server.rows("SELECT key, id, title FROM document ORDER BY key", "again"), [("1", "one", None), ("2", "two", None)])
    equal(server.rows("SELECT document, content FROM quote ORDER BY id", "again"), [("1", '"It rained,"'), ("2", '"It will snow,"')])
    before = server.dump("again")
    write([{"id": "two", "text": quote("It will snow", "Ben Hale")}, {"id": "one", "text": quote("It rained")}], "again", "-j", "2")
    equal(server.dump("again"), before)
    write([{"id": "three", "text": quote("It froze")}, {"id": "two", "text": "Nothing."}], "again")
    equal(server.rows("SELECT d.id, q.content FROM quote AS q JOIN document AS d ON d.key = q.document ORDER BY q.id", "again"),
          [("one", '"It rained,"'), ("three", '"It froze,"')])


@test
def hostile_text_is_data():
    name = "it's; DROP TABLE \"quote\"" + "x" * 20
    long = "\\N\t\"'" + "lövely" * 2000
    documents = [{"id": long, "text": quote("a\\N\\.\\tb $1 %s'); --"), "published": long, "x', 'y": "\\."},
                 {"id": "\\N", "text": quote(" ".join(f"w{i:x}" for i in range(130000)))}]
    write(documents, name)
    equal(server.rows("SELECT id, published FROM document ORDER BY key", name), [(long, long), ("\\N", None)])
    equal(server.rows("SELECT key, value FROM metadata WHERE document = 1 AND key LIKE 'x%'", name), [("x', 'y", "\\.")])
    equal(server.rows("SELECT text FROM sentence WHERE document = 1", name), [(documents[0]["text"],)])
    equal(server.rows("SELECT length(text) FROM sentence WHERE document = 2", name), [(str(len(documents[1]["text"])),)])


@test
def injections_are_data():
    stage = injections.prepare()
    injections.write_pipeline("p.json", "postgres-writer", stage, options={"schema": "injected"})
    code, said = run("run", "-q", "p.json", "hostile.jsonl")
    equal((code, said), (0, ""))
    equal(server.rows("SELECT id, title FROM document ORDER BY key", "injected"), [(bad, bad) for bad in injections.ALL])
    equal(server.rows("SELECT speaker FROM quote ORDER BY id", "injected"), [(bad,) for bad in injections.ALL])
    equal(server.rows("SELECT label, claimant FROM claim ORDER BY id", "injected"), [(bad, bad) for bad in injections.ALL])
    equal(server.rows("SELECT value FROM metadata WHERE key = value ORDER BY document", "injected"), [(bad,) for bad in injections.ALL])
    tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'injected'"
    equal(int(server.psql(tables)), int(server.psql(tables.replace("'injected'", "'aver'"))) + 1)


@test
def nul_costs_the_document_or_is_replaced():
    documents = [{"id": "bad", "text": "One\0two."}, {"id": "good", "text": "It rained."}]
    said = write(documents, "nul", expected=1)
    contains(said, "in.jsonl:1", "the text has a NUL character at byte 3", "nul=replace")
    equal(server.rows("SELECT id FROM document", "nul"), [("good",)])
    write(documents, "nul", "--set", "postgres-writer.nul=replace")
    equal(server.rows("SELECT text FROM sentence ORDER BY text", "nul"), [("It rained.",), ("One�two.",)])


def made(schema):
    return server.psql(f"SELECT count(*) FROM pg_namespace WHERE nspname = '{schema}'").strip()


@test
def a_run_that_fails_leaves_nothing():
    said = write([{"id": "one", "text": "It rained."}, {"id": "two"}, {"id": "three"}], "failed", "--max-errors", "1", expected=3)
    contains(said, "2 of 3 documents failed")
    equal(made("failed"), "0")


@test
def passwords_are_refused_and_not_repeated():
    for connection in [f"host=/nowhere password={SECRET}", f"postgresql://aver:{SECRET}@/news", f"password={SECRET} {SECRET} x",
                       f"postgresql://aver:{SECRET}@[news"]:
        for command in [["check"], ["run", "--job", "job"]]:
            code, said = run(*command, os.path.join(root, "pipelines", "corpus-to-postgres.json"),
                             *(["in.txt"] if command[0] == "run" else []), "--set", f"postgres-writer.connection={connection}")
            equal(code, 2)
            contains(said, "option 'connection'")
            assert SECRET not in said, said
    equal(os.path.exists("job"), False)


@test
def servers_that_are_not_there_and_other_peoples_tables():
    write([], "x", "--set", "postgres-writer.connection=host=/nowhere", expected=3)
    said = write([], "x", "--set", "postgres-writer.connection=dbname=nothing", expected=3)
    contains(said, "cannot connect to PostgreSQL", 'database "nothing" does not exist')
    server.psql("CREATE SCHEMA other; CREATE TABLE other.document(diary text)")
    contains(write([], "other", expected=3), "cannot write to schema 'other' of database 'postgres'", "already exists")
    equal(server.psql("SELECT count(*) FROM pg_tables WHERE schemaname = 'other'"), "1\n")
    write([], "version")
    server.psql("UPDATE version.aver_schema SET version = 9")
    contains(write([], "version", expected=3), "has version 9 of the tables; expected 1")
    contains(write([], "x", "-o", "out", expected=2), "expected no output")


FINDER = """import json, sys
rows = json.load(open("rows.json"))
for line in sys.stdin:
    print(json.dumps({"id": json.loads(line)["id"], "layers": {"finding": rows}}), flush=True)"""


def find(schema, columns, rows, expected=0):
    """Writes a layer of a program's, with these rows in each of three documents, into a schema."""
    with open("rows.json", "w", encoding="utf-8") as file:
        json.dump(rows, file)
    with open("finding.json", "w", encoding="utf-8") as file:
        finder = {"plugin": "exec", "options": {"command": f"{sys.executable} -I -S -c '{FINDER}'", "provides": f"finding({columns})"}}
        json.dump({"version": 1, "stages": ["jsonl-reader", finder, "postgres-writer"]}, file)
    with open("three.jsonl", "w", encoding="utf-8") as file:
        for i in range(3):
            file.write(json.dumps({"id": f"{schema}{i}", "text": "It rained in Harrowby."}) + "\n")
    arguments = ["run", "finding.json", "three.jsonl", "--quiet"]
    code, said = run(*arguments, "--set", f"postgres-writer.schema={schema}")
    equal((code, said if code == 0 else ""), (expected, ""))
    if code == 0 and os.path.exists(os.path.join(os.path.dirname(aver), "plugins", "sqlite-writer.so")):
        equal(run(*arguments, "--writer", "sqlite-writer", "-o", f"{schema}.db")[0], 0)
        rows = sqlite3.connect(f"{schema}.db").execute("SELECT * FROM finding ORDER BY 1, 2").fetchall()
        equal(server.rows("SELECT * FROM finding ORDER BY 1, 2", schema), [tuple(as_text(cell) for cell in row) for row in rows])
    return said


@test
def every_kind_of_column_is_that_of_sqlite():
    columns = "number:i32, score:f32, kind:enum=person|place, before:ref=finding, name:string, one:span, some:spans"
    find("kinds", columns, [{"start": 0, "end": 2}, {"start": 3, "end": 9, "number": 2147483647, "score": 0.5, "kind": "place", "before": 0,
                             "name": "Ada \u00fc", "one": [0, 2], "some": [[0, 2], [3, 9]]},
                            {"start": 3, "end": 9, "number": -2147483647, "score": -1e30, "before": 2}, {"start": 4, "end": 9, "number": 0}])
    equal(server.rows("SELECT number, before IS NULL FROM finding ORDER BY 1", "kinds")[::3],
          [("-2147483647", "f"), ("0", "t"), ("2147483647", "f"), (None, "t")])


@test
def layers_that_changed_and_descriptions_that_are_none_are_refused():
    find("layers", "number:i32", [])
    contains(find("layers", "name:string", [], expected=3), "has a layer 'finding' with other columns; expected another schema")
    server.psql("UPDATE layers.aver_layer SET columns = 'finding number:x'")
    contains(find("layers", "number:i32", [], expected=3), "describes a layer as 'finding number:x', which is none")


@test
def what_the_server_refuses_ends_the_run_and_leaves_what_was_there():
    write([{"id": "one", "text": quote("It will rain")}], "checked")
    before = server.dump("checked")
    server.psql("ALTER TABLE checked.quote ADD CONSTRAINT nobody CHECK (speaker <> 'Bram Low')")
    said = write([{"id": "two", "text": quote("It will snow")}, {"id": "three", "text": quote("It will hail", "Bram Low")}], "checked", expected=3)
    contains(said, "cannot write to schema 'checked' of database 'postgres'", 'violates check constraint "nobody"')
    equal(server.dump("checked"), before)


@test
def schemas_and_databases_that_cannot_be_written_to():
    for name in ("", "pg_mine", "x" * 64):
        contains(write([], name, expected=2), f"option 'schema' is '{name}'; expected a name of 1 to 63 bytes that does not begin with 'pg_'")
    server.psql("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    said = write([], "x", "--set", "postgres-writer.connection=dbname=latin", expected=3)
    contains(said, "its encoding is LATIN1; expected a database of encoding UTF8")


@test
def a_job_whose_rows_are_gone_does_not_go_on():
    write(documents(), "whole")
    while interrupt("gone", lambda process: process.send_signal(signal.SIGKILL))[0] != -signal.SIGKILL:
        shutil.rmtree("job")
        server.psql("DROP SCHEMA gone CASCADE")
    server.psql("UPDATE gone.aver_job SET bytes = 1")
    code, said = run(*job("gone"))
    equal(code, 3)
    contains(said, "cannot go on with schema 'gone' of database 'postgres': it has 1 bytes of rows; expected at least the ")


def documents(n=1000):
    return [{"id": str(i % (n - 50)), "text": quote(f"We will build {i} trams")} for i in range(n)]


def job(schema):
    return ["run", "-j", "1", "--job", "job", "--checkpoint", "20", "lines.json", "in.jsonl", "--quiet", "--set",
            f"postgres-writer.schema={schema}"]


def stored(schema):
    return int(server.psql(f"SELECT bytes FROM {schema}.aver_job", check=False) or 0)


def interrupt(schema, stop):
    """Runs the job until it has written more, and stops it there; whether it was still running."""
    had = stored(schema)
    process = start(*job(schema))
    while process.poll() is None and stored(schema) == had:
        pass
    stop(process)
    _, err = process.communicate()
    return process.returncode, err.decode()


@test
def a_job_that_is_killed_goes_on():
    write(documents(), "whole")
    moments = 0
    for i in range(3):
        moments += interrupt("killed", lambda process: process.send_signal(signal.SIGKILL))[0] == -signal.SIGKILL
        if i == 0:
            shutil.copytree("job", "earlier")
    assert moments > 0 and stored("killed") > 0, moments
    # The database is now ahead of this journal, as after a kill between its commit and the journal's record.
    shutil.rmtree("job")
    shutil.move("earlier", "job")
    equal(run(*job("killed")), (0, ""))
    equal(server.dump("killed"), server.dump("whole"))
    equal(server.rows("SELECT * FROM aver_job", "killed"), [])
    equal(run(*job("killed"))[0], 0)


@test
def a_server_that_is_lost_ends_the_run():
    write(documents(), "whole")

    def lose(process):
        server.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'aver'")

    code, said = interrupt("lost", lose)
    equal(code, 3)
    contains(said, "postgres-writer", "cannot write to schema 'lost'")
    equal(run(*job("lost"))[0], 0)
    equal(server.dump("lost"), server.dump("whole"))


try:
    tap.main()
finally:
    server.stop()
