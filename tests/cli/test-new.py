#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`aver new` as its users meet it: names, what is there already, files; that what it makes builds is tests/install's.

test-new.py AVER
"""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import contains, equal, main, test

aver = os.path.abspath(sys.argv[1])


def run(*arguments):
    done = subprocess.run([aver, "new", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={}, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode(errors="surrogateescape")


@test
def every_kind_has_its_files():
    for kind, more in {"annotator": [], "reader": ["sample.tsv"], "writer": []}.items():
        code, out, err = run(kind, f"tide-{kind}")
        equal((code, err), (0, ""))
        contains(out, f"cd 'tide-{kind}'", "meson test -C build")
        equal(sorted(os.listdir(f"tide-{kind}")), sorted([
            "LICENSE", "README.md", "meson.build", f"test-tide-{kind}.c", f"tide-{kind}.c", *more]))
        for file in os.listdir(f"tide-{kind}"):
            with open(f"tide-{kind}/{file}", encoding="utf-8") as opened:
                text = opened.read()
            assert "my-stage" not in text and "my_stage" not in text, file
        with open(f"tide-{kind}/tide-{kind}.c", encoding="utf-8") as opened:
            contains(opened.read(), f"AVER_PLUGIN(tide_{kind})", f'.name = "tide-{kind}"')


@test
def names_are_checked():
    for name in ["../x", "/tmp/x", "a/b", "A", "a_b", "1a", "-a", "a-", "a--b", "", ".", "é", "a\n", "a b", "a" * 65, "all",
                 "test", "meson-x", "a;b"]:
        code, out, err = run("annotator", "--", name)
        equal((code, out), (2, ""))
        contains(err, "cannot be a plugin's name")
    contains(run("annotator", "pass")[2], "there is a plugin 'pass' already")
    contains(run("reeder", "a")[2], "did you mean 'reader'?")
    for arguments in [], ["reader"], ["reader", "a", "b"]:
        equal(run(*arguments)[0], 2)
    equal(os.listdir("."), [])


@test
def nothing_is_overwritten():
    os.makedirs("here/quay")
    code, out, err = run("writer", "quay", "--dir", "here")
    equal((code, out), (3, ""))
    contains(err, "here/quay: File exists; expected a folder that is not there yet")
    os.symlink("/nonexistent", "here/link")
    equal(run("writer", "link", "--dir", "here")[0], 3)
    equal(run("writer", "quay", "--dir", "nowhere")[0], 3)
    equal(os.listdir("here/quay"), [])


main()
