#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Isolated stages: whatever a plugin does with document 57 of 100 costs that document; TAP on standard output.

test-isolate.py AVER FIXTURES SANITIZERS ARTICLES
"""
import json
import os
import signal
import subprocess
import sys
import time

from faults import Runner, records
from tap import contains, equal, main, skip_unless, test

sanitizers = sys.argv[3]
aver, fixtures, _, articles = (os.path.abspath(path) for path in sys.argv[1:5])
runner = Runner(aver, fixtures)
plain = sanitizers == "none"
UNLIMITED = "the sanitizers' own address space does not go with a limit of it"


def stage(how, isolate=True, **options):
    return {"plugin": "misbehaves", "options": {"how": how, **options}, "isolate": isolate}


def limited(how, seconds=0.5):
    return stage(how, {"seconds": seconds, "memory": "200M"})


def processes_of(command):
    """The processes that were started with this command line, zombies aside."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                if command in file.read().split(b"\0"):
                    found.append(int(pid))
        except OSError:
            pass
    return found


def eventually(condition):
    for _ in range(100):
        if condition():
            return True
        time.sleep(0.05)
    return False


@test
def crash():
    runner.expect_loss(stage("crash"), "plugin 'misbehaves' was killed by signal 11 (Segmentation fault)")


@test
def abort():
    runner.expect_loss(stage("abort"), "plugin 'misbehaves' was killed by signal 6 (Aborted)")


@test
def exit():
    runner.expect_loss(stage("exit"), "plugin 'misbehaves' ended its process with exit code 3")


@test
def kill():
    runner.expect_loss(stage("kill"), "plugin 'misbehaves' was killed by signal 9 (Killed)")


@test
def loop():
    runner.expect_loss(limited("loop"), "plugin 'misbehaves' took longer than 0.5 s")
    assert runner.seconds < 20, runner.seconds


@skip_unless(plain, UNLIMITED)
def memory():
    runner.expect_loss(limited("memory", 30), "plugin 'misbehaves' was killed by signal 11", "near its memory limit of 200 MiB")


@skip_unless(plain, UNLIMITED)
def memory_of_glib():
    runner.expect_loss(limited("malloc", 30), "plugin 'misbehaves' was killed by signal", "failed to allocate 1099511627776 bytes")


@skip_unless(plain, UNLIMITED)
def a_slow_leak_costs_no_document():
    for workers in ("1", "2"):
        code, out, err = runner.run(stage("leak", {"memory": "50M"}), "-j", workers)
        equal((code, len(out.splitlines()), err), (0, 100, "aver: 100 documents: 100 written\n"))


@test
def printing():
    error, out, _ = runner.expect_loss(stage("print"), "plugin 'misbehaves' wrote to standard output")
    assert b"forged" not in out


@test
def closing_descriptors():
    runner.expect_loss(limited("close", 5), "plugin 'misbehaves'")


@test
def changing_the_text():
    runner.expect_loss(stage("text"), "plugin 'misbehaves' changed the text")


@test
def answers_of_its_own_making():
    for how, said in [("noise", ""), ("forged", ": its process answered with nonsense"), ("short", " answered with nonsense")]:
        runner.expect_loss(limited(how, 5), "plugin 'misbehaves'" + said)
        assert runner.seconds < 4, (how, runner.seconds)


@test
def lies_about_a_span():
    runner.expect_loss(stage("span"), "plugin 'misbehaves'", "the span [5, 1073741824]", "row 1 of the layer 'mark'")


@test
def lies_about_pieces():
    runner.expect_loss(stage("pieces"), "the span [0, 9]", "row 1 of the layer 'mark'")


@test
def lies_about_an_enum():
    runner.expect_loss(stage("enum"), "an unknown value of an enum in row 1")


@test
def lies_about_a_reference():
    runner.expect_loss(stage("reference"), "a reference to no row in row 1")


@test
def lies_about_a_string():
    runner.expect_loss(stage("string"), "a string that is no text in row 1")


@test
def an_error_of_the_plugin_s_own():
    error, _, _ = runner.expect_loss(stage("fail"), "does not like it")
    equal(error, "does not like it")


@test
def what_it_has_started_ends():
    runner.expect_loss(stage("fork"), "was killed by signal 11")
    unique = os.path.abspath("pipeline.json").encode()
    assert eventually(lambda: not processes_of(unique)), processes_of(unique)


@test
def first_and_last_document():
    for lost in ("1", "64", "65", "100"):
        runner.expect_loss(stage("crash", id=lost), "was killed by signal 11", lost=lost)


@test
def every_document():
    code, out, err = runner.run({"plugin": "misbehaves", "options": {"how": "crash", "id": "x"}, "isolate": True},
                                documents=b'{"id":"x","text":"some text"}\n' * 20)
    equal((code, out, err.splitlines()[-1]), (1, b"", "aver: 20 documents: 0 written, 20 dead-lettered"))


@test
def dropping_is_not_failing():
    code, out, err = runner.run(stage("drop"))
    equal((code, len(out.splitlines()), err), (0, 99, "aver: 100 documents: 99 written, 1 dropped\n"))


@test
def the_policy_stop_stops():
    code, out, err = runner.run({**stage("crash"), "on_error": "stop"})
    equal((code, len(out.splitlines())), (3, 56))
    contains(err, "-:57: stage 'misbehaves': plugin 'misbehaves' was killed by signal 11 (Segmentation fault)")


