#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`aver serve` among strangers: paths that try to leave, requests that are none, crowds, clients that dawdle, and where it
listens. After each it answers as before. TAP on standard output.

test-server.py AVER [REQUESTS [SEED]]   how many random requests, 1500 unless told
"""
import gzip
import json
import os
import random
import select
import socket
import sys
import time

tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [tests, os.path.join(tests, "cli")]
from tap import contains, equal, is_sanitized, main, test
from serving import TEXT, Server, aver, drain

REQUESTS = int(sys.argv[2]) if len(sys.argv) > 2 else 1500
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 7
STAGES = ["auto-reader", "sentence-splitter", "quote-attributor", "jsonl-writer"]
POST = b"POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
# Leaks are told by where they were made, which takes whole stacks.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":fast_unwind_on_malloc=0"
os.environ["LSAN_OPTIONS"] = f"suppressions={tests}/lsan.supp:print_suppressions=0"
SECRET = b"the harbour code is 7734"


def open_sockets(pid):
    found = set()
    for name in os.listdir(f"/proc/{pid}/fd"):
        try:
            link = os.readlink(f"/proc/{pid}/fd/{name}")
        except FileNotFoundError:
            continue
        if link.startswith("socket:["):
            found.add(link[8:-1])
    return found


class Hostile(Server):
    """A server that has to be as it was when its block ends: same answers, no more sockets, memory within bounds."""

    def __init__(self, *arguments):
        super().__init__(*arguments, stages=STAGES)
        self.first = self.post(TEXT)
        equal(self.first[0], 200)
        self.open = self.sockets()

    def __exit__(self, *error):
        if error[0] is None:
            self.settle()
            equal(self.post(TEXT), self.first)
            assert self.peak() <= 256 or is_sanitized(aver), self.peak()
        super().__exit__(*error)

    def sockets(self):
        return len(open_sockets(self.process.pid))

    def settle(self):
        """Waits until no connection is left."""
        for _ in range(200):
            if self.sockets() <= self.open:
                return
            time.sleep(0.05)
        raise AssertionError(f"{self.sockets()} sockets are open instead of {self.open}")

    def peak(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024

    def ask_raw(self, data):
        """The answer to bytes after which nothing more comes."""
        with self.connect() as link:
            try:
                link.sendall(data)
                link.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # it has said what it has to say, and left
            link.settimeout(20)
            return drain(link)


def paths():
    """Paths to a file that is there, and to others, by all ways out of a root that are known."""
    up = [b"..", b"%2e%2e", b"%2E.", b".%2e", b"%252e%252e", b"..;", b"....//", b"..%00", b"%c0%ae%c0%ae", b"%u002e%u002e", b"..%5c", b"..\\",
          b"\xc0\xae\xc0\xae", b"..%2f", b"%2e%2e%2f", b".%00.", b"..%0d%0a", b"..\t", b"%ff%fe"]
    found = [b"/" + b"/".join([way] * 8) + b"/" + target for way in up for target in (b"etc/passwd", b"secret.txt")]
    found += [b"/" + name for name in (b"secret.txt", b"./secret.txt", b"/secret.txt", b"%73ecret.txt", b"secret.txt%00.html", b"secret.txt?", b"p.json",
                                       b"program.sh", b"link.txt", b"%2fetc%2fpasswd", b"/etc/passwd", b"\\etc\\passwd", b"C:\\secret.txt",
                                       b"file:///etc/passwd", b"proc/self/environ", b"proc/self/fd/0", b"dev/stdin", b"~root/", b".git/config",
                                       b"v1/documents/../../secret.txt", b"v1/pipeline/%2e%2e/secret.txt", b"healthz/../secret.txt", b"a" * 60000,
                                       b"%", b"%2", b"%zz", b"%00", b"%n%n%s", b"${PATH}", b"`id`", b"$(id)", b"|id", b"..", b".", b"'; DROP TABLE quote",
                                       b"<script>alert(1)</script>", b"\x1b[2J", "é".encode(), b"\xff")]
    found += [b"file:///etc/passwd", b"http://localhost/secret.txt", b"http://localhost/../secret.txt", b"http://evil.example/", b"*", b"//evil.example/",
              b"secret.txt", b"", b"http://", b"http:///", b"ftp://localhost/secret.txt", b"javascript:alert(1)", b"localhost:80"]
    return found


@test
def no_path_leads_to_a_file():
    with open("secret.txt", "wb") as file:
        file.write(SECRET)
    os.symlink("secret.txt", "link.txt")
    tried = 0
    with Hostile() as server:
        for path in paths():
            for method in (b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"CONNECT", b"TRACE", b"OPTIONS"):
                got = server.ask_raw(method + b" " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Mine: 7734\r\n\r\n")
                tried += 1
                head = got.split(b"\r\n", 1)[0]
                is_page = path in (b"/.", b"/..") and method in (b"GET", b"HEAD")  # what lies above the root is the root
                assert head[:10] in (b"HTTP/1.1 4", b"HTTP/1.0 4", b"") or is_page, (method, path[:90], got[:200])
                for leak in (b"root:", SECRET, b"<script>alert", b"\x1b", b"X-Mine"):
                    assert leak not in got, (method, path[:90], got[:300])
    print(f"# {tried} requests for {len(paths())} paths")


def requests():
    """What clients send that mean well."""
    page = gzip.compress(TEXT.encode())
    text = TEXT.encode()
    return [b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET /metrics HTTP/1.0\r\n\r\n", b"GET /v1/pipeline HTTP/1.1\r\nHost: [::1]:80\r\nAccept: */*\r\n\r\n",
            POST + b"Content-Length: %d\r\n\r\n" % len(text) + text,
            POST + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(text) + text + b"\r\n0\r\n\r\n",
            POST + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(page) + page,
            POST.replace(b"text/plain", b"application/json") + b'Content-Length: 26\r\n\r\n{"id":"a","text":"It is."}',
            POST.replace(b"documents", b"documents?name=a.txt&layers=quote&text=true").replace(b"plain", b"html; charset=windows-1252")
            + b"Expect: 100-continue\r\nContent-Length: 14\r\n\r\n<p>It rained.<",
            POST.replace(b"text/plain", b"application/x-ndjson") + b'Content-Length: 30\r\n\r\n{"text":"a"}\n{"text":"b"}\n{no}\n']


PIECES = [b"\r\n", b"\n", b"\r", b"\0", b" ", b":", b"\r\n\r\n", b"Content-Length: 5\r\n", b"Content-Length: -5\r\n", b"Content-Length: 99999999999999999999\r\n",
          b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: gzip, chunked\r\n", b"Host: evil.example\r\n", b"Host: localhost\r\n", b"Connection: upgrade\r\n",
          b"Upgrade: websocket\r\n", b"Range: bytes=0-1\r\n", b"Expect: 100-continue\r\n", b"Expect: nothing\r\n", b"Content-Encoding: gzip, gzip, gzip\r\n",
          b"Content-Type: multipart/form-data; boundary=x\r\n", b"Content-Type: text/plain; charset=utf-7\r\n", b"Origin: http://localhost\r\n", b"If-Match: *\r\n",
          b"\xff\xfe", b"%", b"?", b"&", b"ffffffffffffffff\r\n", b"0\r\n\r\n", b"HTTP/9.9", b"HTTP/1.0", b"X: " + b"y" * 9000 + b"\r\n", b" folded\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"]


def spoil(chance, data):
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        at, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        end = min(end, at + chance.choice((1, 1, 3, 20)))
        data = chance.choice((data[:at] + data[end:], data[:at] + chance.choice(PIECES) + data[at:], data[:at] + data[at:end] * 3 + data[end:], data[:at],
                              data[:at] + chance.randbytes(3) + data[end:], data + data[at:], data[:at] + chance.choice(PIECES) + data[end:])) or b"G"
    return data


@test
def random_requests_cost_their_connection_only():
    chance = random.Random(SEED)
    answers = {}
    with Hostile("--max-size", "20000", "--timeout", "5") as server:
        for _ in range(REQUESTS):
            data = spoil(chance, chance.choice(requests()))
            got = server.ask_raw(data)
            code = got[9:12].decode(errors="replace")
            answers[code] = answers.get(code, 0) + 1
            assert got == b"" or got.startswith((b"HTTP/1.1 ", b"HTTP/1.0 ")), (data, got[:200])
            assert code in ("", "100", "200", "206", "400", "403", "404", "405", "408", "411", "413", "414", "415", "416", "417", "431", "500", "501", "505"), (data, got[:200])
            assert code != "500" or b'"error"' in got, (data, got[:400])
    assert len(answers) >= 6, answers
    print(f"# seed {SEED}: {sorted(answers.items())}")


@test
def a_crowd_is_turned_away_and_forgotten():
    with Hostile("--max-connections", "60") as server:
        links, turned = [], 0
        for i in range(1000):
            links.append(server.connect())
            if i % 3 == 0:
                links[-1].sendall(POST)
            if len(links) > 200:
                links.pop(0).close()
        for _ in range(100):  # until what was said to the last has come
            said = select.select(links, [], [], 0.05 if turned else 20)[0]
            if not said:
                break
            for link in said:
                try:
                    turned += b"503" in link.recv(1000)
                except ConnectionError:
                    pass
                links.remove(link)
                link.close()
        for link in links:
            link.close()
        assert turned > 0, turned
    print(f"# 1000 connections, 60 at once, {turned} of the last 200 were told")


@test
def those_who_dawdle_are_left():
    """A byte now and then, of a head, a body and a chunk, does not keep a connection; nor does an answer that is not taken."""
    slow = [b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ", POST + b"Content-Length: 15000\r\n\r\n", POST + b"Transfer-Encoding: chunked\r\n\r\nfff\r\n"]
    with Hostile("--timeout", "1", "--max-size", "20000") as server:
        links = [server.connect() for _ in range(60)]
        for i, link in enumerate(links):
            link.sendall(slow[i % 3])
        left = set(links)
        for _ in range(400):
            for link in list(left):
                try:
                    link.send(b"x")
                except OSError:
                    left.discard(link)
            for link in select.select(list(left), [], [], 0.05)[0]:
                try:
                    if not link.recv(4096):
                        left.discard(link)
                except ConnectionError:
                    left.discard(link)
            if not left:
                break
        equal(len(left), 0)
        for link in links:
            link.close()
        with server.connect() as link:  # many requests at once, whose answers nobody takes
            link.settimeout(0.5)
            try:
                for _ in range(200):
                    link.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 50)
            except OSError:
                pass
            equal(server.post(TEXT), server.first)


@test
def what_unpacks_to_much_is_refused():
    bomb = gzip.compress(b"It rained. " * 4000000)
    with Hostile() as server:
        for body in (bomb, gzip.compress(bomb), bomb[:-9], bomb * 3):
            status, answer = server.post(body, Content_Encoding="gzip")
            assert status in (400, 413), (status, answer[:200])
        status, answer = server.post(b"[" * 1000000, "application/json")
        equal((status, json.loads(answer)["error"]["code"]), (400, "bad-syntax"))
        status, answer = server.post("“" * 1000000 + "it rained")
        equal(status, 200)


def listening(pid):
    """Addresses, in hexadecimal, at which a process listens."""
    sockets = open_sockets(pid)
    found = []
    for table in ("tcp", "tcp6", "udp", "udp6"):
        if os.path.exists(f"/proc/{pid}/net/{table}"):
            with open(f"/proc/{pid}/net/{table}", encoding="ascii") as file:
                rows = [line.split() for line in file.readlines()[1:]]
            found += [(table, row[1].split(":")[0]) for row in rows if row[9] in sockets and row[3] in ("0A", "07")]
    return sorted(found)


@test
def it_listens_where_it_was_asked_to():
    loopback = {("tcp", "0100007F"), ("tcp6", "0" * 24 + "01000000")}
    with Server(stages=STAGES) as server:
        found = listening(server.process.pid)
        assert found and set(found) <= loopback, found
    equal(server.errors, b"")
    with Server("--address", "127.0.0.1", stages=STAGES) as server:
        equal(listening(server.process.pid), [("tcp", "0100007F")])


@test
def a_name_in_a_request_steers_nothing():
    """Neither heads of the answer nor the terminal of `--verbose`."""
    with Server("-v", stages=STAGES) as server:
        for name in ("a%0d%0aSet-Cookie:%20x=1", "%1b[2J", "%00", "%e2%80%ae", "..%2f..%2fa", "%ff", "con", "a" * 3000):
            with server.connect() as link:
                link.settimeout(5)
                link.sendall(POST.replace(b"documents", b"documents?name=" + name.encode()) + b"Connection: close\r\nContent-Length: 9\r\n\r\nIt rained")
                got = drain(link)
            contains(got[:13], b"HTTP/1.1 ")
            assert b"\x1b" not in got and b"\r\nSet-Cookie" not in got, got
            for line in got.split(b"\r\n\r\n", 1)[1].splitlines():
                if line.startswith(b"{"):
                    json.loads(line)
        Hostile.ask_raw(server, b"GET /\x1b[2J%1b[2J\xe2\x80\xae HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert b"\x1b" not in server.errors and "\u202e" not in server.errors.decode(), server.errors


main()
