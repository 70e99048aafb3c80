#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Train the weights of sentence-splitter: logistic regression over the features of features.c.

    meson compile -C build dump-candidates && plugins/sentence-splitter/train.py build ../shared/data

rewrites weights-news.h and weights-web.h. Deterministic: the same data gives the same files.
"""
import json
import math
import pathlib
import random
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
# How many of the features are quick ones, in features.c.
QUICK = 11
# Genres of GUM whose texts may not be used commercially, or not be changed.
RESTRICTED = re.compile(r"gum-train/GUM_(fiction|whow|conversation)_")
# Style, table size, gold files and how often each is seen, passes, strength of the prior.
MODELS = [
    ("news", 1 << 11, [("ewt-train", 1), ("gum-train", 1)], 12, 3e-4),
    ("web", 1 << 14, [("ewt-train", 1), ("gum-train", 1)], 8, 1e-3),
]


def candidates(build, style, path):
    tool = build / "plugins" / "sentence-splitter" / "dump-candidates"
    with open(path, encoding="utf-8") as gold:
        records = "".join(line for line in gold if not RESTRICTED.match(json.loads(line)["id"]))
    lines = subprocess.run([tool, style, "/dev/stdin"], check=True, input=records,
                           capture_output=True, text=True, encoding="utf-8").stdout
    for line in lines.splitlines():
        label, *features = line.split()
        yield label == "+", [int(f) for f in features]


def train(examples, size, passes, prior):
    order = random.Random(1)
    weights, squares, total = [0.0] * size, [1.0] * size, [0.0] * size
    for step in range(passes):
        order.shuffle(examples)
        for label, features in examples:
            z = sum(weights[f] for f in features)
            error = label - 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
            for f in features:
                gradient = error - prior * weights[f]
                squares[f] += gradient * gradient
                weights[f] += 0.3 * gradient / math.sqrt(squares[f])
        if step >= passes // 2:
            total = [t + w for t, w in zip(total, weights)]
    return total


def quantise(weights):
    scale = 127 / max(abs(w) for w in weights)
    return [round(w * scale) for w in weights]


def find_floor(numbers, examples):
    """What the quick features add up to in all but one in 500 of the boundaries that are found."""
    sums = sorted(sum(numbers[f] for f in features[:QUICK]) for label, features in examples
                  if label and sum(numbers[f] for f in features) > 0)
    return sums[len(sums) // 500]


def write(style, numbers, floor):
    with open(HERE / f"weights-{style}.h", "w", encoding="ascii") as out:
        out.write("/* SPDX-License-Identifier: Apache-2.0 */\n")
        out.write(f"/* The weights of style {style}, made by train.py. */\n#pragma once\n\n#include <glib.h>\n\n")
        if style == "web":
            out.write(f"/* Below it, the quick features alone mean no. */\n#define WEB_FLOOR ({floor})\n\n")
        out.write(f"/* clang-format off */\nstatic const gint8 {style}_weights[{len(numbers)}] = {{\n")
        for i in range(0, len(numbers), 24):
            out.write("  " + ", ".join(map(str, numbers[i:i + 24])) + ",\n")
        out.write("};\n/* clang-format on */\n")


def main():
    build, data = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    for style, size, sets, passes, prior in MODELS:
        examples = []
        for name, times in sets:
            examples += list(candidates(build, style, data / "sentences" / f"{name}.jsonl")) * times
        numbers = quantise(train(examples, size, passes, prior))
        write(style, numbers, find_floor(numbers, examples))
        print(style, len(examples), "candidates")


if __name__ == "__main__":
    main()
