#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The exec stage: whatever a program does with document 57 of 100 costs that document; TAP on standard output.

test-exec.py AVER PLUGINS SOURCE
"""
import json
import os
import signal
import subprocess
import sys
import time

from faults import Runner, records
from tap import contains, equal, main, test

aver, plugins, source = (os.path.abspath(path) for path in sys.argv[1:4])
runner = Runner(aver, plugins)
PROGRAM = f"{sys.executable} -I -S {source}/tests/faults/program.py"
KEYWORD = "keyword(label:string, score:f32, kind:enum=person|place, before:ref=keyword)"


def stage(how, provides=None, **options):
    options.setdefault("timeout", 20)
    if provides:
        options["provides"] = provides
    return {"plugin": "exec", "options": {"command": f"{PROGRAM} {how}", **options}}


def running(word):
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                if word.encode() in file.read().split(b"\0"):
                    found.append(pid)
        except OSError:
            pass
    return found


def eventually(condition):
    for _ in range(100):
        if condition():
            return True
        time.sleep(0.05)
    return False


def lose(how, *messages, provides=None, **options):
    return runner.expect_loss(stage(how, provides, **options), *messages, timeout=120)


def lose_row(how, message):
    error, _, _ = lose(how, message, provides=KEYWORD)
    equal(error.startswith("layers.keyword"), True)


@test
def echo_changes_nothing():
    expected = runner.run("pass", documents=records(1000))
    for workers in ("1", "2", "8"):
        equal(runner.run({"plugin": "exec"}, "-j", workers, documents=records(1000)), expected)


@test
def echo_of_layers_changes_nothing():
    stages = ["sentence-splitter", "quote-attributor", "claim-classifier"]
    results = []
    for more in ([], ["exec"]):
        with open("news.json", "w", encoding="utf-8") as file:
            json.dump({"version": 1, "stages": ["text-reader", *stages, *more, "jsonl-writer"]}, file)
        results.append(subprocess.run([aver, "run", "--plugin-dir", plugins, "news.json", f"{source}/tests/articles"],
                                      check=True, stdout=subprocess.PIPE, timeout=60).stdout)
    equal(results[0], results[1])


@test
def layers_made_by_one_program_are_read_by_the_next():
    with open("two.json", "w", encoding="utf-8") as file:
        maker = {"plugin": "exec", "options": {"command": f"{PROGRAM} no", "provides": "keyword(label:string)"}}
        taker = {"plugin": "exec", "name": "next", "options": {"command": "cat", "needs": "keyword(label:string)"}}
        json.dump({"version": 1, "stages": ["jsonl-reader", maker, taker, "jsonl-writer"]}, file)
    done = subprocess.run([aver, "run", "--plugin-dir", plugins, "two.json"], input=records(3), stdout=subprocess.PIPE, timeout=60)
    equal((done.returncode, [json.loads(line)["layers"] for line in done.stdout.splitlines()]), (0, [{"keyword": []}] * 3))


@test
def a_layer_that_nobody_provides_is_a_mistake():
    code, _, err = runner.run(stage("no", needs="keyword"))
    equal(code, 2)
    contains(err, "stage 'exec': needs the layer 'keyword', which no earlier stage provides")


@test
def options_are_checked():
    for options, message in (({"command": ""}, "option 'command' is ''; expected a program and its arguments"),
                             ({"command": "a 'b"}, "option 'command' is 'a 'b'; expected a program"),
                             ({"command": "/nonexistent"}, "option 'command' names '/nonexistent'; expected a program"),
                             ({"layers": "sentence,,quote"}, "option 'layers' is 'sentence,,quote'; expected names of layers separated by commas"),
                             ({"provides": "x(y:z)"}, "option 'provides': layers 'x(y:z)': character 6: expected i32, f32"),
                             ({"provides": "sentence(a:i32)"}, "expected no columns, which a built-in layer has"),
                             ({"needs": "Upper"}, "option 'needs': layers 'Upper': character 1: expected the name of a layer")):
        code, out, err = runner.run({"plugin": "exec", "options": options})
        equal((code, out), (2, b""))
        contains(err, message)


@test
def dies():
    lose("die", "the program was killed by signal 11 (Segmentation fault)")


@test
def exits():
    _, _, err = lose("exit", "the program ended with exit code 3 without an answer")
    contains(err, "aver: stage 'exec': no more\n")


@test
def hangs():
    lose("hang", "the program gave no answer within 1 s; it has to flush every line", timeout=1)
    assert eventually(lambda: not running("hang")), running("hang")


@test
def loops():
    lose("loop", "the program gave no answer within 1 s", timeout=1)


@test
def writes_garbage():
    lose("cut", 'the program answered with \'{"id":"57","metadata":}\'; expected one line of JSON, an object')
    lose("garbage", "the program answered with '\ufffd\ufffd\\u001b[2J{{{'; expected one line of JSON, an object")


@test
def writes_half_a_line():
    lose("half", "the program ended with exit code 0 without an answer")


@test
def writes_too_few_lines():
    lose("none", "the program ended with exit code 0 without an answer")


@test
def writes_too_many_lines():
    for how in ("twice", "'at once'"):
        lose(how, "the program answered with more lines than it was given documents")


@test
def writes_a_line_of_100_megabytes():
    lose("long", "the program answered with a line of more than 16777216 bytes")


@test
def leaves_someone_with_its_output():
    lose("fork", "the program was killed by signal 9 (Killed)")
    assert runner.seconds < 15, runner.seconds
    assert eventually(lambda: not running("fork")), running("fork")


@test
def closes_its_output():
    lose("close", "the program closed its output")


@test
def answers_about_another_document():
    lose("other", "the program answered about another document than '57'")


@test
def answers_about_no_document():
    lose("nameless", "expected the document's \"id\" in it")


@test
def says_what_is_wrong_itself():
    error, _, _ = lose("sorry")
    equal(error, "no \\u202e idea")


@test
def drops():
    code, out, err = runner.run(stage("drop"))
    equal((code, len(out.splitlines()), err), (0, 99, "aver: 100 documents: 99 written, 1 dropped\n"))


@test
def bad_answers_are_named():
    lose("field", "the answer has 'metdata'; expected only id, text, metadata, layers, drop and error")
    lose("'number of error'", "error is 5; expected a string")
    lose("'word of drop'", "drop is yes; expected true or false")
    lose("layer", "layers has 'unheard'; expected no layers, as none are declared")
    lose_row("outside", "layers.keyword[1].end is 5000; expected a number of bytes, at most 70, the length of the text")
    lose_row("inside", "layers.keyword[0].end is 60, which is inside a character")
    lose_row("backwards", "layers.keyword[0] ends at 3, before its start at 9")
    lose_row("unsorted", "layers.keyword[1] starts at 3, before the row above it")
    lose_row("fraction", "layers.keyword[0].start is 1.5; expected a number of bytes")
    lose_row("endless", "layers.keyword[0].end is missing")
    lose_row("enum", 'layers.keyword[0].kind is "animal"; expected one of person, place')
    lose_row("reference", "layers.keyword[0].before is 9; expected a row of the layer 'keyword', which has 1")
    lose_row("number", "layers.keyword[0].score is 1e+300; expected a number that fits 32 bits")
    lose_row("column", "layers.keyword[0] has a column 'colour'; expected only start, end, label, score, kind, before")
    lose_row("nul", "layers.keyword[0].label has a NUL character")
    lose_row("list", "layers.keyword is no list; expected one of rows")


@test
def never_reads():
    text = "x" * 300000
    documents = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i in range(3)).encode()
    code, out, err = runner.run(stage("unread", timeout=0.5), documents=documents)
    equal((code, out, err.splitlines()[-1]), (1, b"", "aver: 3 documents: 0 written, 3 dead-lettered"))
    contains(err, "the program gave no answer within 0.5 s")


@test
def closes_its_input():
    code, out, err = runner.run(stage("deaf", timeout=0.5), documents=json.dumps({"id": "1", "text": "x" * 300000}).encode())
    equal((code, out, err.splitlines()[-1]), (1, b"", "aver: 1 document: 0 written, 1 dead-lettered"))
    contains(err, "the program gave no answer within 0.5 s")


@test
def may_end_between_documents():
    equal(runner.run(stage("weary")), runner.run("pass"))


@test
def cannot_be_started():
    with open("script", "w", encoding="utf-8") as file:
        file.write("#!/nonexistent/interpreter\n")
    os.chmod("script", 0o755)
    code, out, err = runner.run({"plugin": "exec", "options": {"command": "./script"}})
    equal((code, out), (3, b""))
    contains(err, "stage 'exec': the program cannot be started: ", "script")


@test
def ends_at_once():
    code, out, err = runner.run(stage("early"))
    equal((code, out, err.splitlines()[-1]), (1, b"", "aver: 100 documents: 0 written, 100 dead-lettered"))
    contains(err, "the program ended with exit code 7 without an answer")


@test
def is_not_started_for_ever():
    code, _, err = runner.run(stage("early", restarts=2), "-j", "1")
    equal(code, 1)
    equal(err.count("ended with exit code 7"), 3)
    equal(err.count("the program failed with 3 documents and is not started again"), 97)


@test
def talks_before_it_answers():
    code, _, err = runner.run(stage("chatty"), documents=records(2))
    equal(code, 1)
    contains(err, "the program answered with 'loading the model...'")


@test
def is_quoted_in_measure():
    code, out, err = runner.run(stage("flood"), "-j", "1")
    equal((code, len(out.splitlines())), (0, 100))
    contains(err, "aver: stage 'exec': line 0 \\u001b[31m\n", " more lines are not shown")
    assert err.count("\n") < 500, err.count("\n")


@test
def its_standard_input_and_output_are_its_own():
    """More than the pipes hold, both ways at once."""
    text = "long words, " * 30000
    documents = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i in range(50)).encode()
    expected = runner.run("pass", documents=documents)
    equal(runner.run({"plugin": "exec"}, documents=documents), expected)


@test
def an_isolated_one_works_as_well():
    equal(runner.run({**stage("no"), "isolate": True}), runner.run("pass"))
    runner.expect_loss({**stage("sorry"), "isolate": True}, "no \\u202e idea")


@test
def is_told_only_what_the_options_say():
    with open("told.json", "w", encoding="utf-8") as file:
        tell = {"plugin": "exec", "options": {"command": f"tee told",
                                              "layers": " quote , claim ", "text": False}}
        json.dump({"version": 1, "stages": ["text-reader", "sentence-splitter", "quote-attributor", tell, "jsonl-writer"]}, file)
    out = subprocess.run([aver, "run", "--plugin-dir", plugins, "-j", "1", "told.json", f"{source}/tests/articles"], check=True,
                         stdout=subprocess.PIPE, timeout=60).stdout
    told = [json.loads(line) for line in open("told", encoding="utf-8")]
    equal({(*record, *record["layers"]) for record in told}, {("id", "metadata", "layers", "quote")})
    equal({tuple(json.loads(line)["layers"]) for line in out.splitlines()}, {("sentence", "quote")})


def start_and_hang():
    path = runner.pipeline(stage("hang", timeout=600))
    process = subprocess.Popen([aver, "run", *runner.folders, path, "-j", "1"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdin.write(records())
    process.stdin.close()
    assert eventually(lambda: running("hang"))
    time.sleep(0.5)
    return process


@test
def a_signal_stops_what_hangs():
    process = start_and_hang()
    process.send_signal(signal.SIGTERM)
    equal((process.wait(timeout=10), len(process.stdout.read().splitlines()), process.stderr.read()),
          (3, 56, b"aver: 56 documents: 56 written\naver: stopped before the end of the input\n"))


@test
def ends_with_a_killed_parent():
    process = start_and_hang()
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)
    assert eventually(lambda: not running("hang")), running("hang")


@test
def the_example_in_python_works():
    provides = "keyword(word:string, count:i32)"
    documents = json.dumps({"id": "a", "text": "Über die Brücke: the bridge, and the Bridge of the town."}).encode()
    code, out, err = runner.run({"plugin": "exec", "options": {
        "command": f"{sys.executable} {source}/docs/examples/keywords.py bridge brücke", "provides": provides}}, documents=documents)
    equal((code, err), (0, "aver: 1 document: 1 written\n"))
    document = json.loads(out)
    equal(document["metadata"], {"language": "en"})
    text = document["text"].encode()
    equal([(text[row["start"]:row["end"]].decode(), row["word"], row["count"]) for row in document["layers"]["keyword"]],
          [("Brücke", "brücke", 1), ("bridge", "bridge", 2), ("Bridge", "bridge", 2)])


@test
def the_example_in_shell_works():
    documents = "".join(json.dumps({"id": str(i), "text": "Some text.", "section": section}) + "\n"
                        for i, section in enumerate(("sport", "city", "sport", "world"))).encode()
    code, out, err = runner.run({"plugin": "exec", "options": {
        "command": f"{source}/docs/examples/drop.sh '\"section\":\"sport\"'", "text": False}}, documents=documents)
    equal((code, [json.loads(line)["id"] for line in out.splitlines()], err),
          (0, ["1", "3"], "aver: 4 documents: 2 written, 2 dropped\n"))


main()
