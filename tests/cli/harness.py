# SPDX-License-Identifier: Apache-2.0
"""What the tests of the command have in common: each in an empty folder, TAP on standard output."""
import os
import shutil
import sys
import tempfile
import traceback

TESTS = []


def test(function):
    TESTS.append(function)
    return function


def equal(got, expected):
    assert got == expected, f"got {got!r} instead of {expected!r}"


def main():
    folder = tempfile.mkdtemp(prefix="aver-cli-")
    failed = 0
    print(f"1..{len(TESTS)}")
    for number, function in enumerate(TESTS, 1):
        place = os.path.join(folder, function.__name__)
        os.mkdir(place)
        os.chdir(place)
        try:
            function()
            print(f"ok {number} - {function.__name__.replace('_', ' ')}")
        except Exception:
            failed += 1
            print(f"not ok {number} - {function.__name__.replace('_', ' ')}")
            print("# " + traceback.format_exc().replace("\n", "\n# "))
        sys.stdout.flush()
    os.chdir("/")
    shutil.rmtree(folder)
    sys.exit(1 if failed else 0)
