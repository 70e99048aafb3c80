#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`aver serve` under wrk on loopback, beside a handler of libsoup that does nothing: bench-serve.py AVER PLAIN SOURCE

SECONDS (default 10) is how long each line takes, CONNECTIONS (default 8) how many ask at once.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

aver, plain, source = map(os.path.abspath, sys.argv[1:4])
seconds, connections = os.environ.get("SECONDS", "10"), os.environ.get("CONNECTIONS", "8")
if shutil.which("wrk") is None:
    print("no wrk here (apt install wrk)")
    sys.exit(77)


def article():
    """About 3 KB of the sample articles."""
    folder, text = os.path.join(source, "tests", "articles"), b""
    for name in sorted(os.listdir(folder)):
        if name.endswith(".txt") and len(text) < 3000:
            with open(os.path.join(folder, name), "rb") as file:
                text += file.read() + b"\n"
    return text[:text.rfind(b".", 0, 3072) + 1] + b"\n"


def bench(name, command, path, script):
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        address = re.search(r"http://[^/]*:\d+", server.stdout.readline().decode()).group()
        out = subprocess.run(["wrk", "-t", "1", "-c", connections, "-d", seconds + "s", "--latency", "-s", script, address + path],
                             stdout=subprocess.PIPE, check=True).stdout.decode()
        server.terminate()
    rate, late = re.search(r"Requests/sec:\s+(\S+)", out).group(1), re.search(r"^\s+99%\s+(\S+)", out, re.M).group(1)
    wrong = re.search(r"Non-2xx.*: (\d+)|Socket errors.*", out)
    print(f"{name:44} {float(rate):9.0f} requests/s   p99 {late:>9}{'   ' + wrong.group() if wrong else ''}", flush=True)


with tempfile.TemporaryDirectory() as folder:
    text, post, get = (os.path.join(folder, name) for name in ("article.txt", "post.lua", "get.lua"))
    with open(text, "wb") as file:
        file.write(article())
    with open(post, "w", encoding="utf-8") as file:
        file.write(f'wrk.method = "POST"\nwrk.headers["Content-Type"] = "text/plain"\nlocal file = io.open("{text}", "rb")\n'
                   'wrk.body = file:read("*a")\nfile:close()\n')
    open(get, "w", encoding="utf-8").close()
    print(f"{os.path.getsize(text)} bytes of text, {connections} connections, {seconds} s each, {os.cpu_count()} processors shared with wrk")
    serve = [aver, "serve", "--port", "0"]
    pipelines = os.path.join(source, "pipelines")
    bench("plain libsoup handler, GET", [plain], "/", get)
    bench("plain libsoup handler, POST", [plain], "/", post)
    bench("aver serve, GET /healthz", [*serve, pipelines + "/pass.json"], "/healthz", get)
    bench("aver serve pass.json", [*serve, pipelines + "/pass.json"], "/v1/documents", post)
    bench("aver serve news.json, mode=fast", [*serve, "--set", "quote-attributor.mode=fast", pipelines + "/news.json"], "/v1/documents", post)
    bench("aver serve news.json", [*serve, pipelines + "/news.json"], "/v1/documents", post)
