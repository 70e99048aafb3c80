# SPDX-License-Identifier: Apache-2.0
"""Jobs that are killed at random moments, or killed or failed at a system call, and run again.

Tests that use this take as their third argument EVERY how many system calls one is spoilt (40 unless told; 1 is all of them),
and as their fourth at how many random MOMENTS a job is killed (4 unless told).
"""
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time

from harness import aver, contents, environment, job, make_inputs, run, uninterrupted
from tap import Skip, equal

EVERY = int(sys.argv[3]) if len(sys.argv) > 3 else 40
MOMENTS = int(sys.argv[4]) if len(sys.argv) > 4 else 4
CALLS = "write,pwrite64,writev,sendto,rename,renameat,renameat2,linkat,fsync,fdatasync,ftruncate,unlink,unlinkat,openat,close,mkdir,flock"


def strace(arguments, *options):
    command = ["strace", "-f", "-qq", "-y", "-s", "80", "-o", "trace", "-e", f"trace={CALLS}", *options, aver, *arguments]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=120,
                              env={**environment, "PATH": os.environ.get("PATH", ""), "ASAN_OPTIONS": "detect_leaks=0"})  # it traces, too
    except FileNotFoundError as reason:
        raise Skip("there is no strace") from reason
    if b"ptrace" in done.stderr or not os.path.exists("trace"):
        raise Skip("strace may not trace here")
    with open("trace", encoding="utf-8", errors="replace") as file:
        return done.returncode, file.read().splitlines()


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    return folder


def points(arguments):
    """Every call of the main thread from the first one that has to do with the job: its name, and which of that name."""
    _, lines = strace(arguments)
    main_thread = lines[0].split()[0]
    found, counts, begun = [], {}, False
    for line in lines:
        call = re.match(main_thread + r" +(\w+)\(", line)
        if call is None:
            continue
        name = call.group(1)
        counts[name] = counts.get(name, 0) + 1
        begun = begun or "out/job" in line
        if begun:
            found.append((name, counts[name]))
    assert len(found) > 20, lines
    return found


def hit(mode, arguments, point, expected):
    """Runs the job with one call spoilt; whether it was."""
    inject = "signal=SIGKILL" if mode == "kill" else "error=" + mode.upper()
    code, lines = strace(arguments, "-e", f"inject={point[0]}:{inject}:when={point[1]}")
    if mode != "kill" and code <= 1:
        equal((point, contents("out") == expected), (point, True))  # what was reported as done is done
    return any("INJECTED" in line or "killed by SIGKILL" in line for line in lines)


def goes_on(arguments, point, expected):
    code, _, err = run(*arguments)
    equal((point, code in (0, 1), err if code > 1 else ""), (point, True, ""))
    equal((point, sorted(contents("out"))), (point, sorted(expected)))
    equal((point, contents("out") == expected), (point, True))


def crash(mode, threads, kind, offset, *more, every=EVERY):
    make_inputs(n_lines=200, n_files=66)
    expected = uninterrupted(kind, *more)
    arguments = job("out", kind, threads, *more)
    fresh("out")
    tried = 0
    for point in points(job("out", kind, 1, *more))[offset % every::every]:
        fresh("out")
        tried += hit(mode, arguments, point, expected)
        tried += hit(mode, arguments, point, expected)  # the run that goes on as well, where it gets there
        goes_on(arguments, point, expected)
    assert tried > 60 / every, tried
    print(f"# {tried} calls hit", flush=True)


def start(*arguments, **more):
    return subprocess.Popen([aver, *arguments], stdin=more.pop("stdin", subprocess.DEVNULL), stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, env=environment, **more)


def stop(process, number=signal.SIGKILL):
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    return process.returncode, err.decode()


def kill_at_moments(arguments, seed, seconds, complete, moments=MOMENTS):
    """Kills a job at random moments, going on each time, and beginning anew when it has come to its end. `seconds` is what one
    uninterrupted run took; `complete` is called when it has come to its end, with its exit code and messages."""
    chance = random.Random(seed)
    cut_short = 0
    for _ in range(20 * moments + 20):
        process = start(*arguments)
        try:
            patience = chance.random() * seconds * 2 / min(moments, 8) if cut_short < moments else 120
            err = process.communicate(timeout=patience)[1].decode()
        except subprocess.TimeoutExpired:
            cut_short += stop(process)[0] == -signal.SIGKILL
        else:
            complete(process.returncode, err)
            if cut_short >= moments:
                break
    assert cut_short >= moments, cut_short
    print(f"# killed {cut_short} times", flush=True)


def killed_at_random(kind, threads, seed, *more):
    make_inputs(n_lines=10000 if MOMENTS >= 100 else 6000, n_files=2000)
    began = time.monotonic()
    expected = uninterrupted(kind, *more)
    seconds = time.monotonic() - began
    fresh("out")

    def complete(code, err):
        equal((code in (0, 1), err if code > 1 else ""), (True, ""))
        equal(sorted(contents("out")), sorted(expected))
        equal(contents("out") == expected, True)
        fresh("out")

    kill_at_moments(job("out", kind, threads, *more), seed, seconds, complete)
