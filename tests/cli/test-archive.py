#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compressed files and archives through readers, jobs and dead letters; TAP on standard output.

test-archive.py AVER
"""
import bz2
import gzip
import io
import json
import lzma
import os
import random
import signal
import subprocess
import sys
import tarfile
import zipfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import Skip, contains, equal, main, test

aver = os.path.abspath(sys.argv[1])


def run(*arguments, stdin=b""):
    done = subprocess.run([aver, *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={},
                          timeout=60)
    if b"this build of Aver lacks" in done.stderr:
        raise Skip("a library is missing")
    return done.returncode, done.stdout, done.stderr.decode()


def pipeline(reader):
    with open("p.json", "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": [reader, {"plugin": "jsonl-writer", "options": {"text": True}}]}, file)


def lines(n, text="It rained in Harrowby."):
    return b"".join(json.dumps({"id": str(i), "text": f"{text} {i}"}).encode() + b"\n" for i in range(n))


def put(name, data):
    with open(name, "wb") as file:
        file.write(data)


def tar(members, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@test
def a_compressed_file_is_its_content():
    pipeline("jsonl-reader")
    put("a.jsonl", lines(1000))
    whole = run("run", "p.json", "a.jsonl")
    for pack in (gzip.compress, bz2.compress, lzma.compress):
        put("a", pack(lines(600)[:-7]) + pack((lines(600)[-7:] + lines(1000)[len(lines(600)):])))
        equal(run("run", "p.json", "a"), whole)
        with open("a", "rb") as file:
            equal(run("run", "p.json", "-", stdin=file.read()), whole)


@test
def members_are_files_to_every_reader():
    page = b"<html><head><title>Ferry</title></head><body><p>It rained in Harrowby on Monday, all day long.</p></body></html>"
    members = {"n/a.txt": b"One.", "n/b.jsonl": lines(2), "n/c.html": page, "n/.x.txt": b"No."}
    for name, data in [("m.tar", tar(members)), ("m.tgz", tar(members, "w:gz")), ("m.txz", tar(members, "w:xz")),
                       ("m.zip", zipped(members))]:
        put(name, data)
        for reader, member in [("text-reader", "n/a.txt"), ("jsonl-reader", "n/b.jsonl"), ("html-reader", "n/c.html")]:
            pipeline(reader)
            code, out, err = run("run", "p.json", name)
            if "left out" in err or "lacks" in err:
                continue
            equal(code, 0)
            document = json.loads(out.splitlines()[0])
            if reader != "jsonl-reader":
                equal((document["id"], document["metadata"]["member"], document["metadata"]["source"]),
                      (f"{name}!/{member}", member, name))


@test
def damage_is_one_failure_that_names_the_file():
    pipeline("jsonl-reader")
    whole = gzip.compress(lines(100), mtime=0)
    for data, kept in [(whole[:-8] + b"\0\0\0\0" + whole[-4:], 100), (whole[:-4], 100), (whole + b"x", 100)]:
        put("a.gz", data)
        code, out, err = run("run", "p.json", "a.gz")
        equal((code, len(out.splitlines())), (1, kept))
        contains(err, "a.gz:101: stage 'jsonl-reader': the gzip data", "100 written, 1 failed")


@test
def damage_is_told_in_a_head_and_behind_what_is_passed_over():
    noise = random.Random(1).randbytes(600000).hex()
    record = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nWARC-Target-URI: http://a.example/\r\n{}Content-Length: {}\r\n\r\n{}\r\n\r\n"
    whole = record.format("", 5, "Rain.")
    for reader, text, kept, said in [
            ("csv-reader", f"text\nRain.\n{noise}\nend\n", 1, "csv.gz:3: stage 'csv-reader': the gzip data is cut off"),
            ("csv-reader", f"text,{noise[:9000]}\nRain.\n", 0, "csv.gz: stage 'csv-reader': the gzip data is cut off"),
            ("warc-reader", whole + record.format("", len(noise), noise), 1,
             "bytes; the longest record allowed has 1048576; and behind it: the gzip data is cut off"),
            ("warc-reader", whole + "lost " + noise, 1, "the head of the record is 'lost "),
            ("warc-reader", whole + record.format(f"X: {noise[:9000]}\r\n", 5, "Rain."), 1, "stage 'warc-reader': the gzip data is cut off")]:
        if run("plugins", reader)[0] != 0:
            continue  # its library is missing
        pipeline(reader)
        data = gzip.compress(text.encode(), 1, mtime=0)
        put(reader[:-len("-reader")] + ".gz", data[:len(data) // 2])
        code, out, err = run("run", "--max-record", "1", "p.json", reader[:-len("-reader")] + ".gz")
        equal((code, len(out.splitlines())), (1, kept))
        contains(err, said, "the gzip data is cut off", f"{kept} written, 1 failed")


@test
def a_bomb_is_an_error_in_little_memory():
    pipeline("jsonl-reader")
    squeezed = gzip.compress(bytes(1 << 20), mtime=0)
    put("a.gz", squeezed * 200)
    code, _, err = run("run", "-j", "2", "p.json", "a.gz")
    equal(code, 1)
    contains(err, "a.gz:1: ", "unpacks to more than 250 times its size")
    code, _, err = run("run", "--max-ratio", "2000", "p.json", "a.gz")
    contains(err, "the line is longer than")
    code, _, err = run("run", "--max-ratio", "0", "--max-unpacked", "-1", "p.json", "a.gz")
    equal(code, 2)


@test
def dead_letters_know_the_member():
    pipeline("text-reader")
    put("m.zip", zipped({"bad.txt": b"\xff\0", "good.txt": b"Good."}))
    code, out, _ = run("run", "--dead-letter", "dead", "p.json", "m.zip")
    equal((code, len(out.splitlines())), (1, 1))
    with open("dead", encoding="utf-8") as file:
        letter = json.load(file)
    equal((letter["origin"], letter["member"]), ("m.zip!/bad.txt", "bad.txt"))
    code, _, err = run("run", "--replay", "dead", "p.json")
    contains(err, "m.zip!/bad.txt: ", "1 still failing")


@test
def a_job_over_archives_goes_on_after_a_kill():
    pipeline("jsonl-reader")
    os.mkdir("in")
    members = {f"{i}.jsonl": lines(900, f"It rained in part {i}.") for i in range(3)}
    put("in/a.tar.gz", tar(members, "w:gz"))
    put("in/b.zip", zipped(members))
    put("in/c.jsonl.xz", lzma.compress(lines(900), preset=0))
    code, whole, _ = run("run", "p.json", "in")
    equal(code, 0)
    arguments = [aver, "run", "--job", "job", "--checkpoint", "60", "-j", "2", "p.json", "in", "-o", "out"]
    kills = 0
    for attempt in range(40):
        process = subprocess.Popen(arguments, env={}, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            process.communicate(timeout=0.01 * 1.3 ** attempt)
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            kills += 1
    equal(process.returncode, 0)
    print(f"# killed {kills} times")
    equal(kills > 0, True)
    with open("out", "rb") as file:
        equal(file.read() == whole, True)


main()
