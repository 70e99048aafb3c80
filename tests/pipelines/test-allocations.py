#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A warm pipeline allocates nothing per annotation: test-allocations.py AVER, TAP on standard output.

The sample articles, forty times and eighty times over, through the news pipeline under valgrind: the second half may cost
less than one allocation in ten documents.
"""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
aver = os.path.abspath(sys.argv[1])
articles = [open(p, encoding="utf-8").read() for p in sorted(glob.glob(root + "/tests/articles/*.txt"))]


def allocations(folder, rounds):
    corpus = f"{folder}/corpus.jsonl"
    with open(corpus, "w", encoding="utf-8") as file:
        for n in range(rounds):
            for k, text in enumerate(articles):
                print(json.dumps({"id": f"{n}-{k}", "text": text}, ensure_ascii=False), file=file)
    done = subprocess.run(["valgrind", "--leak-check=no", aver, "run", f"{root}/pipelines/news.json", corpus, "-j", "1",
                           "--reader", "jsonl-reader", "-o", f"{folder}/out.jsonl"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    found = re.search(r"total heap usage: ([\d,]+) allocs", done.stderr)
    if done.returncode != 0 or not found:
        print("# " + done.stderr[-2000:].replace("\n", "\n# "))
        return None
    return int(found.group(1).replace(",", ""))


if not shutil.which("valgrind") or os.environ.get("ASAN_OPTIONS"):
    print("ok 1 - a warm pipeline does not allocate # SKIP valgrind is not here, or a sanitizer is")
else:
    with tempfile.TemporaryDirectory() as temporary:
        some, more = allocations(temporary, 40), allocations(temporary, 80)
    good = some is not None and more is not None and more - some < 40 * len(articles) / 10
    print(f"{'ok' if good else 'not ok'} 1 - a warm pipeline does not allocate: {some} allocations, then {more}")
print("1..1")
