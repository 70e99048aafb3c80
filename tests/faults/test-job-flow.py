#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Jobs with several writers, conditions, retries and samples, killed and gone on with. TAP on standard output.

test-job-flow.py AVER TOYS FIXTURES [EVERY [MOMENTS]]
"""
import json
import os
import shutil
import sys
import time

FIXTURES = os.path.abspath(sys.argv.pop(3))

from harness import contents, main, make_inputs, read, run
from interrupt import kill_at_moments
from tap import contains, equal, test


def writer(name, **more):
    return {"plugin": "jsonl-writer", "name": name, "output": name + ".jsonl", **more}


def pipeline(*stages):
    with open("pipeline.json", "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": stages}, file)


def arguments(threads, *more):
    return ["run", "-j", str(threads), "--plugin-dir", FIXTURES, "--max-record", "1", "--job", "job", "--checkpoint",
            "40", *more, "pipeline.json", "../in.jsonl", "-o", "out.jsonl"]


def made():
    """What is left of a job that is done: no partial file, and nothing that knows the time."""
    return {name: data for name, data in contents(".").items() if name != "pipeline.json"}


def kill_and_go_on(stages, threads, seed, *more):
    """Kills a job at random moments; its outputs are those of one run with another number of threads."""
    os.makedirs("whole")
    os.makedirs("cut")
    os.chdir("whole")
    pipeline(*stages)
    began = time.monotonic()
    code, _, told = run(*arguments(3 - threads, *more))
    seconds = time.monotonic() - began
    expected = made()
    os.chdir("../cut")
    pipeline(*stages)
    ends = []

    def complete(code_now, err):
        equal(sorted(made()), sorted(expected))
        equal(made() == expected, True)
        equal(code_now, code)
        if "was finished before" not in err:  # not killed at its very end
            equal(err.splitlines()[-1], told.splitlines()[-1])
        ends.append(code_now)
        for name in os.listdir("."):
            if name != "pipeline.json":
                shutil.rmtree(name) if os.path.isdir(name) else os.remove(name)

    kill_at_moments(arguments(threads, *more), seed, seconds, complete)
    assert ends
    os.chdir("..")
    return expected, told


def two_writers(threads, seed):
    make_inputs(n_lines=6000)
    stages = ["jsonl-reader", writer("raw"), "sentence-splitter", "quote-attributor",
              writer("long", when="count(sentence) > 1"), "jsonl-writer"]
    expected, _ = kill_and_go_on(stages, threads, seed, "--dead-letter", "letters.jsonl")
    equal(sorted(expected), ["job/lock", "letters.jsonl", "long.jsonl", "out.jsonl", "raw.jsonl"])
    assert all(len(expected[name]) > 5000 for name in ["letters.jsonl", "long.jsonl", "out.jsonl", "raw.jsonl"])


@test
def several_writers_go_on_together():
    two_writers(1, 21)


@test
def several_writers_go_on_together_with_two_threads():
    two_writers(2, 22)


def make_numbers(n):
    with open("in.jsonl", "w", encoding="utf-8") as file:
        for i in range(n):
            text = f"It rained in Harrowby {i} times. Nobody asked{' about the failure' if i % 7 == 3 else ''}."
            file.write(json.dumps({"id": str(i), "text": text, "number": i}) + "\n")


@test
def conditions_filters_retries_and_samples_go_on():
    make_numbers(14000)
    fragile = {"plugin": "fails-document", "when": "metadata.number > 5000",
               "on_error": {"retry": 1, "backoff": 0.001, "then": {"dead-letter": "letters.jsonl"}}}
    stages = ["jsonl-reader", writer("some", when="id matches '*1'"),
              {"plugin": "sentence-splitter", "when": "metadata.number < 9000"}, fragile,
              {"plugin": "filter", "options": {"keep": "not (id matches '*3')"}}, "jsonl-writer"]
    expected, told = kill_and_go_on(stages, 2, 23, "--skip", "100", "--sample", "60%", "--limit", "7000")
    contains(told.splitlines()[-1], "7000 documents", " written, ", " dropped, ", " dead-lettered", " not taken")
    assert expected["letters.jsonl"].count(b"\n") > 50 and expected["some.jsonl"].count(b"\n") > 50


@test
def isolated_stages_go_on():
    make_numbers(7000)
    stages = ["jsonl-reader", {"plugin": "sentence-splitter", "isolate": True},
              {"plugin": "fails-document", "isolate": True, "when": "metadata.number > 2000",
               "on_error": {"dead-letter": "letters.jsonl"}}, writer("side"), "jsonl-writer"]
    expected, told = kill_and_go_on(stages, 2, 24)
    contains(told.splitlines()[-1], "7000 documents", " dead-lettered")
    assert expected["side.jsonl"] == expected["out.jsonl"] and len(expected["letters.jsonl"]) > 3000


@test
def a_limit_that_was_reached_is_not_passed():
    make_numbers(200)
    os.mkdir("here")
    os.chdir("here")
    pipeline("jsonl-reader", "jsonl-writer")
    equal(run(*arguments(1, "--limit", "80"))[0], 0)
    expected = read("out.jsonl")
    lines = read("job/journal.log").splitlines(keepends=True)
    first = json.loads(lines[0].split(b" ", 1)[1])
    ended = [b'"state":"ended"' in line for line in lines].index(True)
    last = json.loads(lines[ended - 1].split(b" ", 1)[1])
    equal((last["type"], last["documents_in"], last["sampling"]["taken"]), ("checkpoint", 80, 80))
    with open("job/journal.log", "wb") as file:
        file.writelines(lines[:ended])
    os.rename("out.jsonl", f"out.jsonl.{first['id']}.partial")
    equal(run(*arguments(1, "--limit", "80"))[0], 0)
    equal(read("out.jsonl") == expected, True)


@test
def what_changed_in_the_flow_is_told():
    make_numbers(10)
    os.mkdir("here")
    os.chdir("here")
    stages = ["jsonl-reader", {"plugin": "sentence-splitter", "when": "text.length < 50"}, "jsonl-writer"]
    pipeline(*stages)
    equal(run(*arguments(1))[0], 0)

    def refused(reason, *more):
        code, _, err = run(*arguments(1, *more))
        equal(code, 2)
        contains(err, reason)

    refused("the limit of documents was not set, is 5", "--limit", "5")
    refused("the number of documents to pass over was not set, is 5", "--skip", "5")
    refused("the share of documents to sample was not set, is 0.5", "--sample", "50%")
    refused("the documents dealt out was not set, is 2 of 3", "--every", "2/3")
    stages[1]["when"] = "text.length < 60"
    stages[1]["on_error"] = {"retry": 2}
    pipeline(*stages)
    refused("the condition of stage 'sentence-splitter' was text.length < 50, is text.length < 60")
    refused("the number of retries of stage 'sentence-splitter' was 0, is 2")


@test
def a_job_and_a_replay_exclude_each_other():
    pipeline("jsonl-reader", "jsonl-writer")
    code, _, err = run("run", "pipeline.json", "--job", "job", "--replay", "letters.jsonl", "-o", "out.jsonl")
    equal((code, err.splitlines()[0]), (2, "aver run: --replay and --job; expected one of them"))
    equal(os.path.exists("job"), False)


main()
