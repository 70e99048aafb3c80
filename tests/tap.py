# SPDX-License-Identifier: Apache-2.0
"""Tests that are functions, each run in an empty folder: TAP on standard output, and what most of them assert."""
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

TESTS = []


class Skip(Exception):
    """Raised by a test that cannot run here, with the reason."""


def test(function):
    TESTS.append(function)
    return function


def skip_unless(condition, why):
    def decorate(function):
        function.skip = None if condition else why
        return test(function)
    return decorate


def equal(got, expected):
    assert got == expected, f"got {got!r} instead of {expected!r}"


def contains(text, *parts):
    for part in parts:
        assert part in text, f"{part!r} is not in {text!r}"


def run_one(function):
    """What follows the name of a test on its line, and whether it is well."""
    try:
        if getattr(function, "skip", None):
            raise Skip(function.skip)
        function()
    except Skip as reason:
        return f" # SKIP {reason}", True
    except Exception:
        print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), end="")
        return "", False
    return "", True


def in_memory():
    """A folder that is not on a disk, if there is one with room: tests flush often, and look only at what a process left."""
    if "TMPDIR" in os.environ:
        return None
    try:
        room = os.statvfs("/dev/shm")
        return "/dev/shm" if os.access("/dev/shm", os.W_OK) and room.f_bavail * room.f_frsize > 1 << 30 else None
    except OSError:
        return None


def peak_memory(*command):
    """Exit code, standard error and the MiB it took. Measured by a small process between, for a process starts with the peak of
    the one that made it."""
    code = "import resource,subprocess,sys;c=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL).returncode;" \
        "print(c, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", code, *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=120, check=True)
    exit_code, peak = done.stdout.split()
    return int(exit_code), done.stderr.decode(), int(peak) / 1024


def is_sanitized(program):
    """Whether it is built with a sanitizer, which takes memory of its own."""
    with open(program, "rb") as file:
        data = file.read()
    return b"__asan_init" in data or b"__tsan_init" in data


def processor_time():
    return sum(os.times()[:4])


def main(prepare=lambda: None):
    """Runs all tests; `prepare` first, in the folder of each. Tells which take a second of processor time or more."""
    bad = 0
    print(f"1..{len(TESTS)}")
    for number, function in enumerate(TESTS, 1):
        folder = tempfile.mkdtemp(prefix="aver-test-", dir=in_memory())
        os.chdir(folder)
        began, worked = time.monotonic(), processor_time()
        prepare()
        remark, good = run_one(function)
        bad += not good
        if processor_time() - worked >= 1:
            print(f"# {time.monotonic() - began:.1f} s, {processor_time() - worked:.1f} s of processor time")
        print(f"{'ok' if good else 'not ok'} {number} - {function.__name__.replace('_', ' ')}{remark}", flush=True)
        os.chdir("/")
        shutil.rmtree(folder)
    sys.exit(1 if bad else 0)
