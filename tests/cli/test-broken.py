#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `aver check` says about the files in tests/pipelines/broken, to the letter; TAP on standard output.

test-broken.py AVER TOYS           runs the tests; TOYS is the folder of the toy plugins
test-broken.py AVER TOYS --update  writes the expected files anew: read the difference before committing it
"""
import json
import os
import re
import subprocess
import sys

NEEDED = ["text-reader", "pass", "sentence-splitter", "claim-classifier", "quote-attributor", "filter",
          "jsonl-reader", "jsonl-writer"]

KEYS = ["argument", "column", "expected", "file", "line", "message", "stage", "suggestion"]

here = os.path.dirname(os.path.abspath(__file__))
folder = os.path.join(os.path.dirname(here), "pipelines", "broken")
aver, toys = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
update = "--update" in sys.argv


def read(name):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


def check(name):
    """The messages about one file, or why they are not what they should be."""
    arguments = read(name + ".args").splitlines()
    done = subprocess.run([aver, "check", "--plugin-dir", toys, name + ".json", *arguments], cwd=folder,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=60)
    said = done.stderr.decode()
    if update:
        with open(os.path.join(folder, name + ".expected"), "w", encoding="utf-8") as file:
            file.write(said)
    expected = read(name + ".expected")
    if done.returncode != 2:
        return f"exit code {done.returncode}, not 2"
    if done.stdout:
        return f"standard output has {done.stdout!r}"
    if said != expected or not expected:
        return f"said\n{said}instead of\n{expected}"
    return None


def missing_plugins():
    listed = subprocess.run([aver, "plugins", "--json", "--plugin-dir", toys], stdout=subprocess.PIPE, check=True)
    usable = {plugin["name"] for plugin in json.loads(listed.stdout) if "error" not in plugin}
    return [name for name in NEEDED if name not in usable]


def check_json(names):
    """What is wrong with the mistakes of all files as JSON: each is at a place, and something can be done about it."""
    files = [name + ".json" for name in names]
    done = subprocess.run([aver, "check", "--json", "--plugin-dir", toys, *files], cwd=folder, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=60)
    if (done.returncode, done.stderr) != (2, b""):
        return f"exit code {done.returncode}, {done.stderr!r}"
    mistakes = json.loads(done.stdout)
    for mistake in mistakes:
        if sorted(mistake) != KEYS or not mistake["line"] or not mistake["column"] or not mistake["message"] \
                or not mistake["suggestion"]:
            return f"incomplete: {mistake}"
    wrong = {mistake["file"] for mistake in mistakes} ^ {file for file in files if file != "set-mistakes.json"}
    return f"not the same files: {wrong}" if wrong else None


names = sorted(name[:-5] for name in os.listdir(folder) if name.endswith(".json"))
failed = 0
print(f"1..{len(names) + 2}")
lacking = missing_plugins()
print(f"{'not ' if lacking else ''}ok 1 - the plugins these tests need are there")
for plugin in lacking:
    print(f"# missing: {plugin}")
for number, name in enumerate(names, 2):
    wrong = check(name)
    failed += wrong is not None
    print(f"{'ok' if wrong is None else 'not ok'} {number} - {name}")
    if wrong is not None:
        print(re.sub("^", "# ", wrong, flags=re.M))
incomplete = None if len(names) >= 40 else f"{len(names)} files"
incomplete = incomplete or check_json(names)
failed += incomplete is not None
print(f"{'ok' if incomplete is None else 'not ok'} {len(names) + 2} - as JSON")
if incomplete is not None:
    print(re.sub("^", "# ", incomplete, flags=re.M))
sys.exit(1 if failed or lacking else 0)
