#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Jobs that write to a PostgreSQL server, killed at random moments and at system calls. TAP on standard output.

test-database.py AVER TOYS [EVERY [MOMENTS]]   as interrupt.py has it
"""
import os
import sys
import time

from harness import aver, contents, environment, make_inputs, main, run
from tap import equal, test
from interrupt import EVERY, MOMENTS, fresh, kill_at_moments, points, strace

sys.path.append(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "pipelines"))
from server import begin

server = begin(aver)
environment.update(server.environment)


def begin_anew():
    server.psql("DROP SCHEMA IF EXISTS aver CASCADE")
    fresh("out")


def made():
    """Rows, columns and indices, the position a job has stored, and the dead letters."""
    catalogue = server.psql("SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'aver' "
                            "ORDER BY 1, ordinal_position; SELECT indexdef FROM pg_indexes WHERE schemaname = 'aver' ORDER BY 1; "
                            "SELECT * FROM aver.aver_job")
    return server.dump("aver"), catalogue, contents("out")


def job(kind, threads):
    return ["run", "-j", str(threads), "--max-record", "1", "--job", "out/job", "--checkpoint", "40", f"{kind}.json",
            {"lines": "in.jsonl", "texts": "in"}[kind], "--writer", "postgres-writer", "--dead-letter", "out/dead.jsonl"]


def uninterrupted(kind):
    begin_anew()
    began = time.monotonic()
    equal(run(*job(kind, 1))[0], 1)
    seconds = time.monotonic() - began
    expected = made()
    assert len(expected[0]) > 1000, expected
    return expected, seconds


def killed_at_calls(kind, threads, offset):
    make_inputs(n_lines=200, n_files=66)
    expected, _ = uninterrupted(kind)
    arguments = job(kind, threads)
    begin_anew()
    killed = 0
    for point in points(job(kind, 1))[offset % EVERY::EVERY]:
        begin_anew()
        for _ in range(2):  # the run that goes on as well, where it gets there
            _, lines = strace(arguments, "-e", f"inject={point[0]}:signal=SIGKILL:when={point[1]}")
            killed += any("killed by SIGKILL" in line for line in lines)
        code, _, err = run(*arguments)
        equal((point, code in (0, 1), err if code > 1 else ""), (point, True, ""))
        equal((point, made() == expected), (point, True))
    assert killed > 60 / EVERY, killed
    print(f"# {killed} calls hit", flush=True)


def killed_at_random(kind, threads, seed):
    make_inputs(n_lines=10000 if MOMENTS >= 100 else 2000, n_files=1000)
    expected, seconds = uninterrupted(kind)

    def complete(code, err):
        equal((code in (0, 1), err if code > 1 else ""), (True, ""))
        equal(made() == expected, True)
        begin_anew()

    begin_anew()
    kill_at_moments(job(kind, threads), seed, seconds, complete)


@test
def killed_at_a_call():
    killed_at_calls("lines", 1, 0)


@test
def killed_at_a_call_with_two_threads():
    killed_at_calls("texts", 2, 20)


@test
def killed_at_random_moments():
    killed_at_random("lines", 1, 31)


@test
def killed_at_random_moments_with_two_threads():
    killed_at_random("texts", 2, 32)


try:
    main()
finally:
    server.stop()
