#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The page's files as a table in C: files.py FILE... on standard output."""
import os
import sys

TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

print("/* Made by files.py. */\nstatic const PageFile page_files[] = {")
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        data = file.read()
    name = os.path.basename(path)
    place = {"index.html": "/"}.get(name, "/" + name)
    lines = "".join('\n     "%s\\n"' % line.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?")
                    for line in data.decode("utf-8").split("\n")[:-1])
    assert data.endswith(b"\n") and b"\r" not in data, path
    print('    {"%s", "%s; charset=utf-8",%s,\n     %d},' % (place, TYPES[os.path.splitext(name)[1]], lines, len(data)))
print("};")
