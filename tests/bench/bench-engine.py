#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the engine beside its peers, in one run on one corpus.

    bench-engine.py AVER SOURCE [--documents N] [--corpus FILE] [--rounds N]

Makes a corpus of N documents of about 1 KB out of the sample articles (or takes FILE, JSON Lines
with "id" and "text"), runs each program over it in turn, several rounds, and prints the best CPU
time of each (user and system) in microseconds a document and as a ratio to Aver's. What is not
installed is left out: apt-get install jq miller gstreamer1.0-tools rsyslog. What two workers gain
stands beside what two processes gain that have nothing to do with each other: no more can be had
of the machine. Everything but the lines "-o FILE", which end with fsync(), writes to a regular file
as its standard output.
"""
import argparse
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time


def make_corpus(articles, documents, path):
    text = "\n\n".join(a.read_text(encoding="utf-8") for a in sorted(articles.glob("*.txt")))
    with open(path, "w", encoding="utf-8") as out:
        for n in range(documents):
            start = n * 611 % (len(text) - 980)
            json.dump({"id": f"doc-{n:08d}", "title": "A headline of some words",
                       "published": "2031-05-06", "text": text[start:start + 980]}, out,
                      ensure_ascii=False)
            out.write("\n")


def spent(before, after):
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(command, output):
    """Runs to the end; returns CPU seconds and seconds on the clock."""
    start = time.monotonic()
    with open(output, "wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE)
        message = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} failed: {message.decode(errors='replace')}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start


def run_pair(command, outputs):
    """Two at once; returns the seconds until both are done."""
    start = time.monotonic()
    pair = []
    for output in outputs:
        with open(output, "wb") as out:
            pair.append(subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL))
    if any([process.wait() for process in pair]):
        sys.exit(f"{command[0]} failed")
    return time.monotonic() - start


RSYSLOG = """
module(load="imfile") module(load="mmjsonparse")
global(workDirectory="{folder}" maxMessageSize="64k")
input(type="imfile" File="{corpus}" Tag="x" ruleset="copy")
template(name="whole" type="string" string="%msg%\\n")
ruleset(name="copy" queue.type="FixedArray" queue.size="100000") {{
  action(type="mmjsonparse" cookie="")
  action(type="omfile" file="{output}" template="whole")
}}
"""


def run_rsyslog(corpus, documents, output):
    """It does not end by itself: it is stopped when the last document has come out."""
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "rsyslog.conf")
        pathlib.Path(config).write_text(RSYSLOG.format(folder=folder, corpus=corpus, output=output))
        pathlib.Path(output).write_bytes(b"")
        start = time.monotonic()
        process = subprocess.Popen(["rsyslogd", "-n", "-f", config, "-i", folder + "/pid"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        size = os.path.getsize(corpus)
        while os.path.getsize(output) < size and time.monotonic() - start < 120:
            time.sleep(0.05)
        seconds = time.monotonic() - start
        process.send_signal(signal.SIGTERM)
        _, _, usage = os.wait4(process.pid, 0)
        if os.path.getsize(output) < size:
            return None
        return usage.ru_utime + usage.ru_stime, seconds


def programs(arguments, corpus, documents):
    """Name, command; in the order of the table."""
    aver, pipelines = arguments.aver, arguments.source / "pipelines"

    def pipeline(name, workers):
        return [aver, "run", str(pipelines / name), corpus, f"-j{workers}", "-o", "-", "--reader",
                "jsonl-reader", "--writer", "jsonl-writer"]

    yield "aver pass -j 1", [aver, "run", str(pipelines / "pass.json"), corpus, "-j1", "-o", "-"]
    yield "aver pass -j 2", [aver, "run", str(pipelines / "pass.json"), corpus, "-j2", "-o", "-"]
    yield "aver pass -j 1 -o FILE", [aver, "run", str(pipelines / "pass.json"), corpus, "-j1",
                                     "-o", corpus + ".out"]
    yield "aver pass -j 2 -o FILE", [aver, "run", str(pipelines / "pass.json"), corpus, "-j2",
                                     "-o", corpus + ".out"]
    yield "aver news -j 1", pipeline("news.json", 1)
    yield "aver news -j 2", pipeline("news.json", 2)
    fast = ["--set", "quote-attributor.mode=fast"]
    yield "aver news fast -j 1", pipeline("news.json", 1) + fast
    yield "aver news fast -j 2", pipeline("news.json", 2) + fast
    yield "wc -w", ["env", "LC_ALL=C", "wc", "-w", corpus]
    yield "cat", ["cat", corpus]
    yield "jq -c .", ["jq", "-c", ".", corpus]
    yield "mlr cat", ["mlr", "--ijsonl", "--ojsonl", "cat", corpus]
    yield "python json", ["python3", "-c",
                          "import json, sys\nfor line in open(sys.argv[1], encoding='utf-8'):\n"
                          "    print(json.dumps(json.loads(line), ensure_ascii=False))", corpus]
    yield "gstreamer queue", ["gst-launch-1.0", "-q", "fakesrc", f"num-buffers={documents}",
                              "sizetype=2", "sizemax=1024", "!", "queue", "!", "fakesink"]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("aver")
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=200000)
    parser.add_argument("--corpus")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = arguments.corpus or os.path.join(folder, "corpus.jsonl")
        if not arguments.corpus:
            make_corpus(arguments.source / "tests" / "articles", arguments.documents, corpus)
        with open(corpus, "rb") as lines:
            documents = sum(1 for _ in lines)
        output = os.path.join(folder, "output")
        best = {}

        def keep(name, figures):
            if figures:
                best[name] = tuple(map(min, zip(best.get(name, figures), figures)))

        commands = dict(programs(arguments, corpus, documents))
        pairs = {name: float("inf") for name in ("aver pass", "aver news", "aver news fast")}
        for _ in range(arguments.rounds):
            for name, command in commands.items():
                tool = command[2] if command[0] == "env" else command[0]
                if shutil.which(tool):
                    keep(name, run(command, output))
            for name in pairs:
                both = run_pair(commands[name + " -j 1"], (output, output + ".2"))
                pairs[name] = min(pairs[name], both)
            if shutil.which("rsyslogd"):
                keep("rsyslog", run_rsyslog(corpus, documents, output))
        size = os.path.getsize(corpus)
    base = best["aver pass -j 1"][0]
    print(f"{documents} documents, {size / 1e6:.1f} MB; best of {arguments.rounds} rounds")
    print(f"{'':24}{'CPU us/doc':>12}{'x aver pass':>13}{'wall s':>9}{'MB/s':>9}")
    for name, (cpu, wall) in best.items():
        print(f"{name:24}{cpu / documents * 1e6:12.2f}{cpu / base:13.2f}{wall:9.3f}"
              f"{size / wall / 1e6:9.1f}")
    for name, both in pairs.items():
        one, two = best[f"{name} -j 1"][1], best[f"{name} -j 2"][1]
        print(f"{name}: two workers {one / two:.2f} x one; two processes {2 * one / both:.2f} x one")


main()
