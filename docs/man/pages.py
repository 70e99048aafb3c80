#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The manual pages of the commands, from the command table and the prose beside this program.

pages.py TABLE PROSE aver > aver.1         TABLE is what `aver help --json` prints,
pages.py TABLE PROSE run > aver-run.1      PROSE the folder of the .mdoc files

A .mdoc file begins with the description; `.\\" @option NAME...` begins what is said of options, `.\\" @notes` what follows them.
What it says of an option that there is not is a mistake; where it says nothing, common.mdoc may, or else the option's help does.
"""
import os
import re
import sys

from table import flags, load, prose

DATE = "November 22, 2026"


def escape(text):
    """Text that means nothing to roff."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    return re.sub(r"^([.])", r"\\&\1", text)


def word(text):
    """One argument of a macro."""
    return '"' + escape(text).replace('"', '""').replace("|", "|\\:") + '"'


def read_prose(folder, name):
    """The description, {tuple of option names: text}, the notes."""
    path = os.path.join(folder, name + ".mdoc")
    if not os.path.exists(path):
        return "", {}, ""
    with open(path, encoding="utf-8") as file:
        lines = [line for line in file if "SPDX" not in line and not line.startswith('.\\" What')]
    parts, current = {"": ""}, ""
    for line in lines:
        mark = re.match(r'\.\\" @(\w+) ?(.*)', line)
        if mark:
            current = tuple(mark.group(2).split()) if mark.group(1) == "option" else "@" + mark.group(1)
            parts[current] = ""
        else:
            parts[current] += line
    texts = {key: text for key, text in parts.items() if isinstance(key, tuple)}
    return parts[""], texts, parts.get("@notes", parts.get("@after", ""))


def heading(option):
    value = option["argument"]
    shown = []
    for flag in flags(option):
        macro = f"Fl {flag[1:]}" if not flag.startswith("--") else f"Fl Fl {flag[2:]}"
        if value is not None:
            macro += f" Ar {word(value)}" if not flag.startswith("--") else f" Ns = Ns Ar {word(value)}"
        shown.append(macro)
    return " , ".join(shown)


def synopsis(command):
    out = [f".Nm aver {command['name']}"]
    for option in command["options"]:
        first = flags(option)[0]
        macro = f"Fl {first[1:]}" if not first.startswith("--") else f"Fl Fl {first[2:]}"
        if option["argument"] is not None:
            macro += (" Ar " if not first.startswith("--") else " Ns = Ns Ar ") + word(option["argument"])
        out.append(f".Op {macro}")
    out.append(f".Ar {word(command['arguments'])}" if command["arguments"] else "")
    return out


def options(command, texts, common):
    known = {option["name"]: option for option in command["options"]}
    for names in texts:
        for name in names:
            if name not in known:
                sys.exit(f"{command['name']}.mdoc: no option '{name}'; expected one of {', '.join(known)}")
    out, done = [".Sh OPTIONS", ".Bl -tag -width Ds"], set()
    for name, option in known.items():
        if name in done:
            continue
        group = next((names for names in texts if name in names), (name,))
        done.update(group)
        out += [".It " + " , ".join(heading(known[member]) for member in group)]
        text = texts.get(group) or next((said for names, said in common.items() if name in names), None)
        out.append(text.rstrip("\n") if text else escape(option["help"] or "") + ".")
    return out + [".El"]


def exit_status(command):
    out = [".Sh EXIT STATUS", ".Bl -tag -width Ds"]
    for line in command["exit_codes"].splitlines()[1:]:
        number, text = line.split(None, 1)
        out += [f".It {number}", escape(text[0].upper() + text[1:]) + "."]
    return out + [".El"]


def top(name, section, summary):
    return [".\\\" SPDX-License-Identifier: Apache-2.0", f".Dd {DATE}", f".Dt {name.upper()} {section}", ".Os", ".Sh NAME",
            f".Nm {name}", f".Nd {escape(summary)}"]


def command_page(command, folder):
    description, texts, notes = read_prose(folder, command["name"])
    text, examples = prose(command)
    out = top("aver-" + command["name"], 1, command["summary"]) + [".Sh SYNOPSIS"] + synopsis(command)
    out += [".Sh DESCRIPTION", (description or escape(text).replace("\n\n", "\n.Pp\n") or escape(command["summary"].capitalize()) + ".").rstrip("\n")]
    out += options(command, texts, read_prose(folder, "common")[1])
    out += [".Sh NOTES", notes.rstrip("\n")] if notes else []
    out += exit_status(command)
    out += [".Sh EXAMPLES"] + [".Dl $ " + escape(line) for line in examples] if examples else []
    return out + [".Sh SEE ALSO", ".Xr aver 1 ,", ".Xr aver-pipeline 5 ,", ".Xr aver-plugin 7"]


def main_page(commands, folder):
    description, _, after = read_prose(folder, "aver")
    out = top("aver", 1, "tell who said what in documents, and what they claim") + [".Sh SYNOPSIS"]
    for command in commands:
        out += [".Nm", f".Cm {command['name']}", ".Op Ar OPTION ...", f".Ar {word(command['arguments'])}"]
    out += [".Nm", ".Fl Fl help | Fl Fl version", ".Sh DESCRIPTION", description.rstrip("\n"), ".Sh COMMANDS",
            ".Bl -tag -width Ds"]
    for command in commands:
        out += [f".It Cm {command['name']} {word(command['arguments'])}",
                escape(command["summary"][0].upper() + command["summary"][1:]) + ";",
                f"see\n.Xr aver-{command['name']} 1 ."]
    out += [".El", after.rstrip("\n"), ".Pp"]
    out += [f".Xr aver-{command['name']} 1 ," for command in commands]
    return out + [".Xr aver-pipeline 5 ,", ".Xr aver-plugin 7"]


def main():
    table = load(sys.argv[1])["commands"]
    if sys.argv[3] == "aver":
        page = main_page(table, sys.argv[2])
    else:
        page = command_page(next(command for command in table if command["name"] == sys.argv[3]), sys.argv[2])
    print("\n".join(line for line in page if line))


if __name__ == "__main__":
    main()
