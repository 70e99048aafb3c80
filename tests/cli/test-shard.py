#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""aver run as a part of something larger: a shard of a cluster's job, a worker that lines are piped through; TAP on standard output.

test-shard.py AVER TOYS FIXTURES
"""
import json
import os
import select
import shutil
import signal
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import Skip, contains, equal, main, test

aver, sources = os.path.abspath(sys.argv[1]), os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SLURM = {"SLURM_ARRAY_TASK_ID": "6", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "5", "SLURM_ARRAY_TASK_MAX": "7"}
KUBERNETES = {"JOB_COMPLETION_INDEX": "1", "JOB_COMPLETIONS": "3"}


def make_input(n=30):
    with open("lines.json", "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": ["jsonl-reader", "sentence-splitter", "jsonl-writer"]}, file)
    with open("in.jsonl", "wb") as file:
        file.writelines(line(i) for i in range(n))


def line(i, text="One. Two."):
    return json.dumps({"id": str(i), "text": text}).encode() + b"\n"


def run(*arguments, env=None, stdin=b""):
    done = subprocess.run([aver, *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env or {},
                          timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def read(name):
    with open(name, "rb") as file:
        return file.read()


def ids(output):
    return [json.loads(text)["id"] for text in output.splitlines()]


@test
def a_cluster_says_which_shard_it_is():
    make_input(300)
    told = run("run", "--shard", "2/3", "lines.json", "in.jsonl")[1]
    assert 90 <= len(ids(told)) <= 110 and ids(told)[0] != "0", told
    for variables in [SLURM, KUBERNETES, {**SLURM, "SLURM_ARRAY_TASK_STEP": "1"},
                      {**SLURM, "SLURM_ARRAY_TASK_MAX": "9", "SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_STEP": "2"}]:
        equal(run("run", "--shard", "auto", "lines.json", "in.jsonl", env=variables)[:2], (0, told))


@test
def a_cluster_that_is_not_asked_says_nothing():
    make_input()
    whole = run("run", "lines.json", "in.jsonl")
    equal(run("run", "lines.json", "in.jsonl", env={**SLURM, **KUBERNETES}), whole)
    equal(len(ids(whole[1])), 30)


@test
def what_a_cluster_says_has_to_make_sense():
    make_input()
    for variables, reason in [
            ({}, "neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set"),
            ({**SLURM, **KUBERNETES}, "both SLURM_ARRAY_TASK_ID and JOB_COMPLETION_INDEX are set"),
            ({"JOB_COMPLETION_INDEX": "1"}, "expected the job's number of completions in JOB_COMPLETIONS"),
            ({**KUBERNETES, "JOB_COMPLETIONS": "1"}, "an index below it"),
            ({**KUBERNETES, "JOB_COMPLETION_INDEX": "-1"}, "JOB_COMPLETION_INDEX is -1"),
            ({**SLURM, "SLURM_ARRAY_TASK_MAX": "9"}, "of a job array that is not whole"),  # --array=5,6,9
            ({**SLURM, "SLURM_ARRAY_TASK_ID": "4"}, "of a job array that is not whole"),
            ({**SLURM, "SLURM_ARRAY_TASK_COUNT": "x"}, "of a job array that is not whole"),
            ({"SLURM_ARRAY_TASK_ID": "4"}, "of a job array that is not whole")]:
        code, out, err = run("run", "--shard", "auto", "lines.json", "in.jsonl", env=variables)
        equal((code, out), (2, b""))
        contains(err, reason)


def worker(*more, **how):
    return subprocess.Popen([aver, "run", "-q", *more, "lines.json", "-", "-o", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, env={}, bufsize=0, **how)


def next_line(process, seconds=10):
    found = b""
    while not found.endswith(b"\n"):
        assert select.select([process.stdout], [], [], seconds)[0], found
        found += os.read(process.stdout.fileno(), 65536)
    return found


@test
def a_worker_answers_each_line_as_it_comes():
    """As a program between two pipes: nothing may wait for more to come."""
    make_input()
    process = worker()
    for i in range(5):
        process.stdin.write(line(i)[:9])
        process.stdin.write(line(i)[9:])
        equal(ids(next_line(process)), [str(i)])
    process.stdin.write(line(5)[:-1])  # the last one without its end
    out, err = process.communicate(timeout=20)
    equal((process.returncode, ids(out), err), (0, ["5"], b""))


@test
def partitions_are_piped_through_workers():
    """Spark's pipe() and Hadoop streaming start a program for each partition, write its lines, read its lines, and look at its
    exit code."""
    make_input(1000)
    whole = read("in.jsonl").splitlines(keepends=True)
    workers = [worker("-j", "1") for _ in range(3)]
    said = b""
    for number, process in enumerate(workers):
        out, err = process.communicate(b"".join(whole[number * 400:number * 400 + 400]), timeout=20)
        equal((process.returncode, err), (0, b""))
        said += out
    equal(said, run("run", "lines.json", "in.jsonl")[1])


@test
def a_worker_is_honest_about_failures():
    make_input()
    code, out, err = run("run", "-q", "lines.json", "-", "-o", "-", stdin=line(1) + b"{no\n" + line(2))
    equal((code, ids(out)), (1, ["1", "2"]))
    contains(err, "-:2: stage 'jsonl-reader': malformed JSON")
    equal(run("run", "-q", "lines.json", "-", "-o", "-")[:2], (0, b""))
    code, out, err = run("run", "-q", "--max-errors", "0", "lines.json", "-", "-o", "-", stdin=line(1) + b"{no\n" + line(2))
    equal(code, 3)


def abandoned(**more):
    """What becomes of a worker that nobody listens to any more."""
    process = worker(**more)
    process.stdout.close()
    try:
        for i in range(100000):
            process.stdin.write(line(i))
    except BrokenPipeError:
        pass
    process.stdin.close()
    err = process.stderr.read().decode()
    return process.wait(20), err


@test
def a_worker_whose_reader_goes_away_ends():
    make_input()
    equal(abandoned(), (-signal.SIGPIPE, ""))
    code, err = abandoned(restore_signals=False)  # programs that ignore the signal start others that do
    equal(code, 3)
    contains(err, "cannot write 'standard output': Broken pipe")


@test
def gnu_parallel_runs_shards_and_goes_on():
    if shutil.which("parallel") is None:
        raise Skip("there is no parallel")
    make_input(300)
    environment = {"AVER": aver, "PATH": os.environ["PATH"], "HOME": os.getcwd()}
    command = [sources + "/pipelines/parallel/shards", "3", "job", "merged.jsonl", "lines.json", "in.jsonl"]
    os.makedirs("job/shard-0002-of-0003/lock")  # a shard that cannot run
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    assert done.returncode > 0, done
    equal(os.path.exists("merged.jsonl"), False)
    os.rmdir("job/shard-0002-of-0003/lock")
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    equal((done.returncode, done.stdout), (0, b""))
    equal(read("merged.jsonl"), run("run", "lines.json", "in.jsonl")[1])


if __name__ == "__main__":
    main()
