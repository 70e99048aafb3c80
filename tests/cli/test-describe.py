#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is told of pipelines, `aver graph` and `aver schema`, and what every command does on a pipe or terminal; TAP.

test-describe.py AVER TOYS FIXTURES            runs the tests
test-describe.py AVER TOYS FIXTURES --update   writes the expected graphs anew: read the difference before committing it
"""
import glob
import json
import os
import pty
import re
import signal
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import contains, equal, main, skip_unless, test

sys.path.append("/usr/lib/python3/dist-packages")
try:
    import jsonschema
except ImportError:
    jsonschema = None

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
aver, toys, fixtures = (os.path.abspath(path) for path in sys.argv[1:4])
graphs, broken = (os.path.join(root, "tests", "pipelines", name) for name in ("graphs", "broken"))
PIPELINE = os.path.join(root, "pipelines", "news.json")
ARTICLE = os.path.join(root, "tests", "articles", "agency-harbour.txt")

# Broken files that only the check can tell from good ones: layers, places, conditions, variables, files, --set.
MEANT = """annotator-first annotator-last duplicate-key duplicate-name incompatible-layer isolate-twice layer-too-late
layer-twice missing-layer output-beside reader-last second-reader set-mistakes variable-unclosed when-layers when-types
when-unclosed with-output-early writer-in-the-middle""".split()

# What is tried of every command; of those that are not here, the help.
CALLS = {"run": ["run", PIPELINE, ARTICLE], "check": ["check", PIPELINE, ARTICLE], "graph": ["graph", PIPELINE],
         "schema": ["schema"], "plugins": ["plugins"], "help": ["help", "--json"], "status": ["status", "none"],
         "eval": ["eval", PIPELINE, "--gold", "none", "--layer", "quote"], "train": ["train", "none", "none"],
         "explain": ["explain", PIPELINE, ARTICLE]}


def output(*arguments, code=0):
    done = subprocess.run([aver, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    equal((done.returncode, done.stderr), (code, b""))
    return done.stdout.decode()


def calls():
    table = json.loads(output("help", "--json"))["commands"]
    return [CALLS.get(command["name"], [command["name"], "--help"]) for command in table]


@test
def graphs_are_what_they_were():
    for way, options in {"txt": [], "dot": ["--dot"], "mmd": ["--mermaid"]}.items():
        for path in sorted(glob.glob(os.path.join(graphs, "*.json"))):
            golden = path[:-4] + way
            got = output("graph", *options, "--plugin-dir", fixtures, path)
            if "--update" in sys.argv:
                with open(golden, "w", encoding="utf-8") as file:
                    file.write(got)
            with open(golden, encoding="utf-8") as file:
                equal(got, file.read())


@test
def a_graph_is_of_one_good_pipeline():
    for arguments in ([], [PIPELINE, PIPELINE], [PIPELINE, "--dot", "--mermaid"], [os.path.join(broken, "no-version.json")]):
        done = subprocess.run([aver, "graph", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        equal((done.returncode, done.stdout), (2, b""))
        assert done.stderr


@test
def the_schema_knows_plugins_and_options():
    schema = json.loads(output("schema"))
    equal(schema["$schema"], "https://json-schema.org/draft/2020-12/schema")
    plugins = {plugin["name"]: plugin for plugin in json.loads(output("plugins", "--json")) if "error" not in plugin}
    equal({choice["const"] for choice in schema["$defs"]["plugin"]["oneOf"]}, set(plugins))
    for name, plugin in plugins.items():
        properties = schema["$defs"][f"options-{name}"]["properties"]
        equal({key for key in properties if "." not in key}, {option["name"] for option in plugin["options"]})
    text = schema["$defs"]["options-jsonl-writer"]["properties"]["text"]
    equal((text["anyOf"][0], text["default"]), ({"type": "boolean"}, False))


@skip_unless(jsonschema, "there is no jsonschema (Debian: python3-jsonschema)")
def a_validator_agrees_with_the_check():
    schema = json.loads(output("schema", "--plugin-dir", toys))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in glob.glob(os.path.join(root, "pipelines", "*.json")):
        if path.endswith(".test.json"):
            continue
        with open(path, encoding="utf-8") as file:
            equal((path, [error.message for error in validator.iter_errors(json.load(file))]), (path, []))
    wrong = []
    for path in sorted(glob.glob(os.path.join(broken, "*.json"))):
        name = os.path.basename(path)[:-5]
        try:
            with open(path, encoding="utf-8") as file:
                valid = validator.is_valid(json.load(file))
        except ValueError:
            continue
        if valid != (name in MEANT):
            wrong.append(name)
    equal(wrong, [])


@test
def nothing_but_text_goes_into_a_pipe():
    for call in calls():
        done = subprocess.run([aver, *call], stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                              env={"TERM": "xterm"})
        said = done.stdout + done.stderr
        assert said and b"\x1b" not in said and b"\r" not in said, (call, said)


@test
def a_closed_pipe_ends_every_command_quietly():
    for call in calls():
        ours, theirs = os.pipe()
        os.close(ours)
        done = subprocess.run([aver, *call], stdout=theirs, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                              preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_DFL))
        os.close(theirs)
        assert done.returncode in (-signal.SIGPIPE, 2) and b"cannot be written" not in done.stderr, (call, done)


@test
def a_terminal_has_no_colours_with_no_color():
    for call in calls():
        ours, theirs = pty.openpty()
        process = subprocess.Popen([aver, *call], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
                                   env={"TERM": "xterm", "NO_COLOR": "1"})
        os.close(theirs)
        said = b""
        try:
            while some := os.read(ours, 65536):
                said += some
        except OSError:
            pass
        os.close(ours)
        process.wait(timeout=30)
        assert said and not re.search(rb"\x1b\[[0-9;]*m", said), (call, said)


main()
