# SPDX-License-Identifier: Apache-2.0
"""Documents with their layers of rows; all plain Python once made."""
import bisect
import collections.abc
import functools
import json
import re

_FOLLOWING_BYTE = re.compile(rb"[\x80-\xbf]")


class Span:
    """A stretch of a document's text: `start` and `end` in characters, half-open, and the `text` between them."""

    __slots__ = ("document", "bytes")

    def __init__(self, document, start, end):
        self.document = document
        self.bytes = start, end  # in the text's UTF-8

    @property
    def start(self):
        return self.document.character_at(self.bytes[0])

    @property
    def end(self):
        return self.document.character_at(self.bytes[1])

    @property
    def slice(self):
        """For `doc.text[span.slice]`."""
        return slice(self.start, self.end)

    @property
    def text(self):
        return self.document.encoded[self.bytes[0]:self.bytes[1]].decode()

    def __iter__(self):
        return iter((self.start, self.end))

    def __eq__(self, other):
        return isinstance(other, Span) and self.document is other.document and self.bytes == other.bytes

    def __hash__(self):
        return hash(self.bytes)

    def __repr__(self):
        return f"<{self.start}:{self.end} {self.text!r}>"


class Row(Span, collections.abc.Mapping):
    """A row of a layer: a Span, and a mapping of its columns.

    `row["start"]` and `row["end"]` are in characters; a column of spans gives a Span or a list of them, an enum its name,
    flags a list of names, a reference the index of a row in the layer it leads to; what is absent is None.
    """

    __slots__ = ("layer", "record")

    def __init__(self, document, layer, record):
        super().__init__(document, record["start"], record["end"])
        self.layer = layer
        self.record = record  # as in Document.to_dict()

    def __getitem__(self, column):
        value = self.record[column]
        if column in ("start", "end"):
            return self.document.character_at(value)
        if not isinstance(value, list) or not value or isinstance(value[0], str):
            return value
        if isinstance(value[0], list):
            return [Span(self.document, *pair) for pair in value]
        return Span(self.document, *value)

    def __iter__(self):
        return iter(self.record)

    def __len__(self):
        return len(self.record)

    def __eq__(self, other):
        return isinstance(other, Row) and (self.layer, self.record) == (other.layer, other.record) and \
            self.document is other.document

    __hash__ = Span.__hash__

    def __repr__(self):
        return f"<{self.layer} {dict(self)}>"


class Document:
    """A document: `id`, `text`, `metadata` (a dict), and layers, which are lists of rows.

    `doc["quote"]` is the layer of that name, `doc.quotes` the same; `doc.layers` names what there is.
    """

    def __init__(self, native):
        self._record = json.loads(native.to_json(True))
        self._layers = {}
        self.native = native  # the Aver.Document of GObject-Introspection

    @property
    def id(self):
        return self._record["id"]

    @property
    def text(self):
        return self._record["text"]

    @property
    def metadata(self):
        return self._record["metadata"]

    @property
    def layers(self):
        """The names of the layers, in the order of the stages that made them."""
        return list(self._record["layers"])

    def __getitem__(self, layer):
        if layer not in self._layers:
            self._layers[layer] = [Row(self, layer, record) for record in self._record["layers"][layer]]
        return self._layers[layer]

    def __contains__(self, layer):
        return layer in self._record["layers"]

    def __getattr__(self, name):
        if not name.startswith("_"):
            for layer in name, name[:-1] if name.endswith("s") else name, name[:-3] + "y":
                if layer in self._record["layers"]:
                    return self[layer]
            raise AttributeError(f"no layer '{name}'; expected one of {', '.join(self.layers) or 'none'}")
        raise AttributeError(name)

    def to_dict(self):
        """The document as the jsonl-writer writes it, with offsets in bytes; not a copy."""
        return self._record

    @functools.cached_property
    def encoded(self):
        """The text in UTF-8, which is what offsets in bytes count."""
        return self.text.encode()

    @functools.cached_property
    def _following(self):
        return [match.start() for match in _FOLLOWING_BYTE.finditer(self.encoded)]

    def character_at(self, offset):
        """The index in `text` of the character at an offset in bytes."""
        return offset - bisect.bisect_left(self._following, offset)

    def byte_at(self, index):
        """The offset in bytes of the character at an index in `text`."""
        return len(self.text[:index].encode())

    def __repr__(self):
        rows = ", ".join(f"{len(rows)} {layer}" for layer, rows in self._record["layers"].items())
        return f"<Document {self.id!r}: {len(self.text)} characters; rows: {rows or 'none'}>"
