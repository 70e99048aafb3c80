#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Help, manual pages and completions say the same, and completion works in bash; TAP on standard output.

test-shells.py AVER TOYS FIXTURES   AVER lies in the build, with the pages and completions in docs/ beside it
"""
import json
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import contains, equal, main, skip_unless, test

aver = os.path.abspath(sys.argv[1])
made = os.path.join(os.path.dirname(aver), "docs")
COMMANDS = json.loads(subprocess.run([aver, "help", "--json"], stdout=subprocess.PIPE, check=True).stdout)["commands"]

COMPLETE = r"""
source "$1"
complete -p aver || exit 1
while IFS= read -r line; do
  IFS='|' read -r -a COMP_WORDS <<<"$line"
  [[ $line == *'|' ]] && COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _aver "${COMP_WORDS[0]}" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
  printf '%s\n' "> $line" "${COMPREPLY[@]}"
done
"""


def read(name):
    with open(os.path.join(made, name), encoding="utf-8") as file:
        return file.read()


def output(*arguments):
    done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True)
    return done.stdout.decode()


def complete(*lines):
    """What bash offers for each line, whose words bars part."""
    done = subprocess.run(["bash", "--norc", "-c", COMPLETE, "bash", os.path.join(made, "aver")],
                          input="".join(line + "\n" for line in lines).encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    equal((done.returncode, done.stderr), (0, b""))
    first, *answers = re.split(r"^> .*\n", done.stdout.decode(), flags=re.M)
    contains(first, "complete -F _aver aver")
    return [[word for word in answer.split("\n") if word] for answer in answers]


def plain(page):
    """A page's text, without what roff reads."""
    text = page.replace("\\-", "-").replace("\\:", "").replace("\\(aq", "'")
    return re.sub(r"Fl Fl ([\w-]+)", r"--\1", text)


@test
def every_command_has_a_page_with_its_options():
    for command in COMMANDS:
        page = plain(read(f"aver-{command['name']}.1"))
        contains(page, ".Sh SYNOPSIS", ".Sh OPTIONS", ".Sh EXIT STATUS", ".Sh EXAMPLES", command["summary"])
        listed = [name for line in re.findall(r"^\.It (.*)", page, flags=re.M) for name in re.findall(r"--([\w-]+)", line)]
        equal(sorted(listed), sorted(option["name"] for option in command["options"]))


@test
def the_main_page_has_every_command():
    page = read("aver.1")
    for command in COMMANDS:
        contains(page, f".It Cm {command['name']}", f".Xr aver-{command['name']} 1")


@test
def help_has_what_the_table_has():
    overview = output(aver, "--help")
    for command in COMMANDS:
        text = output(aver, command["name"], "--help")
        contains(overview, f"  {command['name']} ")
        contains(text, "Examples:\n", "Exit codes:\n", *(f"--{option['name']}" for option in command["options"]))
        for option in command["options"]:
            assert option["help"], f"{command['name']} --{option['name']} has no help"


@test
def every_completion_has_every_option():
    for command in COMMANDS:
        name, options = command["name"], [option["name"] for option in command["options"]]
        flags = {f"--{option}" for option in options}
        words = re.search(rf"^  {name}\) values='([^']*)'", read("aver"), flags=re.M).group(1).split()
        equal({word for word in words if word.startswith("--")}, flags)
        part = re.search(rf"^  {name}\)\n(.*?);;", read("_aver"), flags=re.M | re.S).group(1)
        equal({f"--{found}" for found in re.findall(r"--([\w-]+)=?\[", part)}, flags)
        equal({f"--{found}" for found in re.findall(rf"from {name}' -l ([\w-]+)", read("aver.fish"))}, flags)


@test
def every_page_and_completion_is_installed():
    made_here = {name for name in os.listdir(made) if re.fullmatch(r".*\.[157]", name)}
    equal(made_here, {f"aver-{command['name']}.1" for command in COMMANDS} | {"aver.1", "aver-pipeline.5", "aver-plugin.7"})


@skip_unless(shutil.which("groff"), "there is no groff")
def roff_has_nothing_to_say():
    for name in os.listdir(made):
        if re.fullmatch(r".*\.[157]", name):
            done = subprocess.run(["groff", "-mdoc", "-ww", "-z", "-Tutf8", os.path.join(made, name)], stderr=subprocess.PIPE)
            equal((name, done.stderr), (name, b""))


@test
def bash_completes_commands_and_options():
    equal(complete("aver|ch", "aver|--v", "aver|status|--j", "aver|help|chec", "aver|frob|--x"),
          [["check"], ["--version"], ["--json"], ["check"], []])
    equal(sorted(complete("aver|")[0]), sorted(command["name"] for command in COMMANDS))
    contains(complete("aver|run|--")[0], "--output", "--set", "--help")


@test
def bash_completes_values():
    answers = complete(f"{aver}|run|--log-format|=|js", f"{aver}|run|--log-format|t", f"{aver}|run|x.json|--reader|text-",
                       f"{aver}|run|--set|jsonl-writer.te", f"{aver}|run|--set|jsonl-writer.text|=|t", f"{aver}|plugins|quote-a")
    equal(answers, [["json"], ["text"], ["text-reader"], ["jsonl-writer.text=", "jsonl-writer.text=false", "jsonl-writer.text=true"], ["true"], ["quote-attributor"]])


@test
def bash_completes_files():
    os.mkdir("folder")
    for name in "a.json", "b.txt", "$(touch evil).json", "folder/c.json":
        open(name, "w", encoding="utf-8").close()
    pipelines, inputs, folders, evil = complete("aver|run|", "aver|run|a.json|", "aver|run|--job|", "aver|check|a.json|$(")
    equal(sorted(pipelines), ["$(touch evil).json", "a.json", "folder"])
    equal(sorted(inputs), ["$(touch evil).json", "a.json", "b.txt", "folder"])
    equal((folders, evil), (["folder"], ["$(touch evil).json"]))
    equal(os.path.exists("evil"), False)


@skip_unless(shutil.which("zsh"), "there is no zsh")
def zsh_can_read_its_completion():
    output("zsh", "-n", os.path.join(made, "_aver"))


@skip_unless(shutil.which("fish"), "there is no fish")
def fish_completes():
    script = f"source {os.path.join(made, 'aver.fish')}; complete -C 'aver ch'; complete -C 'aver run --log-format '"
    done = subprocess.run(["fish", "--no-config", "-c", script], stdout=subprocess.PIPE, env={"HOME": os.getcwd(), **os.environ})
    contains(done.stdout.decode(), "check\t", "json", "text")


main()
