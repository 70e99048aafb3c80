#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The documentation holds: every command that it shows is run, pipelines are checked, code is compiled, links lead somewhere.

test-docs.py AVER SOURCE BUILD: commands run in a folder laid out as the documentation assumes (scene.py). Those that cannot
run are listed in the file `not-run`. TAP on standard output.
"""
import ast
import concurrent.futures
import functools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(1, os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "docs", "man"))
import collect
import table
from scene import Scene
from tap import Skip, main, test

aver, source, build = (os.path.abspath(path) for path in sys.argv[1:4])
# What some commands may end with, as they do when all is well: differences are a result.
CODES = {"aver diff": 1, "build/aver diff": 1}
# Words added to some commands: what ends only when it is told to ends by itself, training tries one cost and not several.
ADDED = {"aver watch": " --once", "aver train claim-classifier": " --set cost=1"}
GI_PYTHON = "/usr/bin/python3"


def told(problems):
    assert not problems, "\n" + "\n".join(problems)


@functools.cache
def pages():
    """Of each document its blocks, and its lines of prose."""
    found = {}
    for name in collect.documents(source):
        with open(os.path.join(source, name), encoding="utf-8") as file:
            found[name] = collect.blocks_and_prose(name, file.read())
    return found


def blocks(*languages):
    return [block for parts, _ in pages().values() for block in parts if block.language in languages]


@functools.cache
def aver_commands():
    done = subprocess.run([aver, "help", "--json"], stdout=subprocess.PIPE, check=True, env={}, timeout=60)
    return {command["name"]: command for command in json.loads(done.stdout)["commands"]}


@functools.cache
def scripts():
    """Lists of commands that are typed one after the other: a block, the examples of a command, those of a manual page."""
    found = [collect.commands(block.place, collect.typed(block)) for name, (parts, _) in pages().items() if name != "NEWS.md"
             for block in parts]
    for name, (_, prose) in pages().items():
        for number, line in prose if name == "pipelines/README.md" else []:
            if line.startswith("|"):
                found.append([collect.Command(f"{name}:{number}", words) for _, words in collect.in_code([(number, line)])
                              if words.startswith("aver ")])
    for command in aver_commands().values():
        examples = [re.sub(r"\s{3,}\(.*\)$", "", line) for line in table.prose(command)[1]]
        found.append(collect.commands(f"aver {command['name']} --help", examples))
    for page in sorted(os.listdir(os.path.join(source, "docs/man"))):
        if page.endswith(".mdoc"):
            with open(os.path.join(source, "docs/man", page), encoding="utf-8") as file:
                typed = [line[len(".Dl $ "):] for line in file.read().splitlines() if line.startswith(".Dl $ ")]
            found.append(collect.commands(f"docs/man/{page}", typed))
    return [script for script in found if script]


@functools.cache
def reasons():
    with open(os.path.join(source, "tests/docs/not-run"), encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    assert all(len(line) == 2 and all(line) for line in lines), lines
    return dict(lines)


def listed(command):
    return [beginning for beginning in reasons() if collect.plain(command).startswith(beginning)]


def mistakes_of_aver(words):
    """What is wrong with the words behind `aver`, as far as can be known without running it."""
    known = aver_commands()
    if not words or words[0].startswith("-") or words[0] == "...":
        return []
    if words[0] not in known:
        return [f"no command {words[0]!r}"]
    flags = {flag for option in known[words[0]]["options"] for flag in table.flags(option)} | {"--help", "-h"}
    flags |= {flag[:2] for flag in flags if not flag.startswith("--")}
    return [f"aver {words[0]} has no option {word}" for word in words[1:]
            if re.match(r"--[a-z]|-[a-zA-Z]", word) and word.split("=")[0] not in flags and word[:2] not in flags - {"--"}]


def aver_in(text):
    """The words behind each `aver` in a line of a shell."""
    for part in re.split(r"\|\||&&|[|;&<>()]", re.sub(r"'[^']*'|\"[^\"]*\"", "X", text.replace("\\\n", " "))):
        words = part.split("  #")[0].split()
        for number, word in enumerate(words):
            if word == "aver" or word.endswith("/aver"):
                yield words[number + 1:]
            if word == "aver" or word.startswith("tests/") or word.endswith(("/aver", ".py")):
                break


@test
def links_lead_somewhere():
    problems = []
    for name, (_, prose) in pages().items():
        for number, target in collect.links(prose):
            path, _, anchor = target.partition("#")
            place = os.path.normpath(os.path.join(os.path.dirname(name), path)) if path else name
            if not os.path.exists(os.path.join(source, place)):
                problems.append(f"{name}:{number}: there is no {place}")
            elif anchor and anchor not in collect.anchors(pages()[place][1]):
                problems.append(f"{name}:{number}: {place} has no heading #{anchor}")
    told(problems)


@test
def commands_stand_in_fences():
    told([f"{name}:{number}: put the command into a block of its own, between ```sh and ```" for name, (_, prose) in pages().items()
          for number, line in prose if collect.STRAY.match(line)])


@test
def commands_named_in_the_text_are_there():
    told([f"{name}:{number}: `{words}`: {mistake}" for name, (_, prose) in pages().items() if name != "NEWS.md"
          for number, words in collect.in_code(prose) for rest in aver_in(words) if re.match(r"(build/)?aver ", words)
          for mistake in mistakes_of_aver(rest)])


@test
def commands_of_services_are_there():
    lines = [(block.place, line) for parts, _ in pages().values() for block in parts for line in block.lines if "ExecStart=" in line]
    told([f"{place}: {line}: {mistake}" for place, line in lines
          for mistake in mistakes_of_aver(line.partition("aver ")[2].split())])


@test
def every_header_is_introduced():
    with open(os.path.join(source, "docs/api/start.md"), encoding="utf-8") as file:
        text = file.read()
    told([f"docs/api/start.md does not say what {header} is for" for header in sorted(os.listdir(os.path.join(source, "include/aver")))
          if header.endswith(".h") and header != "aver.h" and f"`{header}`" not in text])


@test
def pictures_are_small():
    for name, (_, prose) in pages().items():
        for _, target in collect.links(prose):
            path = os.path.join(source, os.path.dirname(name), target)
            assert not target.endswith(".png") or os.path.getsize(path) < 200_000, path


@test
def json_is_json_and_pipelines_are_right():
    problems, files = [], {}
    done = subprocess.run([aver, "plugins", "--json"], stdout=subprocess.PIPE, check=True, env={}, timeout=60)
    kinds = {plugin["name"]: plugin.get("kind") for plugin in json.loads(done.stdout)}
    for block in blocks("json"):
        text = "\n".join(block.lines)
        try:
            value = json.loads(text)
        except ValueError:
            try:
                value = [json.loads(line) for line in block.lines if line.strip()][0]
            except ValueError as error:
                problems.append(f"{block.place}: {error}")
                continue
        pipeline = collect.as_pipeline(value, kinds)
        if pipeline:
            files[f"{len(files)}.json"] = block.place
            with open(f"{len(files) - 1}.json", "w", encoding="utf-8") as file:
                json.dump(pipeline, file)
    assert len(files) > 5, files
    os.symlink(os.path.join(source, "pipelines"), "pipelines")
    done = subprocess.run([aver, "check", "--json", *files], stdout=subprocess.PIPE, env={}, timeout=60)
    for mistake in json.loads(done.stdout):
        if "is not built" not in mistake["message"]:
            problems.append(f"{files[mistake['file']]}: {mistake['message']}; expected {mistake['expected']}")
    told(problems)


@test
def c_compiles():
    flags = shlex.split(subprocess.run(["pkg-config", "--cflags", "glib-2.0", "gobject-2.0"], stdout=subprocess.PIPE, check=True, text=True).stdout)
    problems = []
    whole = [block for block in blocks("c") if "#include" in block.lines[0] or re.match(r"(static const|extern) ", block.lines[0])]
    assert whole
    for block in whole:
        done = subprocess.run(["cc", "-std=gnu17", "-Wall", "-Wextra", "-Wno-unused", "-Werror", "-fsyntax-only", "-x", "c", "-",
                               f"-I{source}/include", "-include", "aver/aver.h", "-include", "aver/testing.h", *flags],
                              input="\n".join(block.lines) + "\n", stderr=subprocess.PIPE, text=True, timeout=60)
        if done.returncode:
            problems.append(f"{block.place}: {done.stderr}")
    told(problems)


@test
def python_runs():
    """The blocks of a document go on where the one before ended; one with an ellipsis is only parsed."""
    whole = {}
    for name, (parts, _) in pages().items():
        for block in parts:
            if block.language == "python":
                text = "\n".join(block.lines)
                ast.parse(text)
                if "..." not in text:
                    whole.setdefault(name, []).append(text)
    if not os.path.exists(os.path.join(build, "core/python/Aver-1.typelib")):
        raise Skip("this build has no introspection")
    if subprocess.run([GI_PYTHON, "-c", "import gi"], stderr=subprocess.DEVNULL).returncode:
        raise Skip(f"no gi in {GI_PYTHON}")
    problems = []
    for name, texts in whole.items():
        place = scene().copy(os.path.join(work, f"python {name.replace('/', ' ')}"))
        done = subprocess.run([GI_PYTHON, "-c", "texts = ['The mayor denied it.']\n" + "\n".join(texts)], cwd=place, timeout=60,
                              env=scene().environment(place), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode or not done.stdout:
            problems.append(f"{name}: {done.stderr or 'prints nothing'}")
    told(problems)


@test
def what_is_not_run_is_well_formed():
    every = [command for script in scripts() for command in script]
    problems = [f"tests/docs/not-run: no command begins with {beginning!r}" for beginning in reasons()
                if not any(collect.plain(command).startswith(beginning) for command in every)]
    for command in (command for command in every if listed(command)):
        done = subprocess.run(["bash", "-n"], input=command.text, stderr=subprocess.PIPE, text=True)
        problems += [f"{command.place}: {done.stderr}"] if done.returncode else []
        problems += [f"{command.place}: {mistake}" for words in aver_in(command.text) for mistake in mistakes_of_aver(words)]
        problems += [f"{command.place}: there is no {path}" for path in
                     re.findall(r"(?<![\w/.-])((?:pipelines|docs|tests|plugins|core)/[\w./-]+)", command.text)
                     if not os.path.exists(os.path.join(source, path)) and not re.search(r"-o \S*" + re.escape(path), command.text)]
    told(problems)


@functools.cache
def scene():
    return Scene(os.path.join(work, "scene"), source, build)


def shell_script(script):
    """The commands one after the other; the first that fails ends it, and is named on standard error."""
    parts = ["set -u -o pipefail"]
    for number, command in enumerate(script):
        if listed(command):
            continue
        allowed = max([code for beginning, code in CODES.items() if collect.plain(command).startswith(beginning)], default=0)
        more = "".join(text for beginning, text in ADDED.items()
                       if collect.plain(command).startswith(beginning) and text not in command.text)
        parts.append(f"{{ {command.text}{more}\n}} || [ $? -le {allowed} ] || {{ echo 'this was command {number}' >&2; exit 1; }}")
    return "\n".join(parts) if len(parts) > 1 else None


def run_script(number, script):
    """What went wrong, if anything."""
    text = shell_script(script)
    if text is None:
        return None
    place = scene().copy(os.path.join(work, str(number)))
    for job in set(re.findall(r"--job (job|shards)\b|parallel/shards \d+ (?:shards)\b", text)):
        shutil.rmtree(os.path.join(place, job or "shards"))
    try:
        done = subprocess.run(["bash", "-c", text], cwd=place, env=scene().environment(place), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    except subprocess.TimeoutExpired:
        return f"{script[0].place}: takes too long:\n{text}"
    finally:
        shutil.rmtree(place, ignore_errors=True)
    said = done.stderr.decode(errors="replace")
    if done.returncode == 0 or "is not built" in said:
        return None
    return f"{script[0].place}: run it, or name it in tests/docs/not-run with the reason:\n{text}\n{said[-1500:]}"


@test
def commands_run():
    scene()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        problems = list(pool.map(run_script, range(len(scripts())), scripts()))
    told([problem for problem in problems if problem])


with tempfile.TemporaryDirectory(prefix="aver-docs-") as work:
    main()
