# SPDX-License-Identifier: Apache-2.0
"""A program for the exec stage that is never content, and says so at length: complainer.py."""
import json
import sys

for line in sys.stdin:
    print(json.dumps({"id": json.loads(line)["id"], "error": "\u00fc" * 5001}), flush=True)
