# SPDX-License-Identifier: Apache-2.0
"""What goes wrong, as an exception that knows where."""
import collections
import contextlib
import re

import gi

gi.require_version("Aver", "1")
from gi.repository import Aver, GLib  # noqa: E402: the version has to be named first

Mistake = collections.namedtuple("Mistake", "file line column stage message")
Mistake.__doc__ = """One thing that is wrong: with a pipeline file (file, line, column) or a document (file, line). None is "not known"."""

# `file:line:column: stage 'x': message`, all but the message at will.
_LINE = re.compile(r"(?:(?!stage '|document ')(?P<file>[^\n]+?):(?:(?P<line>\d+):(?:(?P<column>\d+):)? | (?=stage '|document ')))?"
                   r"(?:document '[^\n]*?': )?(?:stage '(?P<stage>[^\n']*)': )?(?P<message>.*)", re.DOTALL)


def _mistake(line):
    parts = _LINE.fullmatch(line).groupdict()
    for name in "line", "column":
        parts[name] = parts[name] and int(parts[name])
    return Mistake(**parts)


class Error(Exception):
    """What libaver says, in full, as text.

    kind      "config", "plugin", "input", "encoding", "syntax", "limit", "output", "failed" or "stopped"
    mistakes  what was wrong, each a Mistake: all of a pipeline file at once, else one
    file, line, column, stage   those of the first mistake
    """

    def __init__(self, message, kind="failed"):
        super().__init__(message)
        self.kind = kind
        self.mistakes = [_mistake(line) for line in (message.split("\n") if kind == "config" else [message]) if line]
        first = self.mistakes[0] if self.mistakes else _mistake(message)
        self.file, self.line, self.column, self.stage = first[:4]

    def __reduce__(self):
        return Error, (str(self), self.kind)


@contextlib.contextmanager
def translated():
    """GLib's error, if one comes, as an Error."""
    try:
        yield
    except GLib.Error as error:
        kind = "failed"
        if error.domain == GLib.quark_to_string(Aver.error_quark()):
            kind = Aver.Error(error.code).value_nick
        raise Error(error.message, kind) from None
