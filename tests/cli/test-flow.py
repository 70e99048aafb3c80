#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What becomes of documents: policies, conditions, several writers, samples, dead letters, and what is told of it;
TAP on standard output.

test-flow.py AVER TOYS FIXTURES   the folders hold plugins made for tests
"""
import base64
import json
import os
import pty
import re
import subprocess
import sys
import time

import openmetrics
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import equal, main, test

aver, toys, fixtures = (os.path.abspath(path) for path in sys.argv[1:4])


def run(*arguments, stdin=b"", env=None):
    done = subprocess.run([aver, *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={} if env is None else env, timeout=60)
    return done.returncode, done.stdout, done.stderr.decode()


def pipeline(name, *stages, **more):
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": list(stages), **more}, file)
    return name


def read(name):
    with open(name, "rb") as file:
        return file.read()


def ids(output):
    return [json.loads(line)["id"] for line in output.splitlines()]


def document(i, text, **metadata):
    return json.dumps({"id": str(i), "text": text, "metadata": metadata}).encode() + b"\n"


def some_documents(n=1000):
    """Every tenth is dropped by fails-document, every seventh fails there, every hundredth is no JSON."""
    return b"".join(b"{no\n" if i % 100 == 99 else
                    document(i, "" if i % 10 == 3 else "failure" if i % 7 == 0 else "One. Two.", number=i)
                    for i in range(n))


def summary(errors):
    """The counts in the last line that begins with a number of documents."""
    line = [line for line in errors.splitlines() if re.match(r"aver: \d+ (documents?|dead letters?): ", line)][-1]
    total, rest = re.match(r"aver: (\d+) \D+: (.*)", line).groups()
    rest = rest.split("; ")[0]
    parts = {name: int(count) for count, name in re.findall(r"(\d+) ([a-z -]+)", rest)}
    equal(sum(parts.values()), int(total))
    return int(total), parts


@test
def every_policy_adds_up_with_any_number_of_threads():
    stdin = some_documents()
    written = {}
    for name, policy in {"skip": "skip", "dead": {"dead-letter": "letters"}, "retry": {"retry": 1, "backoff": 0.001},
                         "both": {"retry": 1, "backoff": 0.001, "then": {"dead-letter": "letters"}}}.items():
        path = pipeline(f"{name}.json", {"plugin": "jsonl-reader", "on_error": policy},
                        {"plugin": "fails-document", "on_error": policy}, "sentence-splitter", "jsonl-writer")
        for workers in ["1", "2"]:
            code, out, errors = run("run", "--plugin-dir", fixtures, path, "-j", workers, stdin=stdin)
            equal(code, 1)
            total, parts = summary(errors)
            equal(total, 1000)
            equal(parts["written"], len(out.splitlines()))
            kept = "letters" in json.dumps(policy)
            equal(set(parts), {"written", "dropped", "dead-lettered" if kept else "failed"})
            if kept:
                equal(len(read("letters").splitlines()), parts["dead-lettered"])
            letters = read("letters") if kept else b""
            messages = [line for line in errors.splitlines() if not line.startswith("aver: 1000")]
            written.setdefault(name, (out, letters, messages))
            equal((out, letters, messages), written[name])
    equal(len({result[0] for result in written.values()}), 1)
    equal(len({tuple(result[2]) for result in written.values()}), 1)


@test
def stop_stops_at_the_same_document():
    path = pipeline("stop.json", "jsonl-reader", {"plugin": "fails-document", "on_error":
                                                  {"retry": 2, "backoff": 0.01, "then": "stop"}}, "jsonl-writer")
    stdin = some_documents()[len(document(0, "failure", number=0)):]
    results = [run("run", "--plugin-dir", fixtures, path, "-j", workers, stdin=stdin) for workers in ["1", "2"]]
    equal(results[0], results[1])
    equal((results[0][0], ids(results[0][1])), (3, ["1", "2", "4", "5", "6"]))
    equal(summary(results[0][2]), (7, {"written": 5, "dropped": 1, "failed": 1}))


@test
def too_many_errors_end_the_run():
    path = pipeline("fail.json", "jsonl-reader", "fails-document", "jsonl-writer")
    stdin = some_documents()
    for limit, documents, what in [("0", 1, "0"), ("10", 78, "10"), ("5%", 100, "5 %")]:
        results = []
        for workers in ["1", "2"]:
            result = run("run", "--plugin-dir", fixtures, path, "--max-errors", limit, "-j", workers, "-o", "out",
                         stdin=stdin)
            equal(os.path.exists("out"), False)
            results.append(result)
        equal(results[0], results[1])
        code, _, errors = results[0]
        equal(code, 3)
        total, parts = summary(errors)
        equal(total, documents)
        equal(errors.splitlines()[-1], f"aver: {parts['failed']} of {documents} documents failed; at most {what} were "
                                       "allowed")
    equal(run("run", "--plugin-dir", fixtures, path, "--max-errors", "50%", "-o", "out", stdin=stdin)[0], 1)
    equal(os.path.exists("out"), True)
    equal(run("run", "--plugin-dir", fixtures, path, "--max-errors", "10%", stdin=document(1, "failure"))[0], 3)
    for wrong in ["-1", "x", "101%", "%", "1.5", "nan%"]:
        code, _, errors = run("run", path, "--max-errors", wrong)
        equal((code, errors.splitlines()[0]), (2, f"aver run: --max-errors is {wrong}; expected a number of documents, or a "
                                               "share from 0% to 100%"))


@test
def a_summary_ends_every_run_unless_quiet():
    path = pipeline("p.json", "jsonl-reader", "jsonl-writer")
    equal(run("run", path, stdin=document(1, "x"))[2], "aver: 1 document: 1 written\n")
    equal(run("run", path)[2], "aver: 0 documents: 0 written\n")
    for flag in ["-q", "--quiet"]:
        equal(run("run", flag, path, stdin=document(1, "x"))[2], "")
    equal(run("run", "-q", path, stdin=b"{\n")[2].count("\n"), 1)


@test
def conditions_pass_stages_over():
    path = pipeline("when.json", "jsonl-reader", {"plugin": "sentence-splitter", "when": "metadata.language == 'en'"},
                    {"plugin": "fails-document", "when": "has(sentence) and count(sentence where length > 4) > 1"},
                    "jsonl-writer")
    stdin = (document(0, "It is one. It is two failure.", language="en") + document(1, "failure", language="de") +
             document(2, "Failure one. And two.", language="en") + document(3, ""))
    for workers in ["1", "2"]:
        code, out, errors = run("run", "--plugin-dir", fixtures, path, "-j", workers, stdin=stdin)
        equal((code, ids(out)), (1, ["1", "2", "3"]))
        equal(["sentence" in json.loads(line)["layers"] for line in out.splitlines()], [False, True, False])


@test
def a_filter_keeps_what_its_condition_says():
    path = pipeline("filter.json", "jsonl-reader", "sentence-splitter",
                    {"plugin": "filter", "options": {"keep": "metadata.number < 10 and not (id in ('3', '4'))"}},
                    {"plugin": "filter", "name": "more", "options": {"keep": "count(sentence) == 2"}}, "jsonl-writer")
    stdin = b"".join(document(i, "One. Two." if i % 2 else "One.", number=i) for i in range(100))
    for workers in ["1", "2"]:
        code, out, errors = run("run", path, "-j", workers, stdin=stdin)
        equal((code, ids(out), errors),
              (0, ["1", "5", "7", "9"], "aver: 100 documents: 4 written, 96 dropped\n"))
    equal(ids(run("run", path, "--set", "more.keep=id == '8'", stdin=stdin)[1]), ["8"])
    equal(run("run", path, "--set", "more.keep=id = 8")[2],
          "--set more.keep=id = 8: stage 'more': option 'keep', character 4: '=' is no operator; expected '=='\n")
    equal(run("run", path, "--set", "more.keep=has(quote)")[0], 2)


@test
def several_writers_see_documents_at_their_place():
    path = pipeline("tee.json", "jsonl-reader", {"plugin": "jsonl-writer", "name": "raw", "output": "raw.jsonl"},
                    "sentence-splitter",
                    {"plugin": "jsonl-writer", "name": "long", "output": "long.jsonl", "when": "count(sentence) > 1"},
                    {"plugin": "fails-document"}, {"plugin": "jsonl-writer", "options": {"text": True}})
    stdin = some_documents()
    before = None
    for workers in ["1", "2", "5"]:
        code, out, errors = run("run", "--plugin-dir", fixtures, path, "-j", workers, "-o", "main.jsonl", stdin=stdin)
        equal((code, out), (1, b""))
        total, parts = summary(errors)
        files = [read(name) for name in ["raw.jsonl", "long.jsonl", "main.jsonl"]]
        equal(before or files, files)
        before = files
        main, raw, long = ids(files[2]), ids(files[0]), ids(files[1])
        equal(len(main), parts["written"])
        # What fails is written nowhere, what is dropped later was written before.
        equal(len(raw), parts["written"] + parts["dropped"])
        equal(long, main)
        assert b'"sentence"' not in files[0] and b'"sentence"' in files[1]
        equal(any(int(i) % 7 == 0 and int(i) % 10 != 3 for i in raw), False)


@test
def writers_do_not_share_a_file():
    writer = {"plugin": "jsonl-writer", "name": "side", "output": "x.jsonl"}
    path = pipeline("same.json", "jsonl-reader", writer, "jsonl-writer")
    equal(run("run", path, "-o", "./x.jsonl")[2],
          "--output: stage 'jsonl-writer': writes './x.jsonl', as stage 'side' does; expected a file of its own\n")
    with open("x.jsonl", "wb") as file:
        file.write(document(1, "x"))
    os.link("x.jsonl", "y.jsonl")
    code, _, errors = run("run", path, "y.jsonl")
    equal(code, 2)
    assert "writes 'x.jsonl', which the run reads; expected another file" in errors, errors
    equal(run("run", path, "--dead-letter", "x.jsonl", stdin=document(1, "x"))[0], 2)
    equal(read("x.jsonl"), document(1, "x"))


@test
def a_failed_run_leaves_no_output_of_any_writer():
    path = pipeline("stop.json", "jsonl-reader", {"plugin": "jsonl-writer", "name": "side", "output": "side.jsonl"},
                    {"plugin": "fails-document", "on_error": "stop"}, "jsonl-writer")
    equal(run("run", "--plugin-dir", fixtures, path, "-o", "main", stdin=document(1, "a") + document(2, "failure"))[0],
          3)
    equal(sorted(os.listdir(".")), ["stop.json"])


@test
def dead_letters_are_replayed():
    broken = b'{"id":"b","text":"\xff\xfe"}'
    stdin = document(1, "fine") + broken + b"\n" + document(3, "failure") + b"{no\n" + document(5, "failure")
    path = pipeline("fail.json", "jsonl-reader", "fails-document", {"plugin": "jsonl-writer", "options": {"text": True}})
    code, out, errors = run("run", "--plugin-dir", fixtures, path, "--dead-letter", "dead", stdin=stdin)
    equal((code, summary(errors)), (1, (5, {"written": 1, "dead-lettered": 4})))
    letters = [json.loads(line) for line in read("dead").splitlines()]
    equal(base64.b64decode(letters[0]["record_base64"]), broken)
    equal(letters[1]["record"].encode() + b"\n", document(3, "failure"))

    good = pipeline("good.json", "jsonl-reader", {"plugin": "jsonl-writer", "options": {"text": True}})
    for workers in ["1", "2"]:
        code, out, errors = run("run", good, "--replay", "dead", "--dead-letter", "still", "-j", workers)
        equal((code, ids(out)), (1, ["3", "5"]))
        equal(errors.splitlines()[-1], "aver: 4 dead letters: 2 resolved, 2 still failing")
        assert errors.startswith("aver: -:2: stage 'jsonl-reader': "), errors
        still = [json.loads(line) for line in read("still").splitlines()]
        equal(still, [letters[0], letters[2]])


@test
def replay_refuses_what_cannot_be():
    path = pipeline("p.json", "jsonl-reader", {"plugin": "jsonl-writer", "on_error": {"dead-letter": "dead"}})
    code, _, errors = run("run", path, "--replay", "dead", "in.jsonl")
    equal((code, errors.splitlines()[0]), (2, "aver run: --replay and the input 'in.jsonl'; expected one of them"))
    with open("dead", "w", encoding="utf-8") as file:
        file.write("nothing\n")
    code, _, errors = run("run", path, "--replay", "dead")
    equal(code, 2)
    assert "writes 'dead', which the run reads; expected another file" in errors, errors
    equal(run("run", path, "--replay", "dead", "-o", "dead")[0], 2)
    good = pipeline("good.json", "jsonl-reader", "jsonl-writer")
    code, _, errors = run("run", good, "--replay", "dead")
    equal((code, errors.splitlines()[-1]), (1, "aver: 1 dead letter: 0 resolved, 1 still failing"))
    assert errors.startswith("aver: dead:1: stage 'jsonl-reader': no dead letter: "), errors


@test
def samples_are_the_same_each_time():
    path = pipeline("p.json", "jsonl-reader", "jsonl-writer")
    stdin = b"".join(document(i, "x") for i in range(1000))

    def take(*arguments):
        results = [run("run", path, *arguments, "-j", workers, stdin=stdin) for workers in ["1", "2"]]
        equal(results[0], results[1])
        equal(results[0][0], 0)
        return ids(results[0][1]), results[0][2]

    equal(take("--limit", "3"), (["0", "1", "2"], "aver: 3 documents: 3 written\n"))
    equal(take("--skip", "997"), (["997", "998", "999"], "aver: 3 documents: 3 written; 997 not taken\n"))
    equal(take("--skip", "10", "--limit", "2")[0], ["10", "11"])
    shards = [take("--every", f"{i}/3")[0] for i in (1, 2, 3)]
    equal(sorted(sum(shards, []), key=int), [str(i) for i in range(1000)])
    equal(shards[1][:2], ["1", "4"])
    few, more = take("--sample", "10%")[0], take("--sample", "30%")[0]
    assert 60 < len(few) < 140 and set(few) < set(more), (len(few), len(more))
    equal(take("--sample", "100%")[1], "aver: 1000 documents: 1000 written\n")
    for option, wrong in [("--limit", "0"), ("--skip", "-1"), ("--every", "0/3"), ("--every", "4/3"), ("--every", "1"),
                          ("--sample", "0.1"), ("--sample", "200%")]:
        code, _, errors = run("run", path, option, wrong)
        equal((code, f"{option} is {wrong}; expected" in errors), (2, True))


@test
def variables_are_taken_where_the_file_lists_them():
    path = pipeline("env.json", {"plugin": "jsonl-reader", "options": {"text": "${FIELD:-text}"}},
                    {"plugin": "jsonl-writer", "name": "side", "output": "${FOLDER}/side.jsonl"},
                    {"plugin": "jsonl-writer", "options": {"text": "${WITH_TEXT:-false}", "layers": "$${x}"}},
                    environment=["FOLDER", "FIELD", "WITH_TEXT"])
    os.mkdir("to")
    equal(run("run", path, "-q", stdin=document(1, "x"), env={"FOLDER": "to", "FIELD": ""})[0], 0)
    equal(ids(read("to/side.jsonl")), ["1"])
    out = run("run", path, "-q", stdin=b'{"id":"1","body":"b"}\n', env={"FOLDER": "to", "FIELD": "body", "WITH_TEXT": "true"})[1]
    equal(json.loads(out)["text"], "b")
    equal(run("check", path)[2], "env.json:1:148: stage 'side': the environment has no variable 'FOLDER'; expected a "
                                 "value, or a default: ${FOLDER:-DEFAULT}\n  write ${FOLDER:-DEFAULT}\n")
    equal(run("check", path, env={"FOLDER": "x", "WITH_TEXT": "maybe"})[0], 2)
    code, _, errors = run("check", path, env={b"FOLDER": b"\xff"})
    equal((code, errors.splitlines()[0]), (2, "env.json:1:148: stage 'side': the variable 'FOLDER' is not valid UTF-8"))


def metrics_of(path):
    return openmetrics.parse(read(path).decode())


@test
def metrics_follow_the_grammar_and_the_summary():
    path = pipeline("p.json", "jsonl-reader", {"plugin": "fails-document", "name": "odd-one"}, "jsonl-writer")
    code, _, errors = run("run", "--plugin-dir", fixtures, path, "--metrics", "m.txt", "--dead-letter", "dead",
                          "--skip", "10", stdin=some_documents())
    equal(code, 1)
    figures = metrics_of("m.txt")
    total, parts = summary(errors)
    for name, count in {**parts, "not-taken": 10}.items():
        equal(figures["aver_documents_total", f'result="{name}"'], count)
    equal(figures["aver_stage_failed_documents_total", 'stage="jsonl-reader"'], 10)
    equal(figures["aver_stage_dropped_documents_total", 'stage="odd-one"'], parts["dropped"])
    equal(figures["aver_finished", ""], 1)
    equal(figures["aver_batches_in_flight", ""], 0)
    assert figures["aver_stage_seconds_total", 'stage="jsonl-writer"'] > 0
    assert figures["aver_read_bytes_total", ""] > 1000
    equal(sorted(os.listdir(".")), ["dead", "m.txt", "p.json"])


@test
def metrics_are_there_while_the_run_lasts():
    path = pipeline("p.json", "jsonl-reader", "jsonl-writer")
    process = subprocess.Popen([aver, "run", path, "--metrics", "m.txt"], stdin=subprocess.PIPE,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={})
    process.stdin.write(document(1, "x"))
    process.stdin.flush()
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if os.path.exists("m.txt") and metrics_of("m.txt")["aver_documents_total", 'result="written"'] == 1:
            break
        time.sleep(0.1)
    equal(metrics_of("m.txt")["aver_finished", ""], 0)
    process.stdin.close()
    equal(process.wait(timeout=30), 0)
    equal(metrics_of("m.txt")["aver_finished", ""], 1)


@test
def metrics_that_cannot_be_written_at_the_end_are_told():
    os.mkdir("figures")
    path = pipeline("p.json", "jsonl-reader", "jsonl-writer")
    process = subprocess.Popen([aver, "run", path, "--metrics", "figures/m.txt", "-o", "out"], stdin=subprocess.PIPE,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={})
    end = time.monotonic() + 30
    while time.monotonic() < end and not os.path.exists("figures/m.txt"):
        time.sleep(0.01)
    os.rename("figures", "away")
    _, errors = process.communicate(document(1, "x"), timeout=30)
    equal(process.returncode, 3)
    assert "cannot write 'figures/m.txt'" in errors.decode(), errors
    assert os.path.exists("out")


@test
def metrics_need_a_file():
    path = pipeline("p.json", "jsonl-reader", "jsonl-writer")
    code, out, errors = run("run", path, "--metrics", "none/m.txt", stdin=document(1, "x"))
    equal((code, out), (3, b""))
    assert "cannot write 'none/m.txt'" in errors, errors
    equal(run("run", path, "--metrics", "/dev/null", stdin=document(1, "x"))[0], 2)
    code, _, errors = run("run", path, "--metrics", "out", "-o", "out")
    equal((code, errors.splitlines()[0]), (2, "aver run: 'out' takes the metrics and more; expected a file of its own"))


def objects(errors):
    found = [json.loads(line) for line in errors.splitlines()]
    for one in found:
        equal(list(one), sorted(one))
        assert {"level", "message"} <= set(one), one
    return found


@test
def messages_can_be_json():
    path = pipeline("p.json", "jsonl-reader", "fails-document", "jsonl-writer")
    code, out, errors = run("run", "--plugin-dir", fixtures, path, "--log-format", "json",
                            stdin=document(1, "x") + document(2, "failure") + b"{\n")
    equal(code, 1)
    found = objects(errors)
    equal(found[0], {"file": "-", "level": "error", "line": 2, "message": "the text mentions failure",
                     "stage": "fails-document"})
    equal((found[1]["line"], found[1]["stage"]), (3, "jsonl-reader"))
    equal(found[2], {"bytes_in": found[2]["bytes_in"], "documents_dead_lettered": 0, "documents_dropped": 0,
                     "documents_failed": 2, "documents_in": 3, "documents_not_taken": 0, "documents_out": 1,
                     "level": "info", "message": "3 documents: 1 written, 2 failed"})
    stop = pipeline("stop.json", "jsonl-reader", {"plugin": "fails-document", "on_error": "stop"}, "jsonl-writer")
    found = objects(run("run", "-q", "--plugin-dir", fixtures, stop, "--log-format=json", stdin=document(1, "failure"))[2])
    equal(found, [{"file": "-", "level": "error", "line": 1, "message": "the text mentions failure",
                   "stage": "fails-document"}])
    wrong = pipeline("wrong.json", "jsonl-reader", {"plugin": "pas"}, {"plugin": "jsonl-writer", "colour": 1})
    found = objects(run("run", wrong, "--log-format", "json")[2])
    equal([(one["file"], one["line"], one["column"], one["stage"]) for one in found],
          [("wrong.json", 1, 54, "pas"), ("wrong.json", 1, 89, "jsonl-writer")])
    with open("version.json", "w", encoding="utf-8") as file:
        file.write('{\n"stages": []}')
    found = objects(run("run", "version.json", "--log-format", "json")[2])
    equal(found[0], {"column": 1, "file": "version.json", "level": "error", "line": 1, "message": "no 'version'; expected 1"})
    equal(objects(run("run", "none.json", "--log-format", "json")[2]),
          [{"file": "none.json", "level": "error", "message": "cannot be read: there is no such file; expected a pipeline file"}])
    found = objects(run("run", "-q", path, "none.txt", "--plugin-dir", fixtures, "--log-format", "json")[2])
    equal((found[0]["file"], found[0]["stage"], "line" in found[0]), ("none.txt", "jsonl-reader", False))
    found = objects(run("run", path, "--plugin-dir", fixtures, "--log-format", "json", "--set", "jsonl-writer.colour=1", "--set", "x")[2])
    equal([("file" in one, one.get("stage"), one["message"][:7]) for one in found],
          [(False, "jsonl-writer", "--set j"), (False, None, "--set x")])
    equal(objects(run("run", "--log-format", "json")[2])[0]["level"], "error")
    equal(run("run", path, "--log-format", "xml")[2].splitlines()[0],
          "aver run: --log-format is xml; expected text or json")


@test
def a_terminal_is_told_the_time_left():
    path = pipeline("p.json", "jsonl-reader", "sentence-splitter", "jsonl-writer")
    with open("in.jsonl", "wb") as file:
        file.write(document(1, "One is here. Two is there. " * 40) * 30000)
    for arguments, expected in (([], True), (["--limit", "25000"], False), (["--quiet"], None),
                                (["--log-format", "json"], None)):
        ours, theirs = pty.openpty()
        process = subprocess.Popen([aver, "run", path, "in.jsonl", "-j", "1", *arguments], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=theirs, env={"TERM": "xterm"})
        os.close(theirs)
        said = b""
        while True:
            try:
                some = os.read(ours, 4096)
            except OSError:
                break
            said += some
        os.close(ours)
        equal(process.wait(timeout=60), 0)
        if expected is None:
            equal(b"MB/s" in said, False)
        else:
            equal(b"MB/s" in said, True)
            equal(re.search(rb"MB/s, \d+:\d\d left", said) is not None, expected)


main()
