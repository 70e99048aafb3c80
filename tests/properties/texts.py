# SPDX-License-Identifier: Apache-2.0
"""Random texts for property tests: news and what may look like it, from a seed, so that a failure can be had again."""
import random

NAMES = ["Ada Quill", "Bram Oyelaran", "Mayor Ilse Vantry", "Dr. Tam Orr", "Müge Çelik", "Ó Dálaigh", "李娜", "the harbour board", "she", "they"]
VERBS = ["said", "says", "told the council", "denied", "added", "warned", "did not say", "reportedly claimed", "asked", "would argue",
         "according to", "tweeted", "accused Bram of lying, saying"]
CLAUSES = ["the pier will fall", "rents rose 12% in 2019", "nobody was told", "it is the worst flood since 1953", "we paid £3.5m", "I never met him",
           "the U.S. firm Vantry & Co. left at 5 p.m.", "taxes will not go up", "this is a lie"]
OPEN_CLOSE = [("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"), ("``", "''"), ("「", "」")]
ODD = ["\0", "\r", "\r\n", "\n\n", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\ufeff",
       "\ufffd", "\ufffe", "\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0010ffff", "e\u0301", "\u0301", "ﷺ", "𝒳", "שלום", "\u0e01\u0e33",
       "...", "?!", "—", "- ", "(", ")", "[", "{", "<b>", "&amp;", "http://weirs.example/a?b=1.", "@ada", "#1", "Mr. ", "e.g. ", "U.S.A. ", "3.5", "1) ", "• ",
       "Q: ", "A: ", "\t", "    ", "\u00a0", "\u3000", "。", "、", "\\", "/"]


def clause(r):
    text = r.choice(CLAUSES)
    if r.random() < 0.2:
        at = r.randrange(len(text) + 1)
        text = text[:at] + r.choice(ODD) + text[at:]
    return text


def quoted(r, depth=0):
    """Words in marks, in one another sometimes, now and then without their end."""
    opening, closing = r.choice(OPEN_CLOSE)
    inner = clause(r) + r.choice(["", ",", ".", "?", "!"])
    if depth < 3 and r.random() < 0.3:
        inner += " " + quoted(r, depth + 1)
    return opening + inner + (closing if r.random() < 0.93 else "")


def sentence(r):
    name, verb = r.choice(NAMES), r.choice(VERBS)
    return r.choice([f"{quoted(r)} {name} {verb}.", f"{name} {verb}, {quoted(r)}", f"{name} {verb} that {clause(r)}.", f"{quoted(r)} {verb} {name}, {quoted(r)}",
                     f"{clause(r).capitalize()}.", f"According to {name}, {clause(r)}.", f"{name.upper()}: {quoted(r)}", f"{quoted(r)}"])


def news(r):
    """Paragraphs with a heading and a dateline, as articles have them, and what should not be in them."""
    paragraphs = ["Pier shut as piles rot", "HARWICK, Tuesday - " + sentence(r)] if r.random() < 0.5 else []
    for _ in range(r.randrange(1, 5)):
        paragraphs.append(r.choice([" ", " ", "  ", "\n", "\r\n"]).join(sentence(r) for _ in range(r.randrange(1, 5))))
    return r.choice(["\n\n", "\n", "\r\n\r\n", "\r\n", " "]).join(paragraphs)


def soup(r):
    """No text at all."""
    parts = ODD + VERBS + NAMES + [mark for pair in OPEN_CLOSE for mark in pair] + [" ", ". ", "said "]
    return "".join(r.choice(parts) for _ in range(r.randrange(0, 120)))


def long_line(r):
    return r.choice([r.choice(ODD) * r.randrange(1, 3000), sentence(r) * r.randrange(1, 60), "word" * r.randrange(1, 2000), quoted(r) * r.randrange(1, 60)])


def text(r):
    return r.choices([news, soup, long_line], weights=[6, 3, 1])[0](r)


def damaged(r, data):
    """Bytes that a reader must not take for text as they are: cut, flipped or with something between."""
    data = bytearray(data)
    for _ in range(r.randrange(1, 4)):
        at = r.randrange(len(data) + 1)
        what = r.randrange(3)
        if what == 0:
            data[at:at] = r.choice([b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80", b"\xe2\x82", b"\0"])
        elif what == 1:
            del data[at:at + r.randrange(1, 4)]
        elif at < len(data):
            data[at] ^= 1 << r.randrange(8)
    return bytes(data)


def generator(seed):
    return random.Random(seed)
