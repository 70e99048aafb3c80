#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`aver serve`: its answers beside `aver run`'s, limits, hostile clients, and its end; TAP on standard output.

test-serve.py AVER TOYS FIXTURES   the folders hold plugins made for tests
"""
import gzip
import http.client
import io
import json
import os
import re
import resource
import signal
import socket
import struct
import subprocess
import sys
import tarfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tap import contains, equal, main, test

import openmetrics
from serving import TEXT, Server, aver, drain, make, wait_for


def run(data, *arguments):
    """What `aver run` writes of standard input."""
    return subprocess.run([aver, "run", "p.json", "-q", *arguments], input=data, stdout=subprocess.PIPE, check=False,
                          stderr=subprocess.DEVNULL).stdout


@test
def answers_are_those_of_run():
    page = "<!doctype html><title>Tram</title><article><h1>Tram</h1>" + "<p>The tram was late, Ilo Brandt said on Monday.</p>" * 9
    record = {"id": "a", "text": TEXT, "metadata": {"title": "Bridge"}}
    lines = "".join(json.dumps({"id": f"n{i}", "text": f"Line {i}. {TEXT}"}) + "\n" for i in range(100))
    with Server() as server:
        for body, kind, reader in ((TEXT, "text/plain", "text-reader"), (page, "text/html", "html-reader"),
                                   (json.dumps(record), "application/json", "jsonl-reader"),
                                   (lines, "application/x-ndjson", "jsonl-reader"), (lines, None, "auto-reader"),
                                   (page, "application/octet-stream", "auto-reader"), (TEXT, None, "auto-reader")):
            expected = run(body.encode(), "--reader", reader)
            assert expected.count(b"\n") in (1, 100), (kind, expected)
            equal(server.post(body.encode(), kind), (200, expected))
        equal(server.post(json.dumps(record, indent=2), "application/json"), (200, run(json.dumps(record).encode(), "--reader", "jsonl-reader")))
        equal(server.post(gzip.compress(lines.encode()), "application/x-ndjson", Content_Encoding="gzip")[1], run(lines.encode(), "--reader", "jsonl-reader"))
        expected = run("é “x”.".encode("cp1252"), "--reader", "text-reader", "--set", "text-reader.charset=windows-1252", "--set", "jsonl-writer.text=true")
        equal(server.post("é “x”.".encode("cp1252"), "text/plain; charset=windows-1252", "?text=true")[1], expected)
        named = json.loads(server.post(TEXT, query="?name=on%20time.txt&text=true")[1])
        equal((named["id"], named["metadata"]["source"], named["text"]), ("on time.txt", "on time.txt", TEXT))
        equal(server.post('{"id":"drop","text":"x"}', "application/json"), (204, b""))


@test
def a_batch_streams_in_order_with_a_failed_document_in_its_middle():
    texts = ["first", "goes badly", "gated", "last"]
    body = "".join(json.dumps({"id": text, "text": text}) + "\n" for text in texts).encode() + b"{\n"
    with Server() as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("POST", "/v1/documents", body, {"Content-Type": "application/x-ndjson"})
        answer = connection.getresponse()
        rows = [json.loads(answer.readline())]
        with open("go", "w", encoding="utf-8"):
            pass
        rows += [json.loads(line) for line in answer]
        connection.close()
        equal([row.get("id") for row in rows], ["first", None, "gated", "last", None])
        equal((rows[1]["error"]["line"], rows[1]["error"]["stage"]), (2, "program"))
        equal((rows[4]["error"]["code"], rows[4]["error"]["line"]), ("bad-syntax", 5))


@test
def requests_that_are_wrong_are_told_what_was_expected():
    with Server("--max-size", "2000") as server:
        equal(server.code(b"x", "image/png"), (415, "bad-type"))
        equal(server.code(b"x", "application/x-www-form-urlencoded"), (415, "bad-type"))
        equal(server.code(b"x", "text/plain; charset=klingon"), (415, "bad-charset"))
        equal(server.code(b"x", Content_Encoding="br"), (415, "bad-coding"))
        equal(server.code(b"x", Content_Encoding="gzip"), (400, "bad-coding"))
        equal(server.code(gzip.compress(b"x" * 100000), Content_Encoding="gzip"), (413, "too-large"))
        equal(server.code(b"x", query="?colour=red"), (400, "bad-query"))
        equal(server.code(b"x", query="?name=%0a"), (400, "bad-query"))
        equal(server.code(b"x", query="?text=maybe"), (400, "bad-query"))
        equal(server.code(b"x", query="?text"), (400, "bad-query"))
        equal(server.code(b"a\xff", "text/plain; charset=utf-8"), (400, "bad-encoding"))
        equal(server.code(b"{", "application/json"), (400, "bad-syntax"))
        equal(server.code(b'{"text": 3}', "application/json"), (400, "bad-syntax"))
        equal(server.code(b'{"text": "a\nb"}', "application/json"), (400, "bad-syntax"))
        equal(server.code(b"", "application/json"), (400, "no-document"))
        equal(server.code(b"x" * 3000), (413, "too-large"))
        equal(server.code(b"badly"), (500, "stage-failed"))
        status, headers, body = server.ask("PUT", "/v1/documents", b"x")
        equal((status, headers["Allow"], json.loads(body)["error"]["code"]), (405, "POST", "bad-method"))
        equal(server.ask("DELETE", "/")[1]["Allow"], "GET, HEAD")
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as tar:
            for name in ("a.txt", "b.txt"):
                info = tarfile.TarInfo(name)
                info.size = 2
                tar.addfile(info, io.BytesIO(b"x\n"))
        equal(server.code(gzip.compress(packed.getvalue()))[0] // 100, 4)


@test
def nothing_but_what_is_served_is_found():
    with Server() as server:
        for path in ("/../etc/passwd", "/%2e%2e/etc/passwd", "/..%2fetc/passwd", "/p.json", "//", "/v1", "/v1/documents/",
                     "/\\..\\p.json", "/proc/self/environ"):
            status, headers, body = server.ask("GET", path)
            equal((path, status, json.loads(body)["error"]["code"]), (path, 404, "not-found"))
        contains(server.raw(b"GET /%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 20).split(b"\r\n")[0], b" 40")
        for path in ("/", "/healthz", "/nothing"):
            status, headers, body = server.ask("GET", path)
            equal((headers["Cache-Control"], headers["X-Content-Type-Options"], headers["Referrer-Policy"]), ("no-store", "nosniff", "same-origin"))
            contains(headers["Content-Security-Policy"], "default-src 'none'", "frame-ancestors 'none'")
        equal(server.ask("HEAD", "/healthz")[2], b"")


@test
def others_than_this_machine_and_its_pages_are_refused():
    with Server() as server:
        for host, status in (("evil.example", 403), ("127.0.0.1.evil.example:80", 403), ("localhost:1", 200), ("[::1]:80", 200), ("10.0.0.1", 403)):
            equal((host, server.ask("GET", "/healthz", Host=host)[0]), (host, status))
        for line in (b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost", b"GET http://localhost/ HTTP/1.1\r\nHost: evil.example",
                     b"GET http://evil.example/ HTTP/1.0"):
            contains(server.raw(line + b"\r\nConnection: close\r\n\r\n", 20)[:13], b" 403")
        contains(server.raw(b"GET http://[::1]:9/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 20)[:13], b" 200")
        here = f"http://127.0.0.1:{server.port}"
        for origin, status in (("http://evil.example", 403), ("null", 403), (here + "0", 403), (here, 200)):
            equal((origin, server.post(TEXT, Origin=origin)[0]), (origin, status))
        equal(server.code(TEXT, Sec_Fetch_Site="cross-site"), (403, "cross-site"))
        try:
            address = [row[4][0] for row in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
        except OSError:
            address = []
        for other in address + ["127.0.0.2"]:
            if other != "127.0.0.1":
                with socket.socket() as link:
                    equal((other, link.connect_ex((other, server.port)) != 0), (other, True))


@test
def who_lets_others_in_is_told_what_that_means():
    with Server("--host", "aver.example") as server:
        equal([server.ask("GET", "/healthz", Host=host)[0] for host in ("aver.example", "AVER.example:80", "x.aver.example", "10.0.0.1")],
              [200, 200, 403, 403])
    process = subprocess.Popen([aver, "serve", "p.json", "--port", "0", "--address", "0.0.0.0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    server.port = int(process.stdout.readline().decode().strip("/\n").rsplit(":", 1)[1])
    equal([server.ask("GET", "/healthz", Host=host)[0] for host in ("10.0.0.1", "[fe80::1]:80", "evil.example")], [200, 200, 403])
    process.send_signal(signal.SIGTERM)
    errors = process.communicate(timeout=20)[1]
    equal(process.returncode, 0)
    contains(errors, b"aver: others than this machine can reach the server")


@test
def malformed_requests_cost_their_connection_only():
    with Server("--max-size", "2000") as server:
        post = b"POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
        for data, expected in (
                (b"BLAH\r\n\r\n", b"400"), (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"400"), (b"GET / HTTP/1.1\r\n\r\n", b"400"),
                (b"GET /healthz HTTP/1.0\r\n\r\n", b"200"), (post + b"Content-Length: -1\r\n\r\n", b"400"),
                (post + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"400"),
                (post + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", b"400"),
                (post + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", None),
                (b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 300000 + b"\r\n\r\n", None)):
            got = server.raw(data, 0.4 if expected is None else 20)
            assert expected is None or got.split(b" ")[1:2] == [expected], (data[:90], got[:300])
            assert got.count(b"HTTP/1.1 200") == 0 or expected == b"200", got[:300]
        # Too much: told while it is being sent.
        for head in (b"Content-Length: 1000000000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\nffffff\r\n"):
            with server.connect() as link:
                link.sendall(post + head + b"x" * 5000)
                link.settimeout(3)
                got = drain(link)
                contains(got.split(b"\r\n")[0], b"413")
                contains(got, b'"too-large"')
        got = server.raw(post + b"Content-Length: 5000\r\nExpect: 100-continue\r\n\r\n", 20)
        contains(got.split(b"\r\n")[0], b"413")
        got = server.raw(post + b"Connection: close\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nx\n", 20)
        contains(got, b"HTTP/1.1 100 ", b"HTTP/1.1 200 ")
        # Two requests at once on one connection.
        one = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
        equal(server.raw(one + b"\r\n" + one + b"Connection: close\r\n\r\n", 20).count(b'{"status":"ok"}'), 2)
        equal(server.ask("GET", "/healthz")[0], 200)


@test
def slow_clients_are_left_and_stop_nobody():
    def begin_slowly(server):
        post = b"POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nx"
        links = [server.connect() for _ in range(200)]
        for i, link in enumerate(links):
            link.sendall((b"GET / HT", post, b"")[i % 3])
        return links

    # They may take minutes, the others need not wait for them.
    with Server("--timeout", "300") as server:
        links = begin_slowly(server)
        equal(server.post(TEXT)[0], 200)
        for link in links:
            link.close()
    with Server("--timeout", "0.8", "--max-connections", "300") as server:
        for link in begin_slowly(server):
            link.settimeout(20)
            contains(drain(link), b"408 Request Timeout", b'"slow-request"')
            link.close()
        # One connection too many.
        links = [server.connect() for _ in range(300)]
        with server.connect() as link:
            contains(drain(link), b"503", b'"too-many-connections"')
        for link in links:
            link.close()
        time.sleep(0.1)
        equal(server.ask("GET", "/healthz")[0], 200)
        equal(len(os.listdir(f"/proc/{server.process.pid}/fd")) < 60, True)


@test
def a_full_line_turns_away_and_a_late_document_is_told():
    with Server("--max-waiting", "1", "--timeout", "0.3") as server:
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(server.post(b"slowly"))) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        codes = sorted((status, json.loads(answer)["error"]["code"]) for status, answer in answers)
        assert codes.count((429, "busy")) == 3 and (504, "timeout") in codes, codes
        time.sleep(0.5)
        equal(server.post(b"quick")[0], 200)
        body = "".join(json.dumps({"id": text, "text": text}) + "\n" for text in ("a", "slowly", "b"))
        status, answer = server.post(body, "application/x-ndjson")
        rows = [json.loads(line) for line in answer.splitlines()]
        equal([row.get("id") or row["error"]["code"] for row in rows], ["a", "timeout", "b"])


@test
def a_reader_that_does_not_read_is_left():
    lines = b"".join(json.dumps({"id": str(i), "text": "A word. " * 400}).encode() + b"\n" for i in range(600))
    with Server("--timeout", "1", stages=["jsonl-reader", "sentence-splitter", "jsonl-writer"]) as server:
        with server.connect() as link:
            link.sendall(b"POST /v1/documents?text=true HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                         + b"Content-Length: %d\r\n\r\n" % len(lines) + lines)
            equal(server.post(TEXT)[0], 200)
            time.sleep(1.6)
            got = drain(link)
            assert got and not got.endswith(b"0\r\n\r\n"), len(got)
        equal(server.post(lines, "application/x-ndjson")[1].count(b"\n"), 600)


def begin(server, *texts, query=""):
    """A text of many documents, sent on a connection of its own."""
    body = "".join(json.dumps({"id": text, "text": text}) + "\n" for text in texts).encode()
    link = server.connect()
    link.sendall(b"POST /v1/documents%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-ndjson\r\n"
                 b"Content-Length: %d\r\n\r\n" % (query.encode(), len(body)) + body)
    return link


def ids(link):
    """Those of the documents in an answer."""
    link.settimeout(20)
    answer = http.client.HTTPResponse(link)
    answer.begin()
    return [json.loads(line)["id"] for line in answer]


@test
def a_long_text_lets_others_have_their_turn():
    texts = ["gated", *(f"d{i}" for i in range(1, 60)), "locked", *(f"e{i}" for i in range(60))]
    with Server("-j", "1") as server, begin(server, *texts) as link:
        answers = []
        wait_for(lambda: server.sample("aver_busy_workers") == 1)
        thread = threading.Thread(target=lambda: answers.append(server.post(TEXT)[0]))
        thread.start()
        wait_for(lambda: server.sample("aver_waiting_requests") == 1)
        make("go")
        thread.join()
        make("key")
        equal((answers, ids(link)), ([200], texts))


@test
def an_answer_that_is_taken_late_goes_on():
    texts = [f"{i}: " + "A word. " * 400 for i in range(600)]
    seen = [-1]

    def stands_still(server):
        seen.append(server.sample("aver_documents_total", 'result="written"'))
        time.sleep(0.05)
        return seen[-1] == seen[-2] > 0

    with Server(stages=["jsonl-reader", "sentence-splitter", "jsonl-writer"]) as server, begin(server, *texts, query="?text=true") as link:
        wait_for(lambda: stands_still(server))
        assert seen[-1] < len(texts), seen
        equal(ids(link), texts)


@test
def what_nobody_waits_for_is_left():
    with Server("-j", "1") as server:
        with begin(server, "gated", "locked", *(f"d{i}" for i in range(500))) as link:
            wait_for(lambda: server.sample("aver_busy_workers") == 1)
            link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        make("go")
        wait_for(lambda: server.sample("aver_http_connections") == 1)
        make("key")
        equal(server.post(TEXT)[0], 200)
        assert server.sample("aver_documents_total", 'result="written"') < 10


@test
def a_stage_that_does_not_come_back_is_not_waited_for():
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what ignores it has children that do
    for number in (signal.SIGTERM, signal.SIGINT):
        with Server("--timeout", "1", "-j", "1") as server, begin(server, "locked", "after"):
            wait_for(lambda: server.sample("aver_busy_workers") == 1)
            server.process.send_signal(number)
            equal(server.process.wait(timeout=20), 0)
        make("key")
        os.unlink("key")


@test
def connections_wait_while_no_file_can_be_opened():
    def is_answered(link):
        link.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        link.settimeout(0.25)
        try:
            return link.recv(4096) != b""
        except TimeoutError:
            return False

    with Server() as server:
        equal(server.ask("GET", "/healthz")[0], 200)
        pid = server.process.pid
        most = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (max(map(int, os.listdir(f"/proc/{pid}/fd"))) + 1, most[1]))
        links = [server.connect()]
        while is_answered(links[-1]) and len(links) < 50:
            links.append(server.connect())
        assert len(links) < 50
        resource.prlimit(pid, resource.RLIMIT_NOFILE, most)
        links[-1].settimeout(20)
        contains(links[-1].recv(4096), b"HTTP/1.1 200 OK")
        for link in links:
            link.close()
    equal(server.errors, b"")


@test
def figures_and_descriptions_are_what_they_say():
    with Server("--set", "jsonl-reader.text=body") as server:
        server.post(TEXT)
        server.post(b"badly")
        equal(server.post(b'{"id":"a","body":"x"}', "application/json")[0], 200)
        status, headers, text = server.ask("GET", "/metrics")
        contains(headers["Content-Type"], "application/openmetrics-text; version=1.0.0")
        samples = openmetrics.parse(text.decode())
        equal(samples[("aver_documents_total", 'result="written"')], 2)
        equal(samples[("aver_stage_failed_documents_total", 'stage="program"')], 1)
        equal(samples[("aver_http_requests_total", 'code="500"')], 1)
        described = json.loads(server.ask("GET", "/v1/pipeline")[2])
        equal([stage["name"] for stage in described["stages"]], ["auto-reader", "sentence-splitter", "program", "jsonl-writer"])
        equal(described["stages"][1]["options"]["style"], "news")
        equal(server.ask("GET", "/healthz")[2], b'{"status":"ok"}')


def check_schema(schema, root, where):
    """Whether a schema is made of what JSON Schema knows, and its references lead somewhere."""
    known = {"type", "description", "properties", "required", "items", "enum", "default", "minimum", "minLength", "maxLength", "pattern",
             "additionalProperties", "$ref"}
    if schema in (True, False):
        return
    assert isinstance(schema, dict) and set(schema) <= known, (where, schema)
    if "$ref" in schema:
        node = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            node = node[part]
    for name, value in schema.get("properties", {}).items():
        check_schema(value, root, where + "." + name)
    assert set(schema.get("required", [])) <= set(schema.get("properties", {})), where
    for key in ("items", "additionalProperties"):
        if key in schema:
            check_schema(schema[key], root, where + "." + key)


def resolve(node, root):
    for part in node["$ref"].removeprefix("#/").split("/") if "$ref" in node else ():
        root = root[part]
    return root if "$ref" in node else node


@test
def the_openapi_description_holds():
    with Server() as server:
        api = json.loads(server.ask("GET", "/v1/openapi.json")[2])
        equal(api["openapi"][:4], "3.1.")
        assert set(api) <= {"openapi", "info", "servers", "tags", "paths", "components"} and {"title", "version"} <= set(api["info"])
        for name, schema in api["components"]["schemas"].items():
            check_schema(schema, api, name)
        operations = set()
        for path, methods in api["paths"].items():
            for method, operation in methods.items():
                operations.add(operation["operationId"])
                for parameter in operation.get("parameters", []):
                    assert parameter["in"] in ("query", "header") and parameter["name"], parameter
                    check_schema(parameter["schema"], api, path)
                for status, answer in operation["responses"].items():
                    answer = resolve(answer, api)
                    assert re.fullmatch(r"[2-5]\d\d", status) and answer["description"], (path, status)
                    for media in answer.get("content", {}).values():
                        check_schema(media["schema"], api, path + status)
                if method == "get":
                    status, headers, body = server.ask("GET", path)
                    contains(list(operation["responses"]["200"]["content"]), headers["Content-Type"].split(";")[0])
                    equal(status, 200)
                    equal(server.ask("POST", path, b"x", "text/plain")[0], 405)
        equal(len(operations), len(api["paths"]))
        known = api["components"]["schemas"]["Error"]["properties"]["error"]["properties"]["code"]["description"]
        for kind in api["paths"]["/v1/documents"]["post"]["requestBody"]["content"]:
            status, answer = server.post(b'{"text":"x"}', kind)
            assert status == 200 or json.loads(answer)["error"]["code"] in known, (kind, answer)


@test
def what_is_under_way_is_finished_when_it_stops():
    with Server("-v") as server:
        answers = []
        thread = threading.Thread(target=lambda: answers.append(server.post(b"slowly secret")))
        idle = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
        idle.request("GET", "/healthz")
        equal(idle.getresponse().read(), b'{"status":"ok"}')
        thread.start()
        time.sleep(0.2)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.1)
        idle.request("GET", "/healthz")
        equal(idle.getresponse().status, 503)
        with socket.socket() as link:
            assert link.connect_ex(("127.0.0.1", server.port)) != 0
        thread.join()
        equal(answers[0][0], 200)
        equal(server.process.wait(timeout=5), 0)
        idle.close()
    contains(server.errors, b"POST /v1/documents 200, 13 bytes in")
    assert b"secret" not in server.errors


@test
def a_second_signal_ends_at_once():
    with Server() as server:
        thread = threading.Thread(target=lambda: drain(link))
        link = server.connect()
        link.sendall(b"POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 8\r\n\r\nsleeping")
        thread.start()
        time.sleep(0.15)
        began = time.monotonic()
        while server.process.poll() is None and time.monotonic() - began < 1.5:
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.03)
        equal(server.process.poll(), -signal.SIGTERM)
        thread.join()
        link.close()


@test
def mistakes_are_usage_errors():
    with Server():
        pass
    for arguments, text in (([], "no pipeline file"), (["p.json", "--port", "70000"], "--port is 70000"), (["p.json", "--max-size", "0"], "--max-size"),
                            (["p.json", "--timeout", "0"], "--timeout"), (["p.json", "--address", "nowhere"], "--address is 'nowhere'"),
                            (["none.json"], "none.json")):
        done = subprocess.run([aver, "serve", *arguments], capture_output=True, check=False, timeout=10)
        equal((arguments, done.returncode), (arguments, 2))
        contains(done.stderr.decode(), text)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run([aver, "serve", "p.json", "--port", str(taken.getsockname()[1])], capture_output=True, check=False, timeout=10)
        equal(done.returncode, 3)
        contains(done.stderr.decode(), "cannot listen at 127.0.0.1")
    with socket.socket(socket.AF_INET6) as taken:
        try:
            taken.bind(("::1", 0))
        except OSError:
            return
        taken.listen()
        done = subprocess.run([aver, "serve", "p.json", "--port", str(taken.getsockname()[1])], capture_output=True, check=False, timeout=10)
        equal(done.returncode, 3)
        contains(done.stderr.decode(), "cannot listen at ::1")


main()
