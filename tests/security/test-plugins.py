#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plugins that are refused: none of their code has run, or it would have left a mark. TAP on standard output.

test-plugins.py AVER FIXTURES
"""
import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import tap
from tap import contains, equal, skip_unless, test

aver, fixtures = (os.path.abspath(path) for path in sys.argv[1:3])
root = os.geteuid() == 0
NOBODY = 65534


def fixture(name):
    return os.path.join(fixtures, name + ".so")


def folder_with(name="marks", folder="plugins", file=None):
    """A folder of its own with one module in it."""
    os.makedirs(folder, exist_ok=True)
    os.chmod(folder, 0o755)
    return shutil.copyfile(fixture(name), os.path.join(folder, file or name + ".so"))


def run(plugin, *folders, check="check", environment={}):
    """What is said of a pipeline with the plugin in it, and whether any of its code ran."""
    with open("pipeline.json", "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": ["jsonl-reader", plugin, "jsonl-writer"]}, file)
    if os.path.exists("mark"):
        os.remove("mark")
    arguments = [argument for folder in folders for argument in ("--plugin-dir", folder)]
    done = subprocess.run([aver, check, *arguments, "pipeline.json"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=30, env={"AVER_MARK": os.path.abspath("mark"), **environment})
    return done.returncode, done.stderr.decode(errors="replace"), os.path.exists("mark")


def expect_refusal(plugin, *folders, said, environment={}):
    for check in ("check", "run"):
        code, err, marked = run(plugin, *folders, check=check, environment=environment)
        equal((code, marked), (2, False))
        contains(err, said)


@test
def a_good_one_leaves_its_mark():
    folder_with()
    equal(run("marks", "plugins"), (0, "", True))


@test
def made_for_another_abi():
    folder_with("bad-abi")
    expect_refusal("bad-abi", "plugins", said="bad-abi.so: made for plugin ABI 999; expected 1")


@test
def no_plugin():
    folder_with("no-note")
    expect_refusal("no-note", "plugins", said="no-note.so: no Aver plugin: it has no note of Aver's")


@test
def an_undefined_symbol():
    folder_with("undefined-symbol")
    expect_refusal("undefined-symbol", "plugins", said="undefined symbol: aver_function_that_nobody_wrote")


@test
def cut_short():
    path = folder_with()
    for length in (0, 3, 63, 200, 4000):
        os.truncate(path, length)
        code, err, marked = run("marks", "plugins")
        equal((code, marked), (2, False))
        contains(err, "marks.so: ")
        folder_with()


@test
def anyone_may_write_to_the_file():
    os.chmod(folder_with(), 0o646)
    expect_refusal("marks", "plugins", said="marks.so may be written by anyone; expected mode 644")


@test
def anyone_may_write_to_the_folder():
    folder_with()
    for mode in (0o777, 0o1777):
        os.chmod("plugins", mode)
        expect_refusal("marks", "plugins", said=f"plugins may be written by anyone; expected mode {mode & ~2:o}")


@test
def anyone_may_put_another_folder_there():
    folder_with(folder="open/deeper/plugins")
    os.chmod("open", 0o777)
    expect_refusal("marks", "open/deeper/plugins", said="may be written by anyone; expected mode 775")
    os.chmod("open", 0o1777)
    equal(run("marks", "open/deeper/plugins"), (0, "", True))


@skip_unless(root, "needs files of other users")
def somebody_else_s():
    path = folder_with()
    os.chown(path, NOBODY, 0)
    expect_refusal("marks", "plugins", said="marks.so belongs to user 65534; expected root's or this user's")
    os.chown(path, 0, 0)
    os.chown("plugins", NOBODY, 0)
    expect_refusal("marks", "plugins", said="plugins belongs to user 65534; expected root's or this user's")


@skip_unless(root, "needs files of other groups")
def another_group_may_write():
    path = folder_with()
    os.chown(path, 0, NOBODY)
    os.chmod(path, 0o664)
    expect_refusal("marks", "plugins", said="marks.so may be written by group 65534; expected mode 644")
    os.chmod(path, 0o644)
    os.chown("plugins", 0, NOBODY)
    os.chmod("plugins", 0o775)
    expect_refusal("marks", "plugins", said="plugins may be written by group 65534; expected mode 755")


@test
def a_link_to_what_others_may_write():
    folder_with(folder="safe", name="bad-abi")
    path = folder_with(folder="open")
    os.symlink("../open/marks.so", "safe/marks.so")
    equal(run("marks", "safe"), (0, "", True))
    os.chmod(path, 0o666)
    expect_refusal("marks", "safe", said="open/marks.so may be written by anyone")
    os.chmod(path, 0o644)
    os.chmod("open", 0o777)
    expect_refusal("marks", "safe", said="open may be written by anyone")
    os.symlink("open", "way")
    expect_refusal("marks", "way", said="may be written by anyone")


@test
def links_that_lead_nowhere():
    os.mkdir("plugins", 0o755)
    os.symlink("marks.so", "plugins/marks.so")
    code, err, marked = run("marks", "plugins")
    equal((code, marked), (2, False))
    contains(err, "marks")


@test
def what_is_no_file():
    os.makedirs("plugins/marks.so", 0o755)
    expect_refusal("marks", "plugins", said="marks.so is no file")
    os.rmdir("plugins/marks.so")
    os.mkfifo("plugins/marks.so")
    expect_refusal("marks", "plugins", said="marks.so is no file")
    os.remove("plugins/marks.so")
    os.symlink("/dev/zero", "plugins/marks.so")
    expect_refusal("marks", "plugins", said="/dev/zero is no file")


@test
def search_paths_are_not_searched():
    folder_with(folder="elsewhere")
    where = os.path.abspath("elsewhere")
    for variable in ("LTDL_LIBRARY_PATH", "LD_LIBRARY_PATH", "LD_RUN_PATH", "PATH"):
        expect_refusal("marks", said="no plugin 'marks'", environment={variable: where})
    os.chdir("elsewhere")
    expect_refusal("marks", said="no plugin 'marks'")


@test
def libtool_archives_are_not_followed():
    folder_with(folder="elsewhere")
    os.mkdir("plugins", 0o755)
    with open("plugins/lured.la", "w", encoding="ascii") as file:
        file.write(f"# lured.la - a libtool library file\ndlname='marks.so'\nlibrary_names='marks.so'\nold_library=''\n"
                   f"installed=yes\nshouldnotlink=yes\nlibdir='{os.path.abspath('elsewhere')}'\n")
    expect_refusal("lured", "plugins", said="no plugin 'lured'")
    os.rename("plugins/lured.la", "plugins/lured.so")
    expect_refusal("lured", "plugins", said="lured.so: not a shared object")
    os.rename("plugins/lured.so", "plugins/marks.la")
    expect_refusal("marks", "plugins", said="no plugin 'marks'")


@test
def names_that_are_paths():
    folder_with(folder="elsewhere")
    os.mkdir("plugins", 0o755)
    whole = os.path.abspath("elsewhere/marks")
    for name in ("../elsewhere/marks", "./marks", "elsewhere/marks", whole, whole + ".so", "marks.so", "Marks", "ma rks", "marks\n", "%s",
                 "..", "marks/../marks", "$ORIGIN/../elsewhere/marks", "mäarks", "marks\x01", "marks "):
        expect_refusal(name, "plugins", "elsewhere", said="no plugin ")
    expect_refusal("marks\0", "plugins", "elsewhere", said="pipeline.json:1:")


@test
def odd_folders():
    for name in ("with space", "with\nnewline", "%s%n", "ünïcode", "-x", "a'b\"c", "#;&|"):
        folder_with(folder=name)
        equal(run("marks", "./" + name), (0, "", True))


@test
def folders_that_the_loader_would_replace():
    """dlopen() would make another folder of these, which nobody has checked."""
    for name, target in (("$LIB", "lib/x86_64-linux-gnu"), ("${LIB}", "lib"), ("$ORIGIN", "origin"), ("$PLATFORM", "haswell"), ("a$b", "a")):
        folder_with(folder=target)
        os.chmod(target, 0o777)
        folder_with(folder=name)
        expect_refusal("marks", name, said="has a '$' in it")


@test
def the_list_of_plugins_runs_none_that_is_refused():
    for name in ("bad-abi", "no-note", "undefined-symbol"):
        folder_with(name)
    os.chmod(folder_with(), 0o666)
    done = subprocess.run([aver, "plugins", "--plugin-dir", "plugins"], stdout=subprocess.PIPE, timeout=30,
                          env={"AVER_MARK": os.path.abspath("mark")}, check=True)
    contains(done.stdout.decode(), "Cannot be used:", "bad-abi ", "marks ", "no-note ", "undefined-symbol ")
    assert not os.path.exists("mark")


tap.main()
