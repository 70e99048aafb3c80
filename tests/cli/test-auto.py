#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A folder of many kinds of files, read by auto-reader: TAP on standard output.

test-auto.py AVER TOYS FIXTURES
"""
import gzip
import json
import os
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import contains, equal, main, test

aver = os.path.abspath(sys.argv[1])
pages = os.path.exists(os.path.join(os.path.dirname(aver), "plugins", "html-reader.so"))
PAGE = "<!doctype html><title>Tides</title><p>“The tide will turn by the weekend and nobody in the harbour minds,” said Ada Moss.</p>"


def run(*arguments, stdin=b""):
    done = subprocess.run([aver, "run", *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={}, timeout=60)
    return done.returncode, done.stdout, done.stderr.decode()


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def make_pipeline(name="auto.json", reader="auto-reader"):
    write(name, json.dumps({"version": 1, "stages": [reader, {"plugin": "jsonl-writer", "options": {"text": True}}]}))
    return name


def make_folder():
    for i in range(12):
        write(f"in/{i}/a.txt", f"“Number {i},” she said.")
        write(f"in/{i}/b.html", PAGE if pages else "“No pages,” he said.")
        write(f"in/{i}/c.jsonl", f'{{"id":"{i}-1","text":"One."}}\n{{"id":"{i}-2", no}}\n{{"id":"{i}-3","text":"Three."}}\n')
        write(f"in/{i}/d.png", b"\x89PNG\r\n\x1a\n")
        write(f"in/{i}/e", '{"id":"%d-4","text":"Four."}\n' % i)
    write("in/3/f.csv.pdf", "%PDF-1.4\n")
    make_pipeline()


def documents(output):
    return [json.loads(line) for line in output.splitlines()]


@test
def every_file_goes_to_its_reader():
    code, out, err = run("auto.json", "in/0")
    equal(code, 1)
    found = documents(out)
    equal([document["id"] for document in found], ["in/0/a.txt", "in/0/b.html", "0-1", "0-3", "0-4"])
    if pages:
        equal(found[1]["metadata"]["title"], "Tides")
    contains(err, "in/0/c.jsonl:2: stage 'jsonl-reader': ")
    contains(err, "in/0/d.png: stage 'auto-reader': looks like a PNG image, for which there is no reader")
    contains(err, "7 documents: 5 written, 2 failed")


@test
def the_number_of_workers_changes_nothing():
    first = run("auto.json", "in", "-j", "1")
    for more in [["-j", "2"], ["-j", "8"]]:
        equal(run("auto.json", "in", *more), first)


@test
def the_readers_are_listed():
    done = subprocess.run([aver, "plugins", "auto-reader"], stdout=subprocess.PIPE, env={}, check=True)
    contains(done.stdout.decode(), "Readers that files are handed to:\n  text-reader\n  html-reader")


@test
def children_change_nothing():
    isolated = make_pipeline("isolated.json", {"plugin": "auto-reader", "isolate": True})
    equal(run(isolated, "in", "-j", "2"), run("auto.json", "in", "-j", "2"))


@test
def a_reader_that_is_not_there_costs_its_files():
    if subprocess.run([aver, "plugins", "pdf-reader"], capture_output=True).returncode == 0:
        return
    code, out, err = run("auto.json", "in/3")
    equal((code, len(documents(out))), (1, 5))
    contains(err, "in/3/f.csv.pdf: stage 'auto-reader': looks like a PDF document: ")
    contains(err, "pdf-reader")


@test
def readers_have_options_of_their_own():
    write("body.jsonl", '{"id":"1","body":"Rain."}\n')
    write("old.txt", b"caf\xe9")
    file = make_pipeline("body.json", {"plugin": "auto-reader", "options": {"jsonl-reader.text": "body"}})
    equal([d["text"] for d in documents(run(file, "body.jsonl")[1])], ["Rain."])
    equal([d["text"] for d in documents(run("auto.json", "body.jsonl", "--set", "jsonl-reader.text=body")[1])], ["Rain."])
    (old,) = documents(run("auto.json", "old.txt", "--set", "text-reader.charset=latin1")[1])
    equal((old["text"], old["metadata"]["charset"], old["metadata"]["charset_from"]), ("café", "windows-1252", "protocol"))
    equal(run("auto.json", "--set", "jsonl-reader.txt=body"),
          (2, b"", "--set jsonl-reader.txt=body: stage 'auto-reader': unknown option 'txt'; did you mean 'text'?\n"))
    equal(run("auto.json", "--set", "jsonl-raeder.text=body"),
          (2, b"", "--set jsonl-raeder.text=body: no stage 'jsonl-raeder'; did you mean 'jsonl-reader'?\n"))
    bad = make_pipeline("bad.json", {"plugin": "auto-reader", "options": {"jsonl-reader.txt": "body"}})
    equal(run(bad)[0], 2)
    code, _, err = run("auto.json", "in/0", "--set", "text-reader.charset=klingon")
    equal(code, 2)
    contains(err, "stage 'text-reader': charset is 'klingon'")


@test
def dead_letters_are_replayed_by_the_reader_that_failed():
    write("mixed/a.txt", b"no \x81 such")
    write("mixed/b.jsonl", '{"id":"1","body":"Rain."}\n')
    code, _, _ = run("auto.json", "mixed", "in/0/d.png", "--dead-letter", "dead", "--metrics", "metrics",
                     "--set", "text-reader.charset=windows-1252")
    equal(code, 1)
    letters = documents(read("dead"))
    equal([(letter["stage"], letter.get("reader")) for letter in letters],
          [("text-reader", "text-reader"), ("jsonl-reader", "jsonl-reader"), ("auto-reader", None)])
    equal(letters[0]["error"], "the file is not valid windows-1252 at byte 3 (0x81)")
    for name in ["text-reader", "jsonl-reader", "auto-reader"]:
        contains(read("metrics").decode(), 'aver_stage_failed_documents_total{stage="%s"} 1\n' % name)
    code, out, err = run("auto.json", "--replay", "dead", "--set", "text-reader.charset=cp437", "--set", "jsonl-reader.text=body")
    equal(code, 1)
    equal([d["text"] for d in documents(out)], ["no ü such", "Rain."])
    contains(err, "in/0/d.png: stage 'auto-reader': looks like a PNG image")
    code, out, err = run(make_pipeline("text.json", "text-reader"), "--replay", "dead")
    contains(err, "the record was read by 'jsonl-reader', which 'text-reader' does not delegate to")


@test
def a_letter_without_a_reader_has_to_be_told_one():
    write("letter", json.dumps({"origin": "x", "record": "It rained."}) + "\n")
    code, _, err = run("auto.json", "--replay", "letter")
    equal(code, 1)
    contains(err, "x: stage 'auto-reader': nothing says which reader the record is for; expected --reader with its name")
    code, out, _ = run("auto.json", "--replay", "letter", "--reader", "text-reader")
    equal((code, documents(out)[0]["text"]), (0, "It rained."))


@test
def a_packed_file_without_a_readable_beginning_is_one_failure():
    whole = gzip.compress(b"It rained. " * 1000)
    write("packed/a.gz", whole[:12])
    write("packed/b.gz", whole[:10] + b"\xff" * 20)
    write("packed/c.txt", "It rained.")
    code, out, err = run("auto.json", "packed")
    equal((code, len(documents(out))), (1, 1))
    contains(err, "packed/a.gz: stage 'auto-reader': the gzip data is cut off", "packed/b.gz: stage 'auto-reader': the gzip data is damaged",
             "1 written, 2 failed")


@test
def a_job_stopped_by_errors_goes_on():
    whole = run("auto.json", "in", "-o", "whole")
    for errors in ["3", "7", "100"]:
        code, _, err = run("auto.json", "in", "-o", "out", "--job", "job", "--checkpoint", "1", "--max-errors", errors)
    equal((code, read("out")), (1, read("whole")))
    equal(whole[2].splitlines()[-1], err.splitlines()[-1])


@test
def a_job_that_is_killed_goes_on():
    run("auto.json", "in", "-o", "whole")
    for attempt in range(12):
        process = subprocess.Popen([aver, "run", "auto.json", "in", "-o", "killed", "--job", "killed-job", "--checkpoint", "1", "-j", "2"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={})
        time.sleep(0.01 + attempt * 0.005)
        process.send_signal(signal.SIGKILL)
        if process.wait() != -signal.SIGKILL:
            break
    else:
        equal(run("auto.json", "in", "-o", "killed", "--job", "killed-job", "--checkpoint", "1")[0], 1)
    equal(read("killed"), read("whole"))


@test
def a_job_notices_another_reader_option():
    run("auto.json", "body.jsonl", "-o", "again", "--job", "again-job")
    code, _, err = run("auto.json", "body.jsonl", "-o", "again", "--job", "again-job", "--set", "jsonl-reader.text=body")
    equal(code, 2)
    contains(err, "option 'text' of stage 'jsonl-reader' is new")


@test
def lines_are_read_as_they_come():
    process = subprocess.Popen([aver, "run", "auto.json", "-q"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={})
    process.stdin.write(b'{"id":"1","text":"One."}\n')
    process.stdin.flush()
    equal(json.loads(process.stdout.readline())["id"], "1")
    process.stdin.close()
    equal(process.wait(timeout=60), 0)


main(make_folder)
