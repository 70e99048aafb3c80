# SPDX-License-Identifier: Apache-2.0
"""Aver from Python: who said what, and what they claim.

    import aver

    news = aver.Pipeline("pipelines/news.json")
    for doc in news.process(["“It leaks,” said Olen Drost.", "The mayor denied it."]):
        for quote in doc.quotes:
            print(quote["speaker"], quote["kind"], quote.text)

Offsets are those of Python's strings, in characters: `doc.text[row.start:row.end] == row.text`. Offsets in bytes of UTF-8,
as the command writes them, are in `row.bytes` and `doc.to_dict()`.
"""
from .document import Document, Row, Span
from .errors import Error, Mistake
from .pipeline import Pipeline, plugin_folder
from .table import frame, table

__all__ = ["Document", "Error", "Mistake", "Pipeline", "Row", "Span", "frame", "plugin_folder", "table"]
