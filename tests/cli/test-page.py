#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the browser's page asks `aver serve` for, without a browser: its files, documents with their layers, a form. TAP on standard output.

test-page.py AVER TOYS FIXTURES   the folders hold plugins made for tests
"""
import json
import os
import re
import sys
import urllib.error
import urllib.request

tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [tests, os.path.join(tests, "browser")]
from browser import Server, articles
from tap import contains, equal, main, test

aver = os.path.abspath(sys.argv[1])
if not os.path.exists(os.path.join(os.path.dirname(aver), "aver-serve.so")):
    print("1..0 # SKIP no server in this build")
    sys.exit(0)
server = Server(aver, "news.json")


def ask(path, body=None, **headers):
    request = urllib.request.Request(server.url + path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def read(name):
    with open(os.path.join(articles, name), "rb") as file:
        return file.read()


def draw(record):
    status, _, body = ask("article", json.dumps(record).encode(), Content_Type="application/json", Accept="text/html")
    return status, body


def record_of(name):
    return json.loads(ask("v1/documents?name=a&text=true", read(name), Content_Type="text/plain")[2])


@test
def the_page_needs_nothing_but_its_own_files():
    status, headers, page = ask("")
    equal((status, headers["Content-Type"]), (200, "text/html; charset=utf-8"))
    contains(headers["Content-Security-Policy"], "default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'")
    names = set(re.findall(r'(?:href|src)="/([^"]+)"', page))
    waiting = sorted(names)
    for name in waiting:
        status, headers, body = ask(name)
        equal((name, status), (name, 200))
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|innerHTML|eval\(", body), name
        for other in re.findall(r'from "\./([a-z]+\.js)"', body):
            if other not in names:
                names.add(other)
                waiting.append(other)
    equal(names, {"article.css", "page.css", "icon.svg", "main.js", "corrections.js", "editor.js", "elements.js", "server.js", "text.js", "view.js"})


@test
def a_document_with_its_layers_is_drawn_as_it_was():
    for name in ("agency-harbour.txt", "court-ferry.txt", "interview-archive.txt"):
        analysed = ask("v1/documents?name=a", read(name), Content_Type="text/plain", Accept="text/html")
        equal(analysed[0], 200)
        equal(draw(record_of(name)), (200, analysed[2]))


@test
def what_is_wrong_in_a_document_is_named():
    record = record_of("court-ferry.txt")
    record["layers"]["quote"][0]["content"] = [[0, 999999]]
    status, body = draw(record)
    equal(status, 400)
    contains(body, "layers.quote[0].content")
    for wrong in ({}, [], {"text": "a"}, {"text": 1, "layers": {}}, {"text": "a", "layers": []}, {"id": "a\0", "text": "a", "layers": {}}):
        equal((wrong, draw(wrong)[0]), (wrong, 400))
    for text, message in (('{"text": "a", "metadata": [], "layers": {}}', "'metadata' is no object"), ('{"text": "a", "layers": {},}', "malformed JSON"),
                          ('{"text": "a", "layers": {"quote": [], "quote": []}}', "the key 'quote' stands twice")):
        status, _, body = ask("article", text.encode(), Content_Type="application/json", Accept="text/html")
        equal((text, status), (text, 400))
        contains(body, message)
    equal(ask("article", b"{}", Content_Type="text/plain")[0], 415)
    equal(ask("article")[0], 405)


@test
def a_form_is_answered_with_the_page():
    def post(name, file, data):
        body = f'--x\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + data + b"\r\n--x--\r\n"
        return ask("form", body, Content_Type="multipart/form-data; boundary=x")
    status, _, page = post("text", "", "“It <b>leaks</b>,” said Ada Quill.".encode())
    equal(status, 200)
    contains(page, "<title>Aver</title>", "Ada Quill</b>", "It &lt;b&gt;leaks")
    status, _, page = post("file", '; filename="<i>.txt"', read("court-ferry.txt"))
    equal(status, 200)
    contains(page, "Stroud", "&lt;i&gt;.txt")
    unnamed = b"--x\r\nX: y\r\n\r\nbefore\r\n--x\r\nContent-Disposition: form-data; name=text\r\n\r\nIt rained.\r\n--x--\r\n"
    status, _, page = ask("form", unnamed, Content_Type="multipart/form-data; boundary=x")
    equal((status, "It rained." in page, "before" in page), (200, True, False))
    for body in (b"", b"rubbish", b"--x--\r\n"):
        equal(ask("form", body, Content_Type="multipart/form-data; boundary=x")[0], 400)
    equal(ask("form", b"text=a", Content_Type="application/x-www-form-urlencoded")[0], 415)


try:
    main()
finally:
    server.stop()
