#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Memory, disks and file sizes that come to an end: told, the old output whole, and the job goes on. TAP on standard output.

test-exhaustion.py AVER TOYS SHIM [POINTS]   fails so many allocations of a job, 12 unless told; 0 is all of them
"""
import os
import resource
import shutil
import signal
import subprocess
import sys

from harness import aver, contents, job, main, make_inputs, read, run
from tap import Skip, contains, equal, skip_unless, test

SHIM = os.path.abspath(sys.argv[3])
POINTS = int(sys.argv[4]) if len(sys.argv) > 4 else 12
OLD = b"what was there before\n"
# GLib's locks and thread data are made by malloc() itself, in a few places, and it aborts when they are not to be had.
LOCKS = "Unexpected error from C library during 'malloc'"
WRITERS = {"lines": [], "tables": ["--writer", "csv-writer"], "database": ["--writer", "sqlite-writer"]}
test_sqlite = skip_unless(run("plugins", "sqlite-writer")[0] == 0, "sqlite-writer is not built")


def small_job(writer, *more):
    return ["run", "-j", "1", "--job", "out/job", "--checkpoint", "20", "lines.json", "small.jsonl", "-o", "out/out", "--quiet",
            *WRITERS[writer], *more]


def with_memory(arguments, **environment):
    done = subprocess.run([aver, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          timeout=60, env={"LD_PRELOAD": SHIM, **environment})
    return done.returncode, done.stderr.decode(errors="replace")


def fresh(old):
    shutil.rmtree("out", ignore_errors=True)
    os.mkdir("out")
    if old is not None:
        with open("out/out", "wb") as file:
            file.write(old)


def made(name):
    """What is there under a name: a file's bytes, a folder's files that are whole, or nothing."""
    if os.path.isdir(name):
        return {file: data for file, data in contents(name).items() if not file.endswith(".partial")}
    return read(name) if os.path.exists(name) else None


def is_whole(found, old, expected):
    """All old or all new; each file of a folder for itself."""
    if isinstance(found, dict):
        return all(expected.get(name) == data for name, data in found.items())
    return found in (old, expected)


def check_failure(where, at, code, err, old, expected):
    """All ends that are allowed when one allocation fails: it did without, or it said so; whether it died saying so."""
    assert code in (0, 2, 3) or (code == -signal.SIGABRT and LOCKS in err), (where, at, code, err)
    assert code == 0 or err.strip(), (where, at, code)
    found = made("out/out")
    equal((at, code, found == expected if code == 0 else is_whole(found, old, expected)), (at, code, True))
    return code < 0


def memory_fails(writer, old):
    """Fails each of some allocations, once and then all behind it as well; then the job goes on to the same output."""
    make_inputs(n_lines=60, n_files=0)
    with open("small.jsonl", "wb") as file:
        file.writelines(line for line in read("in.jsonl").splitlines(keepends=True)[:60] if b"{no" not in line)
    fresh(old)
    equal(with_memory(small_job(writer), COUNT_TO="count")[0], 0)
    expected, total = made("out/out"), int(read("count"))
    step = max(1, total // POINTS) if POINTS else 1
    told = died = 0
    for point in range(1 + step // 2, total, step):
        for at in (str(point), f"{point}+"):
            fresh(old)
            code, err = with_memory(small_job(writer), FAIL_AT=at)
            if at.endswith("+"):  # GLib needs memory to say that there is none, and may die of that
                assert code in (0, 2, 3, -signal.SIGSEGV, -signal.SIGABRT, -signal.SIGTRAP), (at, code, err)
                equal((at, is_whole(made("out/out"), old, expected)), (at, True))
            else:
                died += check_failure(writer, at, code, err, old, expected)
                told += "memory" in err or "allocate" in err
            code, _, err = run(*small_job(writer))
            equal((at, code, err if code else ""), (at, 0, ""))
            equal((at, made("out/out") == expected), (at, True))
    assert told * 2 > POINTS, told
    print(f"# {writer}: {total} allocations, every {step}. failed; {died} are GLib's own locks")


@test
def memory_fails_while_lines_are_written():
    memory_fails("lines", OLD)


@test
def memory_fails_while_tables_are_written():
    memory_fails("tables", None)


@test_sqlite
def memory_fails_while_a_database_is_written():
    memory_fails("database", None)


@test
def the_process_may_have_no_more_memory():
    """As `ulimit -v` has it: a long record needs more than there is."""
    with open("in.jsonl", "w", encoding="utf-8") as file:
        file.write('{"id":"long","text":"' + "It rained. " * 6000000 + '"}\n')

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (180 << 20, 180 << 20))

    with open("out.jsonl", "wb") as file:
        file.write(OLD)
    code, _, err = run("run", "-j", "1", "--max-record", "100", "lines.json", "in.jsonl", "-o", "out.jsonl", preexec_fn=limit)
    equal((code, read("out.jsonl")), (3, OLD))
    contains(err, "aver: out of memory: failed to allocate ")
    equal(sorted(os.listdir(".")), ["in.jsonl", "lines.json", "out.jsonl", "texts.json"])


@test
def a_file_may_not_grow():
    """As `ulimit -f` has it, which sends a signal, too."""
    make_inputs()

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (50000, 50000))

    for writer, options in WRITERS.items():
        if writer == "database" and run("plugins", "sqlite-writer")[0] != 0:
            continue
        os.mkdir("whole")
        equal(run(*job("whole", "lines", 1, *options))[0], 1)
        expected = contents("whole")
        fresh(None)
        code, _, err = run(*job("out", "lines", 1, *options), preexec_fn=limit)
        equal((writer, code), (writer, 3))
        contains(err, "out/out.jsonl")
        equal(run(*job("out", "lines", 1, *options))[0], 1)
        equal((writer, contents("out") == expected), (writer, True))
        shutil.rmtree("whole")


ON_A_SMALL_DISK = """set -e
mount -t tmpfs -o size=1m none disk
cp old disk/out.jsonl
code=0; "$@" 2>first || code=$?
[ $code = 3 ]
cmp old disk/out.jsonl
code=0; "$@" 2>>first || code=$?
[ $code = 3 ]
cmp old disk/out.jsonl
mount -o remount,size=64m disk
code=0; "$@" 2>second || code=$?
cat second
[ $code = 0 ]
cp disk/out.jsonl got
"""


@test
def a_file_system_of_a_megabyte():
    """It is full twice, the old output whole, then it has room and the job goes on."""
    os.mkdir("disk")
    if subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "disk"], stderr=subprocess.DEVNULL).returncode != 0:
        raise Skip("no file system may be mounted here")
    with open("old", "wb") as file:
        file.write(OLD)
    make_inputs(n_lines=4000)
    lines = [line for line in read("in.jsonl").splitlines(keepends=True) if b"{no" not in line and len(line) < 1000]
    with open("in.jsonl", "wb") as file:
        file.writelines(lines)
    arguments = ["lines.json", "in.jsonl", "--set", "jsonl-writer.text=true", "-o"]
    equal(run("run", *arguments, "expected")[0], 0)
    assert os.stat("expected").st_size > 1 << 20
    done = subprocess.run(["unshare", "-rm", "sh", "-c", ON_A_SMALL_DISK, "sh", aver, "run", "--job", "disk/job", "--checkpoint", "300",
                           *arguments, "disk/out.jsonl"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    equal((done.returncode, done.stdout.decode().splitlines()[-1:]), (0, [f"aver: {len(lines)} documents: {len(lines)} written"]))
    told = [line for line in read("first").decode().splitlines() if "No space left on device" in line]
    equal((len(told), ["'disk/" in line for line in told]), (2, [True] * 2))
    equal(read("got") == read("expected"), True)


main()
