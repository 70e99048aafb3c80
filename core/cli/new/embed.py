#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The templates of `aver new` as a table in C: embed.py KIND/FILE... on standard output.

Each file's path below this folder decides what it is for: common/, annotator/, reader/ or writer/.
"""
import os
import sys

print("/* Made by embed.py. */\nstatic const Template templates[] = {")
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        text = file.read().decode("utf-8")
    kind, name = path.split(os.sep)[-2:]
    lines = "".join('\n     "%s\\n"' % line.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?")
                    for line in text.splitlines())
    print('    {"%s", "%s",%s},' % (kind, name, lines))
print("};")
