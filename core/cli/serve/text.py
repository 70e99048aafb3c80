#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A JSON file as a string in C, without the white space: text.py NAME FILE on standard output."""
import json
import sys

name, path = sys.argv[1:]
with open(path, "rb") as file:
    text = json.dumps(json.load(file), separators=(",", ":"), ensure_ascii=True)
print("/* Made by text.py. */\nconst char %s[] =" % name)
pieces = [text[i:i + 96] for i in range(0, len(text), 96)]
print("\n".join('    "%s"' % piece.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?") for piece in pieces) + ";")