@test
def opening_fails():
    code, out, err = runner.run(stage("open-fail"), "-q")
    equal((code, out, err), (2, b"", "aver: stage 'misbehaves': will not open\n"))


@test
def opening_crashes():
    code, out, err = runner.run(stage("open-crash"), "-q")
    equal((code, out, err), (3, b"", "aver: stage 'misbehaves': while it was opened, plugin 'misbehaves' was killed by "
                                     "signal 11 (Segmentation fault)\n"))


@test
def opening_takes_too_long():
    code, out, err = runner.run(stage("open-loop", {"seconds": 0.05}), "-q")
    equal((code, out, err), (3, b"", "aver: stage 'misbehaves': while it was opened, plugin 'misbehaves' took longer than 0.5 s\n"))


@test
def output_is_the_same_as_without():
    for how in ("no", "id", "metadata"):
        expected = runner.run(stage(how, False), documents=records(1000))
        for workers in ("1", "2", "8"):
            equal(runner.run(stage(how), "-j", workers, documents=records(1000)), expected)


@test
def the_whole_analysis_is_the_same():
    stages = ["sentence-splitter", "quote-attributor", "claim-classifier"]
    results = []
    for isolate in (False, True):
        with open("news.json", "w", encoding="utf-8") as file:
            json.dump({"version": 1, "stages": [{"plugin": name, "isolate": isolate} for name in ["text-reader", *stages]]
                       + ["jsonl-writer"]}, file)
        for workers in ("1", "2", "8"):
            results.append(subprocess.run([aver, "run", "news.json", articles, "-j", workers], check=True,
                                          stdout=subprocess.PIPE, timeout=60).stdout)
    equal(results, [results[0]] * len(results))
    assert len(results[0]) > 10000


def run_stages(*stages, documents, arguments=()):
    with open("stages.json", "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": [*stages, {"plugin": "jsonl-writer", "options": {"text": True}}]}, file)
    done = subprocess.run([aver, "run", *runner.folders, "stages.json", *arguments], input=documents, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=60)
    return done.returncode, done.stdout, done.stderr.decode()


@test
def a_serial_stage_keeps_its_state():
    expected = run_stages("jsonl-reader", "counts", documents=records(1000))
    for workers in ("1", "2", "8"):
        equal(run_stages("jsonl-reader", {"plugin": "counts", "isolate": True}, documents=records(1000),
                         arguments=("-j", workers)), expected)


@test
def a_reader_may_ask_for_it():
    lines = "".join(f"line {i}\n" for i in range(1, 101))
    expected = run_stages("crashing-reader", documents=lines.replace("line 57", "").encode())[1].splitlines()
    for workers in ("1", "2"):
        code, out, err = run_stages("crashing-reader", documents=lines.replace("line 57", "crash").encode(),
                                    arguments=("-j", workers))
        equal((code, len(expected), err), (1, 99, "aver: -:57: stage 'crashing-reader': plugin 'crashing-reader' was killed by "
                                                  "signal 11 (Segmentation fault)\naver: 100 documents: 99 written, 1 failed\n"))
        equal(out.splitlines(), expected)
    code, _, _ = run_stages({"plugin": "crashing-reader", "isolate": False}, documents=b"crash\n")
    assert code == -signal.SIGSEGV or not plain, code


@test
def a_dead_zygote_is_told():
    process, unique = start_and_hang()
    children = [pid for pid in processes_of(unique) if pid != process.pid]
    for pid in children:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            if int(file.read().rsplit(")", 1)[1].split()[1]) == process.pid:
                os.kill(pid, signal.SIGKILL)
    equal(process.wait(timeout=10), 1)
    assert eventually(lambda: not processes_of(unique)), processes_of(unique)


def start_and_hang():
    """A run whose only document never ends."""
    unique = runner.pipeline(stage("loop", {"seconds": 600}, id="1"))
    process = subprocess.Popen([aver, "run", *runner.folders, "-j", "1", unique], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(records(1))
    process.stdin.close()
    assert eventually(lambda: len(processes_of(unique.encode())) >= 3)
    return process, unique.encode()


@test
def children_end_with_a_killed_parent():
    for number in (signal.SIGKILL, signal.SIGSEGV):
        process, unique = start_and_hang()
        process.send_signal(number)
        process.wait(timeout=10)
        assert eventually(lambda: not processes_of(unique)), processes_of(unique)


@test
def a_signal_stops_what_hangs():
    for number in (signal.SIGTERM, signal.SIGINT):
        process, unique = start_and_hang()
        process.send_signal(number)
        equal((process.wait(timeout=10), process.stdout.read()), (3, b""))
        assert eventually(lambda: not processes_of(unique)), processes_of(unique)


@test
def a_signal_to_the_whole_group_loses_nothing():
    path = runner.pipeline(stage("no"))
    process = subprocess.Popen([aver, "run", *runner.folders, path, "-j", "2"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    process.stdin.write(records(1000))
    process.stdin.flush()
    assert process.stdout.readline()
    for pid in processes_of(path.encode()):
        os.kill(pid, signal.SIGTERM)
    _, err = process.communicate(timeout=10)
    equal(process.returncode, 3)
    assert b"was killed" not in err and b"stopped before the end" in err, err


main()
