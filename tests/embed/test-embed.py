#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docs/examples/embed.c, compiled: it says what the command says; TAP on standard output.

test-embed.py EXAMPLE AVER
"""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import contains, equal, main, test

example, aver = (os.path.abspath(path) for path in sys.argv[1:3])
TEXTS = ["“It leaks,” said Olen Drost. Drost added that nobody had looked.", "The mayor denied that Élise Marn had called.",
         "Nothing happened.", ""]


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={}, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode(errors="surrogateescape")


def pipeline(*stages):
    with open("pipeline.json", "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": list(stages)}, file)
    return "pipeline.json"


def quotes():
    return pipeline("jsonl-reader", "sentence-splitter", "quote-attributor", {"plugin": "jsonl-writer", "options": {"text": True}})


@test
def the_example_finds_what_the_command_finds():
    with open("texts.jsonl", "w", encoding="utf-8") as file:
        for number, text in enumerate(TEXTS, 1):
            print(json.dumps({"id": f"text {number}", "text": text}), file=file)
    _, out, _ = run(aver, "run", "--quiet", quotes(), "texts.jsonl")
    expected = []
    for record in map(json.loads, out.splitlines()):
        encoded = record["text"].encode()
        for row in record["layers"]["quote"]:
            content = " ".join(encoded[start:end].decode() for start, end in row["content"])
            expected.append(f"{record['id']}: {row['speaker'] or 'somebody'}: {content}")
    assert len(expected) >= 3, expected
    code, out, err = run(example, quotes(), *TEXTS)
    equal((code, err, sorted(out.splitlines())), (0, "", sorted(expected)))


@test
def a_text_that_fails_costs_itself():
    code, out, err = run(example, quotes(), b"\xff", TEXTS[0])
    equal((code, err), (0, "text 1: the text is not valid UTF-8 at byte 0 (0xff)\n"))
    contains(out, "text 2: Olen Drost: “It leaks,”\n")


@test
def mistakes_in_the_pipeline_are_told_with_their_place():
    code, out, err = run(example, pipeline("jsonl-reader", "quote-atributor", "jsonl-writer"), "Text.")
    equal((code, out), (2, ""))
    contains(err, "pipeline.json:1:", "no plugin 'quote-atributor'", "quote-attributor")


main()
