# SPDX-License-Identifier: Apache-2.0
"""Aver in a notebook, cell by cell: notebook.py PIPELINE ARTICLE...   (a pipeline such as news.json, and text files)"""
# %% A pipeline, checked, with its models open.
import collections
import sys

import aver

news = aver.Pipeline(sys.argv[1], set={"quote-attributor.mode": "fast"})
print(" > ".join(news.stages))

# %% One text. Layers are lists of rows; a row is a span of the text and a mapping of its columns.
doc = news.annotate("“The dam leaks,” said Élise Marn, the engineer. The mayor denied that it leaks.")
for quote in doc.quotes:
    print(f"{quote['speaker']} ({quote['kind']}, {quote['polarity']}): {quote.text}")

# %% Offsets are those of Python's strings; bytes are there when something else wants them.
first = doc.quotes[0]
assert doc.text[first.start:first.end] == first.text
assert doc.text.encode()[slice(*first.bytes)].decode() == first.text
print("content:", *(piece.text for piece in first["content"]))

# %% Files, by the pipeline's own reader: the documents of `aver run`.
docs = list(news.read(*sys.argv[2:]))
print(len(docs), "documents,", sum(len(doc.sentences) for doc in docs), "sentences")

# %% Who is quoted most?
speakers = collections.Counter(quote["speaker"] for doc in docs for quote in doc.quotes if quote["speaker"])
for speaker, count in sorted(speakers.items(), key=lambda item: (-item[1], item[0]))[:5]:
    print(f"{count:4} {speaker}")

# %% A table: pandas.DataFrame(rows), or aver.frame(docs, "claim") at once.
rows = aver.table(docs, "claim")
rows.sort(key=lambda row: -(row["checkworthy"] or 0))
for row in rows[:3]:
    print(f"{row['checkworthy']:.2f} {row['document']}: {' '.join(row['text'].split())}")

# %% What is wrong is an exception that knows where.
try:
    aver.Pipeline(sys.argv[1], set={"quote-attributor.mode": "slow"})
except aver.Error as error:
    print(error.kind, "error:", error)
