#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One file to copy: the command with its plugins inside, alone in a folder with the models, passes the tests of the other one.

test-linked.py AVER CONTRACT PLUGINS TOYS FIXTURES   PLUGINS is the folder of the build, for its models; TAP on standard output
"""
import glob
import os
import shutil
import subprocess
import sys

tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, tests)
from tap import contains, equal, main, test

aver, contract, plugins, toys, fixtures = (os.path.abspath(path) for path in sys.argv[1:6])


def prepare():
    """As someone does who takes it to another machine."""
    shutil.copy(aver, "aver")
    shutil.copy(contract, "test-contract")
    for model in glob.glob(os.path.join(plugins, "*", "*.model")):
        name = os.path.basename(os.path.dirname(model))
        os.makedirs(name, exist_ok=True)
        os.symlink(model, os.path.join(name, os.path.basename(model)))


def passes(*command, **environment):
    """All its tests are well, and there are some."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=100,
                          env={**os.environ, **environment})
    lines = done.stdout.decode(errors="replace").splitlines()
    equal((done.returncode, [line for line in lines if line.startswith("not ok")]), (0, []))
    assert sum(line.startswith("ok ") for line in lines) > 0, lines


@test
def nothing_else_is_loaded():
    libraries = subprocess.run(["ldd", "./aver"], capture_output=True, check=True).stdout.decode()
    assert "libaver" not in libraries, libraries
    built = {os.path.basename(path)[:-3] for path in glob.glob(os.path.join(plugins, "*.so"))}
    listed = subprocess.run(["./aver", "plugins", "--json"], capture_output=True, check=True).stdout.decode()
    contains(listed, *sorted(f'"{name}"' for name in built))
    assert ".so" not in listed, listed


@test
def golden_outputs_are_the_same():
    passes(sys.executable, os.path.join(tests, "pipelines", "test-golden.py"), "./aver")


@test
def the_command_is_the_same():
    for name in ("auto", "describe", "explain", "owntests"):
        passes(sys.executable, os.path.join(tests, "cli", f"test-{name}.py"), "./aver", toys, fixtures)


@test
def plugins_keep_the_contract():
    passes("./test-contract", "--tap", AVER_PLUGINS="", AVER_SOURCE=os.path.dirname(tests))


main(prepare)
