#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Jobs that write several files, or a database: killed, failed, added to. TAP on standard output.

test-writers.py AVER TOYS [EVERY [MOMENTS]]   as interrupt.py has it
"""
import json
import os
import shutil

from harness import contents, dump, job, main, make_inputs, read, run
from tap import contains, equal, skip_unless, test
from interrupt import EVERY, crash, fresh, hit, killed_at_random, points

CSV = ["--writer", "csv-writer"]
SQLITE = ["--writer", "sqlite-writer"]
BRAT = ["--writer", "brat-writer"]
REPORT = ["--writer", "report-writer", "--set", "report-writer.pages=one"]
PAGES = ["--writer", "report-writer", "--set", "report-writer.pages=each"]
GZIP = ["--set", "jsonl-writer.compress=gzip"]


test_sqlite = skip_unless(run("plugins", "sqlite-writer")[0] == 0, "sqlite-writer is not built")


@test
def files_killed_at_random_moments():
    killed_at_random("lines", 1, 21, *CSV)


@test
def files_killed_at_random_moments_with_two_threads():
    killed_at_random("texts", 2, 22, *CSV)


@test
def a_folder_killed_at_random_moments_with_two_threads():
    killed_at_random("texts", 2, 25, *BRAT)


@test
def a_report_killed_at_random_moments_with_two_threads():
    killed_at_random("texts", 2, 27, *REPORT)


@test
def pages_killed_at_random_moments():
    killed_at_random("texts", 1, 28, *PAGES)


@test
def members_killed_at_random_moments_with_two_threads():
    killed_at_random("lines", 2, 26, *GZIP)


@test_sqlite
def a_database_killed_at_random_moments():
    killed_at_random("lines", 1, 23, *SQLITE)


@test_sqlite
def a_database_killed_at_random_moments_with_two_threads():
    killed_at_random("texts", 2, 24, *SQLITE)


@test
def files_killed_at_a_call():
    crash("kill", 1, "lines", 0, *CSV)


@test
def files_on_a_full_disk():
    crash("enospc", 2, "texts", 1, *CSV)


@test
def a_folder_killed_at_a_call():
    crash("kill", 1, "texts", 7, *BRAT, every=4 * EVERY)  # many files, many calls


@test
def a_folder_on_a_full_disk():
    crash("enospc", 1, "texts", 8, *BRAT, every=6 * EVERY)


@test
def members_killed_at_a_call():
    crash("kill", 2, "lines", 9, *GZIP)


@test_sqlite
def a_database_killed_at_a_call():
    crash("kill", 1, "lines", 2, *SQLITE)


@test_sqlite
def a_database_killed_at_a_call_with_two_threads():
    crash("kill", 2, "texts", 3, *SQLITE)


@test_sqlite
def a_database_on_a_full_disk():
    crash("enospc", 1, "texts", 4, *SQLITE)


@test_sqlite
def a_database_on_a_full_disk_with_two_threads():
    crash("enospc", 2, "lines", 5, *SQLITE)


@test_sqlite
def a_database_on_a_disk_that_fails():
    crash("eio", 1, "lines", 6, *SQLITE)


@test_sqlite
def a_full_disk_is_told():
    make_inputs(n_lines=200)
    fresh("out")
    arguments = job("out", "lines", 1, *SQLITE)
    writes = [point for point in points(arguments) if point[0] == "pwrite64"]
    fresh("out")
    hit("enospc", arguments, writes[len(writes) // 2], None)
    code, out, _ = run("status", "out/job")
    equal(code, 0)
    contains(out.decode(), "stage 'sqlite-writer': cannot write the database 'out/out.jsonl': database or disk is full")


def without_job(out, *more):
    return run("run", "--max-record", "1", "lines.json", "in.jsonl", "-o", out, *more)


@test
def long_names_are_told_apart():
    make_inputs(n_lines=20)
    names = ["a" * 230 + end for end in "12"]
    for writer, read_one in [("jsonl-writer", read), ("brat-writer", lambda name: read(name + "/documents.tsv"))]:
        stages = ["jsonl-reader", *({"plugin": writer, "name": "w" + name[-1], "output": name, "when": f"id matches '*{name[-1]}'"} for name in names)]
        with open("long.json", "w", encoding="utf-8") as file:
            json.dump({"version": 1, "stages": stages}, file)
        equal(run("run", "long.json", "in.jsonl", "--max-record", "1")[0], 1)
        plain = [read_one(name) for name in names]
        assert plain[0] != plain[1] and all(plain), plain
        for name in names:
            shutil.rmtree(name) if os.path.isdir(name) else os.remove(name)
        equal(run("run", "long.json", "in.jsonl", "--max-record", "1", "--job", writer)[0], 1)
        equal([read_one(name) for name in names] == plain, True)
        for name in names:
            shutil.rmtree(name) if os.path.isdir(name) else os.remove(name)


@test
def a_folder_that_cannot_be_written_is_told():
    make_inputs(n_lines=20)
    with open("file", "w", encoding="utf-8") as file:
        file.write("mine")
    for more in [[], ["--job", "job"]]:
        for out, reason in [("file", "'file' is a file; expected a folder"), ("no/there", "cannot make the folder 'no/there': No such file")]:
            code, _, err = without_job(out, *BRAT, *more)
            equal(code, 3)
            contains(err, "stage 'brat-writer': " + reason)
    equal((read("file"), os.path.exists("no")), (b"mine", False))
    equal(without_job("folder", *BRAT)[0], 1)
    os.makedirs("folder/deeper/still")
    code, _, err = without_job("folder", *BRAT)
    equal(code, 3)
    (kept,) = [name for name in os.listdir(".") if name.endswith(".old")]
    contains(err, f"the folder that 'folder' replaces is now './{kept}', as there are folders in it")
    equal((os.path.isdir(kept + "/deeper/still"), os.path.isfile("folder/documents.tsv"), os.path.exists("folder/deeper")), (True, True, False))


@test_sqlite
def a_job_writes_what_a_run_writes():
    make_inputs()
    for writer in [CSV, SQLITE, BRAT, GZIP, [*CSV, "--set", "csv-writer.compress=gzip"]]:
        equal(without_job("plain", *writer, "-j", "2")[0], 1)
        fresh("out")
        equal(run(*job("out", "lines", 2, *writer))[0], 1)
        plain, out = contents("."), contents("out")
        names = [name for name in plain if name.split("/")[0] == "plain"]
        assert names, plain
        for name in names:
            other = name.replace("plain", "out.jsonl", 1)
            same = dump(name) == dump("out/" + other) if writer is SQLITE else plain[name] == out[other]
            equal((name, same), (name, True))
        shutil.rmtree("plain") if os.path.isdir("plain") else os.remove("plain")


@test_sqlite
def a_job_that_is_cut_short_leaves_the_database_that_is_there():
    make_inputs(n_lines=200)
    equal(without_job("out.jsonl", *SQLITE)[0], 1)
    before = read("out.jsonl")
    shutil.rmtree("out", ignore_errors=True)
    os.mkdir("out")
    shutil.copy("out.jsonl", "out/out.jsonl")
    arguments = job("out", "texts", 1, *SQLITE)
    fresh_points = points(arguments)
    fresh("out")
    shutil.copy("out.jsonl", "out/out.jsonl")
    hit("kill", arguments, fresh_points[len(fresh_points) // 2], None)
    equal(read("out/out.jsonl") == before, True)
    equal(run(*arguments)[0], 1)
    contains(dump("out/out.jsonl").decode(), "deeper/1.txt'", "b'199'")


@test_sqlite
def adding_the_same_documents_changes_nothing():
    make_inputs()
    equal(without_job("once", *SQLITE)[0], 1)
    shutil.copy("once", "twice")
    equal(without_job("twice", *SQLITE, "-j", "2")[0], 1)
    equal(dump("once") == dump("twice"), True)
    equal(without_job("twice", *SQLITE, "--set", "sqlite-writer.existing=replace")[0], 1)
    equal(dump("once") == dump("twice"), True)
    equal(sorted(name for name in os.listdir(".") if name.startswith(("once", "twice", ".twice"))), ["once", "twice"])


main()
