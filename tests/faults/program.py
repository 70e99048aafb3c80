#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A program for the exec stage that does as it should, until document 57 comes: program.py HOW."""
import json
import os
import signal
import sys
import time

how = sys.argv[1]
if how == "unread":
    time.sleep(600)
if how == "deaf":
    os.close(0)
    time.sleep(600)
if how == "early":
    sys.exit(7)
if how == "chatty":
    print("loading the model...", flush=True)
if how == "flood":
    for i in range(5000):
        print(f"line {i} \x1b[31m", file=sys.stderr)


def answer(document):
    print(json.dumps(document), flush=True)


def rows(*list_of_rows):
    answer({"id": "57", "layers": {"keyword": list(list_of_rows)}})


def misbehave(document):
    if how == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif how == "exit":
        sys.stderr.write("no more")
        sys.exit(3)
    elif how == "hang":
        time.sleep(600)
    elif how == "loop":
        while True:
            pass
    elif how == "garbage":
        os.write(1, b"\x00\xff\x1b[2J{{{\n")
    elif how == "half":
        os.write(1, b'{"id":"57","meta')
        sys.exit(0)
    elif how == "none":
        pass
    elif how == "twice":
        answer(document)
        answer(document)
    elif how == "at once":
        os.write(1, (json.dumps(document) + "\n").encode() * 2)
    elif how == "cut":
        os.write(1, b'{"id":"57","metadata":}\n')
    elif how == "long":
        os.write(1, b'{"id":"57","metadata":{"x":"')
        for _ in range(1600):
            os.write(1, b"x" * 65536)
        os.write(1, b'"}}\n')
    elif how == "fork":
        if os.fork() == 0:
            time.sleep(600)
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "close":
        os.close(1)
        time.sleep(600)
    elif how == "other":
        answer({"id": "58"})
    elif how == "nameless":
        answer({"metadata": {}})
    elif how == "sorry":
        answer({"id": "57", "error": "no \u202e idea"})
    elif how == "drop":
        answer({"id": "57", "drop": True})
    elif how == "number of error":
        answer({"id": "57", "error": 5})
    elif how == "word of drop":
        answer({"id": "57", "drop": "yes"})
    elif how == "field":
        answer({"id": "57", "metdata": {}})
    elif how == "layer":
        answer({"id": "57", "layers": {"unheard": []}})
    elif how == "outside":
        rows({"start": 0, "end": 3}, {"start": 4, "end": 5000})
    elif how == "inside":
        rows({"start": 55, "end": document["text"].encode().index("—".encode()) + 1})
    elif how == "backwards":
        rows({"start": 9, "end": 3})
    elif how == "unsorted":
        rows({"start": 9, "end": 12}, {"start": 3, "end": 4})
    elif how == "fraction":
        rows({"start": 1.5, "end": 3})
    elif how == "endless":
        rows({"start": 1})
    elif how == "enum":
        rows({"start": 1, "end": 3, "kind": "animal"})
    elif how == "reference":
        rows({"start": 1, "end": 3, "before": 9})
    elif how == "number":
        rows({"start": 1, "end": 3, "score": 1e300})
    elif how == "column":
        rows({"start": 1, "end": 3, "colour": "red"})
    elif how == "nul":
        rows({"start": 1, "end": 3, "label": "a\0b"})
    elif how == "list":
        answer({"id": "57", "layers": {"keyword": {"start": 1}}})
    else:
        answer(document)


for n, line in enumerate(sys.stdin, 1):
    record = json.loads(line)
    if record["id"] == "57":
        misbehave(record)
    else:
        answer(record)
    if how == "weary" and n == 10:
        break
