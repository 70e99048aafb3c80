# SPDX-License-Identifier: Apache-2.0
"""A server of a test's own: `aver serve` in the current folder, and what is asked of it."""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import openmetrics
from tap import Skip

aver = os.path.abspath(sys.argv[1])
PROGRAM = r"""while read -r line; do
case "$line" in *slowly*) sleep 0.5;; *sleeping*) sleep 2;; *gated*) until [ -e go ]; do sleep 0.01; done;;
*locked*) until [ -e key ]; do sleep 0.01; done;; esac
case "$line" in *'"id":"drop"'*) echo '{"id":"drop","drop":true}';;
*badly*) echo nonsense;; *) printf '%s\n' "$line";; esac; done"""
STAGES = ["auto-reader", "sentence-splitter",
          {"plugin": "exec", "name": "program", "options": {"command": "sh ./program.sh"}}, "jsonl-writer"]
TEXT = "The bridge opens on Monday, Mara Quell said. “It was late,” she added.\n"


class Server:
    """A server in the current folder; ends with the block."""

    def __init__(self, *arguments, stages=STAGES):
        with open("program.sh", "w", encoding="utf-8") as file:
            file.write(PROGRAM)
        with open("p.json", "w", encoding="utf-8") as file:
            json.dump({"version": 1, "stages": stages}, file)
        self.process = subprocess.Popen([aver, "serve", "p.json", "--port", "0", "-j", "2", *arguments],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        line = self.process.stdout.readline().decode()
        if not line and "there is no HTTP server" in self.process.stderr.read().decode():
            raise Skip("the build has no server")
        self.port = int(re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)/\n", line).group(1))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        out, self.errors = self.process.communicate(timeout=20)
        assert b"CRITICAL" not in self.errors and b"Sanitizer" not in self.errors, self.errors.decode()

    def ask(self, method, path, body=None, kind=None, **headers):
        """Status, headers and body of one answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {key.replace("_", "-"): value for key, value in headers.items()}
        if kind:
            headers["Content-Type"] = kind
        connection.request(method, path, body.encode() if isinstance(body, str) else body, headers)
        answer = connection.getresponse()
        got = answer.status, answer.headers, answer.read()
        connection.close()
        return got

    def post(self, body, kind="text/plain", query="", **headers):
        status, got, answer = self.ask("POST", "/v1/documents" + query, body, kind, **headers)
        return status, answer

    def code(self, *arguments, **more):
        """Status and error code of an answer to a post."""
        status, answer = self.post(*arguments, **more)
        return status, json.loads(answer)["error"]["code"]

    def sample(self, name, labels=""):
        return openmetrics.parse(self.ask("GET", "/metrics")[2].decode())[(name, labels)]

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def raw(self, data, patience=0.4):
        """What comes back for bytes, up to the end of the connection or a while of nothing."""
        with self.connect() as link:
            link.sendall(data)
            link.settimeout(patience)
            return drain(link)


def make(name):
    with open(name, "w", encoding="utf-8"):
        pass


def wait_for(condition):
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.01)


def drain(link):
    got = b""
    try:
        while piece := link.recv(65536):
            got += piece
    except (TimeoutError, ConnectionError):
        pass
    return got
