#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Adds up the results of test runs: summary.py LOG.json|LOG.tap...  Shows what failed; prints N passed, N failed."""
import json
import re
import sys

ASSERTION = re.compile(r"^\s*(not ok|ok)\b(.*)$", re.M)
passed = failed = skipped = 0

def read(path):
    """The tests in a log of meson's, or one that was written as TAP."""
    with open(path, encoding="utf-8", errors="replace") as file:
        if path.endswith(".tap"):
            text = file.read()
            whole = "1.." in text and not re.search(r"^not ok", text, re.M)
            return [{"name": path, "result": "OK" if whole else "FAIL", "stdout": text}]
        return [json.loads(line) for line in file]


for path in sys.argv[1:]:
    for test in read(path):
        found = ASSERTION.findall(test.get("stdout") or "")
        skips = [name for word, name in found if "# SKIP" in name.upper()]
        bad = [name for word, name in found if word == "not ok"]
        good = len(found) - len(bad) - len(skips)
        whole = test["result"] in ("OK", "SKIP", "EXPECTEDFAIL")
        if whole and not found:
            good, skips = (0, [""]) if test["result"] == "SKIP" else (1, [])
        for name in skips:
            print(f"skipped: {test['name']}{name}")
        if not whole:
            bad = bad or [""]
            print(f"FAILED: {test['name']} ({path}):{';'.join(bad)}")
            print((test.get("stdout") or "")[-3000:])
            print((test.get("stderr") or "")[-3000:])
        passed, failed, skipped = passed + good, failed + len(bad), skipped + len(skips)
if passed == 0:
    failed = failed or 1
if skipped:
    print(f"{skipped} skipped")
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
