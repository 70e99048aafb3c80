#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts the instructions that each stage of a pipeline spends on a byte of text.

    bench-instructions.py AVER PIPELINE CORPUS [--set STAGE.OPTION=VALUE]...

CORPUS is JSON Lines with "id" and "text". Runs the pipeline under callgrind (valgrind), twice: over
the whole corpus and over its first document, so that start-up cancels out. A stage's figure is
that of its costliest function with all that it calls, tokens included where it needs them first.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

MODULE = re.compile(r"([\d,]+) \(.*?\)\s+\S*?:(\w+)(?:'\d+)? \[.*/([\w.-]+)\]")


def count(arguments, corpus, folder):
    profile = os.path.join(folder, "callgrind.out")
    command = ["valgrind", "--tool=callgrind", "-q", f"--callgrind-out-file={profile}",
               arguments.aver, "run", arguments.pipeline, corpus, "--reader", "jsonl-reader",
               "--writer", "jsonl-writer", "-j1", "-o", os.path.join(folder, "out.jsonl")]
    for setting in arguments.set:
        command += ["--set", setting]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    text = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", profile],
                          check=True, capture_output=True, text=True).stdout
    figures = {"total": int(re.search(r"([\d,]+) \(100", text).group(1).replace(",", ""))}
    for cost, function, module in MODULE.findall(text):
        name = "tokens" if function == "aver_document_tokenize" else module.removesuffix(".so")
        if name == "tokens" or (module.endswith(".so") and not module.startswith("lib")):
            figures[name] = max(figures.get(name, 0), int(cost.replace(",", "")))
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("aver")
    parser.add_argument("pipeline")
    parser.add_argument("corpus")
    parser.add_argument("--set", action="append", default=[])
    arguments = parser.parse_args()
    with open(arguments.corpus, encoding="utf-8") as lines:
        documents = lines.readlines()
    if len(documents) < 2:
        sys.exit("the corpus has fewer than two documents")
    size = sum(len(json.loads(line)["text"].encode()) for line in documents[1:])
    with tempfile.TemporaryDirectory() as folder:
        first = os.path.join(folder, "first.jsonl")
        with open(first, "w", encoding="utf-8") as out:
            out.write(documents[0])
        start, whole = count(arguments, first, folder), count(arguments, arguments.corpus, folder)
    print(f"{len(documents)} documents, {size} bytes of text; start-up {start['total']:,}")
    for name, figure in sorted(whole.items(), key=lambda item: -item[1]):
        per_byte = (figure - start.get(name, 0)) / size
        if per_byte >= 0.05:
            print(f"{name:32}{per_byte:9.1f} instructions a byte")


main()
