#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A warm pipeline allocates nothing per annotation: test-allocations.py AVER SHIM, TAP on standard output.

The sample articles, forty times and eighty times over, through the news pipeline, allocations counted (SHIM, preloaded): the second half may cost
less than one allocation in ten documents.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
aver, shim = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
articles = [open(p, encoding="utf-8").read() for p in sorted(glob.glob(root + "/tests/articles/*.txt"))]


def allocations(folder, rounds):
    corpus = f"{folder}/corpus.jsonl"
    with open(corpus, "w", encoding="utf-8") as file:
        for n in range(rounds):
            for k, text in enumerate(articles):
                print(json.dumps({"id": f"{n}-{k}", "text": text}, ensure_ascii=False), file=file)
    done = subprocess.run([aver, "run", f"{root}/pipelines/news.json", corpus, "-j", "1",
                           "--reader", "jsonl-reader", "-o", f"{folder}/out.jsonl"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
                          env=dict(os.environ, LD_PRELOAD=shim, COUNT_TO=f"{folder}/count"))
    if done.returncode != 0:
        print("# " + done.stderr[-2000:].replace("\n", "\n# "))
        return None
    with open(f"{folder}/count", encoding="ascii") as file:
        return int(file.read())


if os.environ.get("ASAN_OPTIONS") or os.environ.get("TSAN_OPTIONS"):
    print("ok 1 - a warm pipeline does not allocate # SKIP a sanitizer has its own malloc")
else:
    with tempfile.TemporaryDirectory() as temporary:
        some, more = allocations(temporary, 40), allocations(temporary, 80)
    good = some is not None and more is not None and more - some < 40 * len(articles) / 10
    print(f"{'ok' if good else 'not ok'} 1 - a warm pipeline does not allocate: {some} allocations, then {more}")
print("1..1")
