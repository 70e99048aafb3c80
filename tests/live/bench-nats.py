#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Messages of 4 KB through a local server with its streams in files: what a plain C client does, and what Aver does.

bench-nats.py BUILD [MESSAGES]    BUILD has bench-nats: ninja -C BUILD tests/live/bench-nats
AVER_BATCH=64: the reader's option batch
"""
import json
import os
import subprocess
import sys
import tempfile
import time

from nats import Client, Server

build = os.path.abspath(sys.argv[1])
n = int(sys.argv[2]) if len(sys.argv) > 2 else 50000
plain = os.path.join(build, "tests", "live", "bench-nats")
server = Server()
folder = tempfile.mkdtemp()


def call(*arguments):
    return subprocess.run([plain, server.url, *arguments], check=True, stdout=subprocess.PIPE).stdout.decode().strip()


def run(what, stages, workers):
    call("publish", str(n))
    path = os.path.join(folder, "bench.json")
    options = {"servers": server.url, "stream": "BENCH", "stop_when_empty": True, "batch": int(os.environ.get("AVER_BATCH", "1024"))}
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": [{"plugin": "nats-reader", "options": options}, *stages]}, file)
    with open(os.devnull, "w", encoding="utf-8") as null:
        start = time.monotonic()
        process = subprocess.Popen([os.path.join(build, "aver"), "run", "--quiet", "-j", str(workers), path], stdout=null)
        client = Client(server)
        process.wait()
        seconds = time.monotonic() - start
    assert process.returncode == 0
    print(f"aver -j {workers}, {what}: {n / seconds:.0f} messages/s")
    client.close()


try:
    for _ in range(1):
        print("plain client,", call("publish", str(n)))
        for batch in ("16", "256"):
            print(f"plain client, batches of {batch},", call("fetch", str(n), batch))
            call("publish", str(n))
        for workers in (1, 2):
            run("pass to jsonl-writer", ["pass", "jsonl-writer"], workers)
        run("pass to nats-writer", ["pass", {"plugin": "nats-writer", "options": {"servers": server.url, "subject": "bench.out",
                                    "create": True, "text": True}}], 2)
        run("the stages of news.json", ["sentence-splitter", "quote-attributor", "claim-classifier", "jsonl-writer"], 2)
finally:
    server.stop()
