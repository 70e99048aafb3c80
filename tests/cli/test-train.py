#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`aver train` as its users meet it: reports, models, mistakes, exit codes; TAP on standard output.

test-train.py AVER TOYS FIXTURES   toy-majority among the toys can be trained
"""
import hashlib
import json
import os
import pty
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import contains, equal, main, test

aver, toys = (os.path.abspath(path) for path in sys.argv[1:3])


def run(*arguments, stdin=b""):
    done = subprocess.run([aver, "train", "--plugin-dir", toys, *arguments], input=stdin, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env={}, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode(errors="surrogateescape")


def write(name, text):
    with open(name, "wb") as file:
        file.write(text.encode())
    return name


def read(name):
    with open(name, "rb") as file:
        return file.read()


def card(name):
    data = read(name)
    start = data.index(b"{")
    return json.JSONDecoder().raw_decode(data[start:].decode(errors="replace"))[0]


def labels(name="labels.txt"):
    return write(name, "__label__a one\n__label__b two\n__label__b three\n")


@test
def a_model_is_written_and_the_data_reported():
    data = labels()
    code, out, err = run("toy-majority", data, "-o", "x.model")
    equal((code, err), (0, ""))
    lines = out.splitlines()
    equal(lines[0], "3 examples in 0 groups; 2 labels: a 1, b 2")
    equal(lines[1], "one [a] weight 1 group - fold -1")
    equal(lines[-1], "most weight: b")
    equal(card("x.model"), {"command": "aver train toy-majority labels.txt -o MODEL", "data": [
        {"name": "labels.txt", "size": 47, "examples": 3, "sha256": hashlib.sha256(read(data)).hexdigest()}]})


@test
def same_data_gives_same_bytes():
    os.mkdir("elsewhere")
    labels()
    labels("elsewhere/labels.txt")
    equal(run("toy-majority", "labels.txt", "-o", "x.model")[0], 0)
    equal(run("toy-majority", os.path.abspath("elsewhere/labels.txt"), "-o", "elsewhere/y.model")[0], 0)
    equal(read("x.model"), read("elsewhere/y.model"))


@test
def several_files_and_folders_are_one_set():
    os.mkdir("data")
    labels("data/1.txt")
    write("data/2.jsonl", '{"text":"four","label":"a","weight":3}\n')
    code, out, err = run("toy-majority", "data", "-", "-o", "x.model", stdin=b"text,label\nfive,c\n")
    equal((code, err), (0, ""))
    equal(out.splitlines()[0], "5 examples in 0 groups; 3 labels: a 2, b 2, c 1")
    equal(out.splitlines()[-1], "most weight: a")
    equal([file["name"] for file in card("x.model")["data"]], ["1.txt", "2.jsonl", "-"])


@test
def fields_and_options_are_in_the_command():
    write("t.csv", "words,kind,part,who,much\none,a,0,x y,1\ntwo,b,1,z,2\n")
    code, out, err = run("toy-majority", "t.csv", "-o", "x.model", "--text-field", "words", "--label-field=kind",
                         "--folds-field", "part", "--group-field", "who", "--weight-field", "much", "--set", "folds=3",
                         "--format", "csv")
    equal((code, err), (0, ""))
    equal(out.splitlines()[1:3], ["one [a] weight 1 group x y fold 0", "two [b] weight 2 group z fold 1"])
    equal(card("x.model")["command"], "aver train toy-majority t.csv --format csv --text-field words --label-field kind "
          "--group-field who --weight-field much --folds-field part --set folds=3 -o MODEL")


@test
def what_aver_wrote_is_read():
    write("a.txt", "The bridge will cost 40 million. I love bridges.\n")
    write("p.json", json.dumps({"version": 1, "stages": [
        "text-reader", "sentence-splitter", {"plugin": "jsonl-writer", "options": {"text": True}}]}))
    subprocess.run([aver, "run", "p.json", "a.txt", "-o", "a.jsonl"], check=True)
    record = json.loads(read("a.jsonl"))
    rows = [dict(row, label=label) for row, label in zip(record["layers"]["sentence"], ["CFS", "NFS"])]
    record["layers"]["claim"] = rows
    write("a.jsonl", json.dumps(record) + "\n")
    code, out, err = run("toy-majority", "a.jsonl", "-o", "x.model")
    equal((code, err), (0, ""))
    equal(out.splitlines()[1:3], ["The bridge will cost 40 million. [CFS] weight 1 group a.txt fold -1",
                                  "I love bridges. [NFS] weight 1 group a.txt fold -1"])


@test
def of_what_aver_wrote_the_plugins_own_layer_is_taken():
    if run("claim-classifier", "none.txt", "-o", "x.model")[2].startswith("aver train: plugin 'claim-classifier' cannot be trained"):
        return
    layers = {"sentence": [{"start": 0, "end": 99, "label": "X"}], "claim": [{"start": 0, "end": 9, "label": "CFS"}, {"start": 9, "end": 99, "label": "NFS"}]}
    write("a.jsonl", json.dumps({"id": "a", "text": "It rained for hours.", "layers": layers}) + "\n")
    equal(run("claim-classifier", "a.jsonl", "-o", "x.model"),
          (2, "", "a.jsonl:1: layers.claim[1]: [9, 99], lies outside the text; expected offsets from 0 to 20\n"))


@test
def mistakes_in_the_data_are_told_at_once():
    write("a.jsonl", '{"text":"one","label":1}\n{"text":"two"}\n[]\n')
    write("b.csv", 'text,label\none,"1\n')
    code, out, err = run("toy-majority", "a.jsonl", "none.txt", "b.csv", "-o", "x.model")
    equal((code, out), (2, ""))
    equal(err.splitlines(), [
        "a.jsonl:2: no label; expected one of label, class_label, check_worthiness, verdict",
        "a.jsonl:3: malformed JSON at byte 0: expected an object, found '['; expected one JSON object a line",
        "none.txt: cannot open the file: No such file or directory",
        "b.csv:2: a quotation mark opens that nothing closes; expected another"])
    equal(os.path.exists("x.model"), False)


@test
def a_model_in_place_stays_until_the_next_is_whole():
    labels()
    write("x.model", "old")
    for fault, exit_code, message in [
            ("told", 2, "plugin 'toy-majority': more folds than groups; expected fewer\n"),
            ("silent", 3, "aver: plugin 'toy-majority' failed to train and did not say why\n"),
            ("no-model", 3, "aver: plugin 'toy-majority' says it has trained, but wrote no model '")]:
        code, _, err = run("toy-majority", "labels.txt", "-o", "x.model", "--set", "fault=" + fault)
        equal((code, err[:len(message)]), (exit_code, message))
        equal(read("x.model"), b"old")
    os.symlink("x.model", "link.model")
    equal(run("toy-majority", "labels.txt", "-o", "link.model")[0], 0)
    equal(os.path.islink("link.model"), True)
    equal(read("x.model")[:8], b"AverModl")
    equal(sorted(os.listdir(".")), ["labels.txt", "link.model", "x.model"])


@test
def a_plugin_that_cannot_be_trained_is_refused():
    labels()
    code, out, err = run("pass", "labels.txt", "-o", "x.model")
    equal((code, out), (2, ""))
    start = "aver train: plugin 'pass' cannot be trained; expected one that can: "
    equal(err.startswith(start), True)
    equal("toy-majority" in err.splitlines()[0][len(start):].split(", "), True)
    equal(run("toy-majorty", "labels.txt", "-o", "x.model")[2].splitlines()[0],
          "aver train: no plugin 'toy-majorty'; did you mean 'toy-majority'?")
    equal(run("toy-broken", "labels.txt", "-o", "x.model")[0], 2)


@test
def mistakes_on_the_command_line_are_told():
    data = labels()
    for arguments, message in [
            ([], "no plugin; expected PLUGIN DATA... -o MODEL"),
            (["toy-majority"], "no data; expected files of labelled examples"),
            (["toy-majority", data], "no -o; expected the file to write the model to"),
            (["toy-majority", data, "-o", "-"], "-o is '-'; expected a file's name"),
            (["toy-majority", data, "-o", data],
             f"'{data}' is both read and written; expected another file to write")]:
        code, out, err = run(*arguments)
        equal((code, out, err.splitlines()[0]), (2, "", "aver train: " + message))
    code, out, err = run("toy-majority", data, "-o", "x.model", "--set", "fold=3", "--set", "folds=1", "--set", "folds")
    equal((code, out, err.splitlines()), (2, "", [
        "--set fold=3: unknown option 'fold'; did you mean 'folds'?",
        "--set folds=1: option 'folds' is '1'; expected a whole number from 2 to 100",
        "--set folds: not an option; expected option=value in UTF-8"]))
    equal(run("toy-majority", data, "-o", "x.model", "--format", "cvs")[2], "no format 'cvs'; did you mean 'csv'?\n")
    equal(read(data)[:9], b"__label__")


@test
def many_labels_are_counted_and_the_first_named():
    write("many.txt", "".join(f"__label__l{n:03} text {n}\n" for n in range(100)))
    out = run("toy-majority", "many.txt", "-o", "x.model")[1]
    contains(out, "100 examples in ", "; 100 labels: l000 1, l001 1, ", ", ...\n")
    equal("l099 1" in out, False)
    code, _, err = run("zzzzzzzz", "many.txt", "-o", "x.model")
    equal(code, 2)
    contains(err, "aver train: no plugin 'zzzzzzzz'; expected one that can be trained: ", "toy-majority")


@test
def a_model_that_cannot_be_written_is_known_first():
    data = labels()
    code, out, err = run("toy-majority", data, "-o", "none/x.model")
    equal((code, out, err), (3, "", "aver: cannot write the model 'none/x.model': No such file or directory\n"))
    equal(run("toy-majority", data, "-o", "/dev/null")[2],
          "aver: cannot write the model '/dev/null': it is no regular file; expected a file's name\n")
    equal(os.path.exists("/dev/null"), True)


@test
def progress_is_for_terminals():
    arguments = ["toy-majority", labels(), "-o", "x.model", "--set", "fault=slow"]
    code, out, err = run(*arguments)
    equal((code, err), (0, ""))
    ours, theirs = pty.openpty()
    done = subprocess.run([aver, "train", "--plugin-dir", toys, *arguments], stdout=subprocess.PIPE, stderr=theirs,
                          stdin=subprocess.DEVNULL, env={"TERM": "xterm"}, timeout=60)
    os.close(theirs)
    equal((done.returncode, done.stdout.decode()), (0, out))
    equal(os.read(ours, 1000), b"\r\x1b[Kresting: 1 of 2\r\x1b[K")
    os.close(ours)


@test
def a_hundred_thousand_examples_take_no_time():
    write("many.jsonl", "".join('{"text":"row %d","label":"%d","doc":"%d"}\n' % (i, i % 2, i // 100)
                                for i in range(100000)))
    code, out, err = run("toy-majority", "many.jsonl", "-o", "x.model")
    equal((code, err), (0, ""))
    equal(out.splitlines()[0], "100000 examples in 1000 groups; 2 labels: 0 50000, 1 50000")


main()
