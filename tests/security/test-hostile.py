#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Hostile files through every reader and the whole pipeline: no crash, no hang, bounded memory, and spans that are what they say.
tests/security/hostile takes folders of them, by hand. TAP on standard output.

test-hostile.py AVER
"""
import os
import sys

sys.path[:0] = [os.path.dirname(os.path.dirname(os.path.abspath(__file__))), os.path.dirname(os.path.abspath(__file__))]
import tap
import trial
from tap import test

trial.use(sys.argv[1], sanitized=os.environ.get("AVER_SANITIZED", "none") != "none")
INPUTS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "contract", "inputs", "hostile")


def make(size):
    """The kinds of files that gen_bad.sh is known for, small, and those of tests/security/growth."""
    os.makedirs("in", exist_ok=True)
    files = {name + ".txt": data for name, data in trial.growing(size).items()}
    files.update({
        "deep.jsonl": b"[" * size, "objects.jsonl": b'{"a":' * size, "cut.jsonl": b'{"id":"1","text":"ok"}\n{"id":"2","text":"cu', "line.jsonl": b'{"id":"x","text":"' + b"a" * size + b'"}\n',
        "doubled.jsonl": b'{"id":"1","id":"2","text":"a"}\n', "nul.jsonl": b'{"id":"a\\u0000b","text":"x\\u0000y"}\n', "kinds.jsonl": b'1\n"s"\nnull\n[]\n\n{}\n{"id":9e999,"text":"x"}\n',
        "surrogates.jsonl": b'{"id":"1","text":"\\ud800"}\n{"id":"2","text":"\\udc00\\ud800"}\n{"id":"3","text":"\xed\xa0\x80"}\n',
        "divs.html": b"<p>lead</p>" + b"<div>" * (size // 5) + b"tail", "bold.html": b"<b><i>" * (size // 10) + b"<p>x" * 100,
        "attributes.html": b"<p " + b" ".join(b"a%d=1" % i for i in range(size // 10)) + b">x</p>", "comment.html": b"<!--" * (size // 4), "cdata.html": b"<![CDATA[" * (size // 9),
        "field.csv": b'id,text\n1,"' + b'a""' * (size // 3) + b'"\n', "open.csv": b'id,text\n1,"' + b"a\n" * (size // 2), "columns.csv": b"," * size + b"\n" + b"," * size,
        "marks.csv": b'"' * size, "deep.rss": b"<rss><channel>" + b"<item>" * (size // 6), "names.atom": b"<feed><entry>" + b"".join(b'<a xmlns:n%d="u"/>' % i for i in range(size // 20)),
        "length.warc": b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\nx", "minus.warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -1\r\n\r\nx",
        "heads.warc": b"WARC/1.0\r\n" + b"a: b\r\n" * (size // 6), "many.warc": b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * (size // 40),
        "latin1.txt": "Café “quoted” he said.\n".encode("cp1252"), "utf16.txt": "\ufeff“Yes,” she said.\n".encode("utf-16-le"), "half.txt": b"\xff\xfe\x1c",
        "overlong.txt": b"\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf\xed\xa0\x80\xf4\x90\x80\x80\xff\xfe \"x,\" he said.\n", "bidi.txt": "\u202e\"evil,\" he said\u202c \u2066x\u2069.\n".encode(),
        "ends.txt": b"\"A,\" he said.\r\n\"B,\" she said.\r\"C,\" it said.\n\n\x0b\x0c\xe2\x80\xa8", "tags.pdf": b"%PDF-1.4\n" + b"<<" * (size // 2) + b"%%EOF", "a.pdf": b"%PDF-1.7\n%%EOF\n"})
    for name, data in files.items():
        with open("in/" + name, "wb") as file:
            file.write(data)


@test
def every_reader_comes_to_the_end_of_hostile_files():
    make(6000)
    for reader in trial.readers():
        trial.read(reader, ["in", INPUTS])


@test
def spans_are_what_they_say():
    make(3000)
    n = trial.check_columns(["in", INPUTS])
    assert n > 1000, n


tap.main()
