# SPDX-License-Identifier: Apache-2.0
"""Rows of many documents as one table."""
from .document import Span


def _cell(value):
    if isinstance(value, Span):
        return value.text
    if isinstance(value, list) and value and isinstance(value[0], Span):
        return " ".join(span.text for span in value)
    return value


def table(documents, layer, metadata=()):
    """One dict a row of the layer, in order: `document` (its id), the named metadata, `start` and `end` in characters, `text`,
    and the layer's columns, where spans are their text, pieces joined by a space. Documents without the layer have no rows.

    `pandas.DataFrame(aver.table(docs, "quote"))` is a data frame; `aver.frame()` is short for it.
    """
    rows = []
    for document in documents:
        for row in document[layer] if layer in document else ():
            line = {"document": document.id}
            line.update((key, document.metadata.get(key)) for key in metadata)
            line.update(start=row.start, end=row.end, text=row.text)
            line.update((name, _cell(row[name])) for name in row if name not in ("start", "end"))
            rows.append(line)
    return rows


def frame(documents, layer, metadata=()):
    """table() as a pandas.DataFrame, which has its first columns even without a row; ImportError when pandas is not there."""
    try:
        import pandas
    except ImportError as error:
        raise ImportError("aver.frame() needs pandas (apt install python3-pandas); aver.table() gives the same rows without it",
                          name="pandas") from error
    rows = table(documents, layer, metadata)
    return pandas.DataFrame(rows, columns=None if rows else ["document", *metadata, "start", "end", "text"])
