# SPDX-License-Identifier: Apache-2.0
"""What the tests of `aver eval` have in common: files, runs of the command, TAP."""
import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
shared = os.path.join(os.path.dirname(root), "shared")
aver = os.path.abspath(sys.argv[1])
folder = tempfile.mkdtemp(prefix="aver-eval-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)
count = failures = 0


def check(good, what, *details):
    global count, failures
    count += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {count} - {what}")
    for line in () if good else details:
        print("#   " + str(line).replace("\n", "\n#   "))


def skip(what, why):
    global count
    count += 1
    print(f"ok {count} - {what} # SKIP {why}")


def finish():
    print(f"1..{count}")
    sys.exit(1 if failures else 0)


def write(name, lines):
    """A file of one JSON object a line; a string stands for itself."""
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        for line in lines:
            file.write((line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n")
    return path


def read(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def run(*arguments):
    done = subprocess.run([aver, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, cwd=root)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def evaluate(layer, gold, predictions, *options):
    """The report of predictions, as JSON. Both are lists of records, or paths."""
    if not isinstance(gold, str):
        gold = write("gold.jsonl", gold)
    if not isinstance(predictions, str):
        predictions = write("predictions.jsonl", predictions)
    code, out, errors = run("eval", "--layer", layer, "--gold", gold, "--predictions", predictions, "--json", *options)
    if code != 0:
        raise SystemExit(f"Bail out! aver eval failed with {code}: {errors}")
    return json.loads(out)


def find(text, *parts):
    """The byte spans of pieces of a text, each looked for behind the one before."""
    spans, at = [], 0
    for part in parts:
        at = text.index(part, at)
        spans.append([len(text[:at].encode()), len(text[:at + len(part)].encode())])
        at += len(part)
    return spans


def make_pipeline(*annotators):
    name = "-".join(annotators) + ".json"
    return write(name, [{"version": 1, "stages": ["jsonl-reader", *annotators, "jsonl-writer"]}])
