#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures what documents cost one core, which is what simulate.py and docs/scaling.md reckon with.

    bench-node.py AVER SOURCE [--texts FILE.jsonl] [--pages FOLDER] [--megabytes N] [--rounds N] [--only PART]

Texts are JSON Lines with "text", and pages a folder of .html or .html.gz files; by default those of the tests, which are short.
They are repeated to a corpus of N megabytes, and to a web archive with as many pages. Everything runs with one worker; a row is
the round that took the least; with PART, rows whose names have it. Processor time is that of the process, user and system apart, and
depends little on what else the machine does. "merge" is the thread that writes, by itself: no reading, no stages.
"""
import argparse
import glob
import gzip
import itertools
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile

FAST = ["--set", "quote-attributor.mode=fast"]
NEWS = ["sentence-splitter", "quote-attributor", "claim-classifier"]
SYNTAX = ["syntax-parser", {"plugin": "quote-attributor", "options": {"mode": "accurate", "style": "polnear"}},
          {"plugin": "jsonl-writer", "options": {"layers": "sentence,quote", "text": True}}]


def read_page(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        return file.read()


def make_corpus(texts, size, path):
    with open(path, "w", encoding="utf-8") as out:
        for number, text in enumerate(itertools.cycle(texts)):
            out.write(json.dumps({"id": f"d{number}", "text": text}, ensure_ascii=False) + "\n")
            if out.tell() > size:
                return number + 1


def record(number, page):
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/{number}\r\nWARC-Date: 2024-02-03T04:05:06Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n")
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", mtime=0)


def make_archive(pages, size, path):
    """Every record is packed by itself, as crawlers do."""
    packed = [record(number, page) for number, page in enumerate(pages)]
    with open(path, "wb") as out:
        for number, one in enumerate(itertools.cycle(packed)):
            out.write(one)
            if out.tell() > size:
                return number + 1


def write_pipeline(path, *stages):
    with open(path, "w", encoding="utf-8") as out:
        json.dump({"version": 1, "stages": list(stages)}, out)
    return path


def spent(command, more=None):
    """User and system seconds, and the most memory in MB."""
    code = "import resource,subprocess,sys;c=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL).returncode;" \
        "u=resource.getrusage(resource.RUSAGE_CHILDREN);print(c,u.ru_utime,u.ru_stime,u.ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", code, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True,
                          env={**os.environ, **(more or {})})
    status, user, system, peak = done.stdout.split()
    if int(status) > 1:
        sys.exit(f"{' '.join(command)}: {done.stderr.decode(errors='replace')}")
    return float(user), float(system), int(peak) * 1024 / 1e6


def size_of(path):
    return sum(os.path.getsize(name) for name in ([path] if os.path.isfile(path) else glob.glob(path + "/*"))) / 1e6


def remove(path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.exists(path):
        os.remove(path)


class Bench:
    def __init__(self, aver, rounds, only):
        self.aver, self.rounds, self.only = aver, rounds, only
        print(f"{'':34}{'documents':>10}{'in MB':>8}{'out MB':>8}{'user us/doc':>13}{'system':>9}{'s/MB':>9}{'peak MB':>9}")

    def row(self, what, documents, source, command, out):
        if self.only not in what:
            return
        taken = []
        for _ in range(self.rounds):
            remove(out)
            taken.append(spent(command))
        user, system, peak = min(taken, key=lambda took: took[0] + took[1])
        print(f"{what:34}{documents:10}{size_of(source):8.1f}{size_of(out):8.1f}{user / documents * 1e6:13.1f}"
              f"{system / documents * 1e6:9.1f}{(user + system) / size_of(source):9.4f}{peak:9.1f}", flush=True)

    def run(self, what, documents, pipeline, source, out, *more, threads=1):
        self.row(what, documents, source, [self.aver, "run", "-q", f"-j{threads}", pipeline, source, "-o", out, *more], out)

    def merge(self, what, documents, pipeline, source, out):
        """Of two shards, which are made once."""
        remove("job")
        if self.only not in what:
            return
        for shard in ("1/2", "2/2"):
            spent([self.aver, "run", "-q", "-j2", "--job", "job", "--shard", shard, pipeline, source, "-o", out])
        self.row(what, documents, source, [self.aver, "merge", "job", "-o", out], out)


def measure_texts(bench, documents):
    read, write = "jsonl-reader", {"plugin": "jsonl-writer", "options": {"text": True}}
    bench.run("texts: pass", documents, write_pipeline("pass.json", read, "pass", write), "in.jsonl", "out.jsonl")
    news = write_pipeline("news.json", read, *NEWS, write)
    bench.run("texts: news fast", documents, news, "in.jsonl", "out.jsonl", *FAST)
    bench.run("texts: news", documents, news, "in.jsonl", "out.jsonl")
    bench.run("texts: news, -j 2", documents, news, "in.jsonl", "out.jsonl", threads=2)
    bench.run("texts: news, -j 8", documents, news, "in.jsonl", "out.jsonl", threads=8)
    bench.run("texts: accurate", documents, write_pipeline("accurate.json", read, "sentence-splitter", *SYNTAX), "in.jsonl", "out.jsonl")
    for writer, out in (("csv-writer", "tables"), ("sqlite-writer", "out.db")):
        path = write_pipeline("writer.json", read, *NEWS, {"plugin": writer, "options": {"text": True}} if out != "tables" else writer)
        bench.run(f"texts: news, {writer}", documents, path, "in.jsonl", out)
        bench.merge(f"merge: {writer}", documents, path, "in.jsonl", out)
    for end in ("", ".zst", ".gz"):
        bench.merge(f"merge: jsonl-writer{end and ', ' + end}", documents, news, "in.jsonl", "out.jsonl" + end)


def measure_pages(bench, pages):
    write = {"plugin": "jsonl-writer", "options": {"text": True}}
    none = write_pipeline("none.json", {"plugin": "warc-reader", "options": {"records": "metadata"}}, write)
    bench.run("archive: unpacked and cut", pages, none, "in.warc.gz", "out.jsonl")
    bench.run("archive: pages to texts", pages, write_pipeline("read.json", "warc-reader", write), "in.warc.gz", "out.jsonl")
    splitter = {"plugin": "sentence-splitter", "options": {"style": "web"}}
    path = write_pipeline("web.json", "warc-reader", splitter, *NEWS[1:], write)
    bench.run("archive: news fast", pages, path, "in.warc.gz", "out.jsonl", *FAST)
    bench.run("archive: news", pages, path, "in.warc.gz", "out.jsonl")
    bench.run("archive: accurate", pages, write_pipeline("accurate.json", "warc-reader", splitter, *SYNTAX), "in.warc.gz", "out.jsonl")
    bench.run("archive: news, -j 8", pages, path, "in.warc.gz", "out.jsonl", threads=8)


def measure_postgres(aver, source, documents, search):
    """The server's processor time too, which is in processes of its own; full-text indices with `search`."""
    sys.path.insert(0, os.path.join(source, "tests", "pipelines"))
    try:
        import server
        database = server.Server()
    except (ImportError, OSError) as reason:
        print(f"postgres-writer: left out, {str(reason).splitlines()[0]}")
        return
    path = write_pipeline("postgres.json", "jsonl-reader", *NEWS, {"plugin": "postgres-writer", "options": {"text": True, "search": search}})
    user, system, _ = spent([aver, "run", "-q", "-j1", path, "in.jsonl"], database.environment)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    database.stop()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    served = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"texts: news, postgres-writer, search={search}: {user / documents * 1e6:.1f} us user, {system / documents * 1e6:.1f} system a document; "
          f"the server {served / documents * 1e6:.1f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("aver", type=os.path.abspath)
    parser.add_argument("source", type=os.path.abspath)
    parser.add_argument("--texts", type=os.path.abspath)
    parser.add_argument("--pages", type=os.path.abspath)
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    if arguments.texts:
        with open(arguments.texts, encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
    else:
        texts = [read_page(path).decode() for path in sorted(glob.glob(arguments.source + "/tests/articles/*.txt"))]
    pages = [read_page(path) for path in sorted(glob.glob((arguments.pages or arguments.source + "/tests/pages") + "/*.htm*"))]
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        os.chdir(folder)
        size = arguments.megabytes * 1e6
        bench = Bench(arguments.aver, arguments.rounds, arguments.only)
        documents = make_corpus(texts, size, "in.jsonl")
        measure_texts(bench, documents)
        if arguments.only in "postgres-writer":
            for search in (True, False):
                measure_postgres(arguments.aver, arguments.source, documents, search)
        measure_pages(bench, make_archive(pages, size, "in.warc.gz"))
        os.chdir("/")


main()
