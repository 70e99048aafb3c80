# SPDX-License-Identifier: Apache-2.0
"""What the documentation shows: blocks between fences, commands, words in code, links and headings."""
import collections
import glob
import os
import re
import shlex

Block = collections.namedtuple("Block", "place language lines")
Command = collections.namedtuple("Command", "place text")

# What begins a command in a block that is not fenced, where it would go by unseen.
STRAY = re.compile(r"^(?: {4,}|\t)(?:\$ )?(?:aver|build/aver|meson|ninja|curl|cc|python3|apt-get|\./quickstart) ")
FENCE = re.compile(r"^ *```(\w*)")


def documents(root):
    """The documents that people read, relative to the root."""
    names = ["README.md", "SECURITY.md", "NEWS.md", "docs/*.md", "docs/api/*.md", "pipelines/README.md", "plugins/*/README.md",
             "tests/*/README.md"]
    return sorted(os.path.relpath(path, root) for name in names for path in glob.glob(os.path.join(root, name)))


def blocks_and_prose(name, text):
    """The fenced blocks of a document; the lines that are not in one, with their numbers."""
    blocks, prose, block = [], [], None
    for number, line in enumerate(text.splitlines(), 1):
        fence = FENCE.match(line)
        if fence and block is None:
            block = Block(f"{name}:{number}", fence[1], [])
        elif fence:
            blocks.append(block)
            block = None
        elif block is not None:
            block.lines.append(line)
        else:
            prose.append((number, line))
    assert block is None, f"{block.place}: the block has no end"
    return blocks, prose


def typed(block):
    """The lines of a block that a person would type: all in `sh`, those behind a "$ " elsewhere."""
    if block.language == "sh":
        return block.lines
    if block.language in ("", "console"):
        return [line.strip()[2:] for line in block.lines if line.strip().startswith("$ ")]
    return []


def commands(place, lines):
    """The commands in some lines; one may go over several lines by a backslash, as a loop, or inside quotation marks."""
    found, held = [], ""
    for line in lines:
        held += line + "\n"
        words = re.sub(r"'[^']*'|\"[^\"]*\"", "", held).split()
        if line.endswith("\\") or words.count("do") > words.count("done"):
            continue
        try:
            shlex.split(held, comments=True)
        except ValueError:
            continue
        if shlex.split(held, comments=True):
            found.append(Command(place, held.strip()))
        held = ""
    assert not held, f"{place}: {held!r} has no end"
    return found


def plain(command):
    """A command without its remark and with single spaces, as lists name it."""
    joined = command.text.replace("\\\n", " ")
    return " ".join(re.sub(r"\s{2,}# .*$", "", joined).split())


def in_code(prose):
    """(line number, words) of what stands between backquotes, which may go over a line."""
    text = "\n".join(line for _, line in prose)
    for found in re.finditer(r"`([^`]+)`", text):
        yield prose[text.count("\n", 0, found.start())][0], " ".join(found[1].split())


def links(prose):
    """(line number, target) of the links to other places in the tree."""
    for number, line in prose:
        for target in re.findall(r"\]\(([^()\s]+)\)", re.sub(r"`[^`]*`", "", line)):
            if not re.match(r"[a-z]+:", target):
                yield number, target


def anchors(prose):
    """The names that headings can be linked by."""
    found = set()
    for _, line in prose:
        heading = re.match(r"#+ (.*)", line)
        if heading:
            words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading[1]).lower()
            found.add(re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-"))
    return found


def as_pipeline(value, kinds):
    """A pipeline around what a block shows of one; None when it shows something else."""
    if isinstance(value, dict) and "stages" in value:
        return value
    if isinstance(value, dict) and "plugin" in value:
        kind = kinds.get(value["plugin"])
        value = [value] if kind == "reader" else ["jsonl-reader", "sentence-splitter", "quote-attributor", "claim-classifier", value]
        if kind != "writer":
            value.append("jsonl-writer")
    if isinstance(value, list) and value and all(isinstance(one, str) or "plugin" in one for one in value):
        return {"version": 1, "stages": value}
    return None
