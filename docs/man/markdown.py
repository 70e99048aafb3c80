#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A manual page of a page of docs/: markdown.py NAME SECTION SUMMARY PAGE.md > NAME.SECTION

Knows what these pages use: headings, paragraphs, lists, tables, code, `code`, **bold**, *emphasis* and links.
"""
import re
import sys

from pages import escape, top


def inline(text):
    """One line of running text."""
    def code(match):
        return "\0B" + match.group(1) + "\0P"
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"`([^`]*)`", code, text)
    text = re.sub(r"\*\*([^*]+)\*\*", "\0B\\1\0P", text)
    text = re.sub(r"(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])", "\0I\\1\0P", text)
    text = escape(text)
    for name in "BIP":
        text = text.replace("\0" + name, "\\f" + name.replace("P", "R"))
    return re.sub(r"^(\\f.)?([.])", r"\\&\1\2", text)


def cells(row):
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]


def table(rows):
    """Without its head."""
    out = [".Bl -tag -width Ds"]
    for row in rows[2:]:
        row = cells(row)
        body = [cell for cell in row[1:] if cell]
        out += [".It " + (inline(row[0]) or "\\&"), inline("; ".join(body))]
    return out + [".El"]


def convert(lines):
    out, i = [], 0
    while i < len(lines):
        line = lines[i].rstrip("\n")
        if line.startswith("```"):
            end = next(k for k in range(i + 1, len(lines)) if lines[k].startswith("```"))
            out += [".Bd -literal -offset indent"] + [escape(text.rstrip("\n")) or "\\&" for text in lines[i + 1:end]] + [".Ed"]
            i = end
        elif line.startswith("|"):
            end = i
            while end < len(lines) and lines[end].startswith("|"):
                end += 1
            out += table(lines[i:end])
            i = end - 1
        elif re.match(r"##+ ", line):
            level, title = line.split(" ", 1)
            out.append(f".Sh {inline(title.upper())}" if len(level) == 2 else f".Ss {inline(title)}")
        elif line.startswith("# "):
            out.append(".Sh DESCRIPTION")
        elif line.startswith("* "):
            out += [".Bl -bullet", ".It"] if not in_list(out) else [".It"]
            out.append(inline(line[2:]))
        elif in_list(out) and line.startswith("  "):
            out.append(inline(line.strip()))
        elif line == "":
            if in_list(out) and not (i + 1 < len(lines) and re.match(r"\* |  ", lines[i + 1])):
                out.append(".El")
            out.append(".Pp")
        else:
            if in_list(out):
                out.append(".El")
            out.append(inline(line))
        i += 1
    return tidy(out + ([".El"] if in_list(out) else []))


def in_list(out):
    """Whether a list of bullets is open."""
    return out.count(".Bl -bullet") > out.count(".El") - out.count(".Bl -tag -width Ds")


def tidy(out):
    """Without paragraphs that are none: beside headings, and at the beginning and end of what stands apart."""
    kept = []
    for line in out:
        if line == ".Pp" and kept and re.match(r"\.(Sh|Ss|Pp|Bl|Bd|It)\b", kept[-1]):
            continue
        if kept and kept[-1] == ".Pp" and re.match(r"\.(Sh|Ss|Bl|Bd|El|It)\b", line):
            kept.pop()
        kept.append(line)
    return kept[:-1] if kept and kept[-1] == ".Pp" else kept


if __name__ == "__main__":
    with open(sys.argv[4], encoding="utf-8") as file:
        print("\n".join(top(sys.argv[1], sys.argv[2], sys.argv[3]) + convert(file.readlines()) +
                        [".Sh SEE ALSO", ".Xr aver 1"]))
