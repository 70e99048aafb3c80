# SPDX-License-Identifier: Apache-2.0
"""The command table, as `aver help --json` prints it, and what the words for arguments mean."""
import json
import re

# What a shell completes an argument with, by the word that stands for it. Words in lower case between bars are choices.
KINDS = {"FILE": "file", "OUT": "file", "MODEL": "file", "INPUT": "file", "DATA": "file", "OLD": "file", "NEW": "file",
         "DIR": "folder", "FOLDER": "folder", "PIPELINE": "pipeline", "PIPELINE.test.json": "pipeline", "READER": "readers",
         "WRITER": "writers", "PLUGIN": "plugins", "LAYER": "layers", "STAGE.OPTION=VALUE": "options", "COMMAND": "commands"}


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def choices(word):
    return word.split("|") if word and re.fullmatch(r"[a-z][a-z0-9-]*(\|[a-z][a-z0-9-]*)+", word) else []


def kind(command, word):
    """Of an argument: `none` is anything, `choices` what choices() lists."""
    if choices(word):
        return "choices"
    if command["name"] == "train" and word == "PLUGIN":
        return "trainable"
    return KINDS.get(word, "none")


def positional(command):
    """The kinds of the arguments that are no options, in order, and whether the last one may be repeated."""
    text = re.sub(r"-\w \S+", "", command["arguments"])
    words = [word for word in text.replace("[", " ").replace("]", " ").split() if not word.startswith("-") and word != "|"]
    return [kind(command, word.replace("...", "")) for word in words], bool(words) and words[-1].endswith("...")


def prose(command):
    """The description, without the examples; the lines of the examples."""
    text, _, examples = (command["description"] or "").partition("Examples:\n")
    return text.strip(), [line.strip() for line in examples.splitlines() if line.strip()]


def flags(option):
    """"-o", "--output"."""
    return ([f"-{option['letter']}"] if option["letter"] else []) + [f"--{option['name']}"]
