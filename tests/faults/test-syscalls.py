#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Jobs that are killed, or fail, at a system call, and are run again: the results are those of one run. Also the order in
which things are made durable. TAP on standard output.

test-syscalls.py AVER TOYS [EVERY [MOMENTS]]   as interrupt.py has it
"""
import os
import re
import shutil

from harness import job, main, make_inputs, uninterrupted
from tap import equal, test
from interrupt import EVERY, crash, fresh, goes_on, hit, points, strace


@test
def the_run_that_goes_on_is_hit():
    make_inputs(n_lines=200, n_files=66)
    expected = uninterrupted()
    arguments = job("out")
    fresh("out")
    writes = [point for point in points(arguments) if point[0] == "write"]
    fresh("out")
    hit("kill", arguments, writes[len(writes) // 2], expected)
    with open(next(entry.path for entry in os.scandir("out") if entry.name.startswith("out.jsonl.")), "ab") as file:
        file.write(b"what was not committed")
    shutil.copytree("out", "state")
    all_points = points(arguments)
    tried = 0
    for mode in ["kill", "eio"]:
        some = [("ftruncate", 1)] + all_points[len(mode)::EVERY]
        for point in some:
            shutil.rmtree("out")
            shutil.copytree("state", "out")
            tried += hit(mode, arguments, point, expected)
            goes_on(arguments, point, expected)
    assert tried > 40 / EVERY, tried
    print(f"# {tried} calls hit", flush=True)


@test
def killed_at_a_call():
    crash("kill", 1, "lines", 0)


@test
def killed_at_a_call_with_two_threads():
    crash("kill", 2, "texts", 1)


@test
def the_disk_is_full_at_a_call():
    crash("enospc", 1, "texts", 2)


@test
def the_disk_is_full_at_a_call_with_two_threads():
    crash("enospc", 2, "lines", 3)


@test
def the_disk_fails_at_a_call():
    crash("eio", 1, "lines", 4)


@test
def the_disk_fails_at_a_call_with_two_threads():
    crash("eio", 2, "texts", 0)


@test
def the_journal_says_only_what_is_durable():
    """Before each record: all outputs flushed, their folder too; after a rename, the folder; after the record, itself."""
    make_inputs()
    _, lines = strace(job(fresh("out"), "lines"))
    unflushed, records, renamed = set(), 0, 0
    for line in lines:
        call = re.match(r"\d+ +(\w+)\((.*)", line)
        if call is None:
            continue
        name, rest = call.groups()
        path = re.match(r"\d+<([^>]*)>", rest)
        path = path.group(1) if path else ""
        if name == "write" and "/journal" in path:
            assert "cursor" not in rest or not unflushed - {path}, (line, unflushed)
            records += 1
            unflushed.add(path)
        elif name == "write" and path.endswith(".partial"):
            unflushed.add(path)
        elif name == "openat" and ".partial" in rest:
            unflushed.add(os.path.abspath("out"))
        elif name.startswith("rename"):
            assert not any(path.endswith((".partial", "journal-new.log")) for path in unflushed), (line, unflushed)
            unflushed.add(os.path.abspath("out/job" if "journal" in rest else "out"))
            renamed += 1
        elif name == "fsync":
            unflushed.discard(path)
    equal(unflushed, set())
    equal(renamed, 3)
    assert records > 5, records


main()
