#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A stage in Python: tells the language by its small words, and marks the words that it is given.

    {"plugin": "exec", "options": {"command": "python3 docs/examples/keywords.py bridge ferry tax",
                                   "provides": "keyword(word:string, count:i32)"}}
"""
import json
import re
import sys

SMALL_WORDS = {"en": "the of and to in is that was", "de": "der die und das ist nicht ein zu", "fr": "le la les des et est une que"}
KEYWORDS = {word.casefold() for word in sys.argv[1:]}


def language(words):
    counts = {name: sum(word in small.split() for word in words) for name, small in SMALL_WORDS.items()}
    best = max(counts, key=counts.get)
    return best if counts[best] > 0 else "unknown"


for line in sys.stdin.buffer:
    document = json.loads(line)
    text = document["text"]
    found = [(match.start(), match.group()) for match in re.finditer(r"\w+", text)]
    words = [word.casefold() for _, word in found]
    rows = []
    for (position, word), folded in zip(found, words):
        if folded in KEYWORDS:
            start = len(text[:position].encode())  # offsets are bytes, not characters
            rows.append({"start": start, "end": start + len(word.encode()), "word": folded, "count": words.count(folded)})
    answer = {"id": document["id"], "metadata": {"language": language(words)}, "layers": {"keyword": rows}}
    print(json.dumps(answer), flush=True)  # one line for each document, and at once
