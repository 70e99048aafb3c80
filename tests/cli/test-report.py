#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The HTML of report-writer: nothing but what the report itself writes, whatever is in the documents; links, headings, labels, contrast.
TAP on standard output.

test-report.py AVER TOYS FIXTURES   the folders hold plugins made for tests
"""
import base64
import hashlib
import html.parser
import json
import os
import re
import subprocess
import sys

tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [tests, os.path.join(tests, "security")]
from injections import ALL, prepare, write_pipeline
from tap import contains, equal, main, test

aver = os.path.abspath(sys.argv[1])
articles = os.path.join(tests, "articles")
pipeline = os.path.join(os.path.dirname(os.path.dirname(articles)), "pipelines", "report.json")

COMMON = {"id", "class", "dir", "tabindex", "role", "aria-label", "aria-labelledby", "data-name"}
ALLOWED = {name: COMMON for name in
           "head body title style header nav main section article h1 h2 h3 h4 p ul ol li dl dt dd div span b small code table caption thead "
           "tbody tr td details summary blockquote fieldset legend label".split()}
ALLOWED.update(html={"lang"}, meta={"charset", "http-equiv", "content", "name"}, a=COMMON | {"href", "title"}, th=COMMON | {"scope"},
               input={"type", "name", "class", "checked"},
               svg={"class", "viewbox", "preserveaspectratio", "aria-hidden", "focusable", "role", "aria-label"},
               rect={"x", "y", "width", "height"}, path={"d"}, text={"x", "y", "text-anchor"})
VOID = {"meta", "input"}

HOSTILE = ["</style><script>alert(1)</script>", "\"'><svg/onload=alert(1)>", "<img src=x onerror=alert(1)>", "javascript:alert(1)",
           "</title></textarea></pre>]]>--><!--", "' onmouseover='x", "\u202e</main>\u2066<base href=//x>", "&lt;b&gt;&#60;", "a\tb\r\n<i>",
           "<a href=\"javascript:x\">", "\u0001d\u007f<", "x" * 5000 + "<b>", "..", "index", "%s%u%n"]


class Page(html.parser.HTMLParser):
    """Checks what it is fed, and keeps ids, links, headings and the text."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.headings, self.text, self.labels = [], [], [], [], [], 0
        self.style, self.policy = "", ""
        self.feed(text)
        self.close()
        equal(self.open, [])

    def handle_starttag(self, tag, attributes):
        assert tag in ALLOWED, f"an element {tag!r}"
        for name, value in attributes:
            assert name in ALLOWED[tag], f"an attribute {name!r} of {tag!r}"
            if name == "href":
                assert re.fullmatch(r"#[\w-]+|\./[A-Za-z0-9._~-]+\.html(#[\w-]+)?", value), f"a link to {value!r}"
                self.links.append(value)
            if name == "id":
                self.ids.append(value)
            if name in ("http-equiv", "content") and value.startswith("default-src"):
                self.policy = value
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "input":
            equal(self.open[-1], "label")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        assert tag in ("rect", "path"), tag
        self.handle_starttag(tag, attributes)
        self.open.pop()

    def handle_endtag(self, tag):
        equal(self.open.pop(), tag)

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.text.append(data)

    def handle_comment(self, data):
        assert False, f"a comment {data!r}"

    def handle_pi(self, data):
        assert False, f"an instruction {data!r}"

    unknown_decl = handle_comment


def run(*arguments, stdin=b""):
    done = subprocess.run([aver, "run", *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={}, timeout=60)
    equal(done.returncode, 0)
    return done.stdout


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def check(text):
    page = Page(text)
    equal(len(page.ids), len(set(page.ids)))
    missing = [link for link in page.links if link.startswith("#") and link[1:] not in page.ids]
    equal(missing[:3], [])
    equal(page.headings[0], 1)
    equal(page.headings.count(1), 1)
    for before, after in zip(page.headings, page.headings[1:]):
        assert after <= before + 1, f"h{after} behind h{before}"
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    equal(page.policy, f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'")
    for word in ("http:", "https:", "url(", "@import", "src="):
        assert word not in page.style, word
    return page


def hostile_documents():
    lines = []
    for i, bad in enumerate(HOSTILE):
        text = f"“{bad} it leaks,” {bad} said Ada Quill. {bad} accused <b>Bram</b> of lying. {bad} denied it.\n\n<p>{bad}</p> \"{bad},\" he said.\n"
        lines.append(json.dumps({"id": bad + str(i % 2), "text": text, "metadata": {
            bad[:90]: bad, "title": bad, "author": bad, "language": bad, "published": "2024-02-30" + bad if i % 2 else "2024-02-1" + str(i % 10)}}))
    with open("hostile.jsonl", "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


@test
def hostile_documents_add_nothing():
    hostile_documents()
    run(pipeline, "hostile.jsonl", "-o", "a.html", "--set", "report-writer.title=" + HOSTILE[1])
    page = check(read("a.html"))
    contains("".join(page.text), HOSTILE[0], HOSTILE[2])


@test
def hostile_documents_add_nothing_to_pages():
    hostile_documents()
    run(pipeline, "hostile.jsonl", "-o", "a/")
    pages = {name: check(read("a/" + name)) for name in os.listdir("a") if name.endswith(".html")}
    equal(len(pages), len(HOSTILE) + 1)
    for link in pages["index.html"].links:
        if link.startswith("./"):
            name, anchor = link[2:].split("#")
            assert anchor in pages[name].ids, link


@test
def hostile_names_and_labels_add_nothing():
    write_pipeline("p.json", "report-writer", prepare(), options={"speakers": 1000, "claims": 1000, "documents": 1000})
    run("p.json", "hostile.jsonl", "-o", "a.html")
    text = "".join(check(read("a.html")).text)
    shown = [bad for bad in ALL if bad.isprintable() and "  " not in bad and len(bad) < 90]
    equal([bad for bad in shown if bad.strip() not in text], [])
    run("p.json", "hostile.jsonl", "-o", "a/")
    names = [name for name in os.listdir("a") if name != "documents.tsv"]
    equal(len(names), len(ALL) + 1)
    for name in names:
        check(read("a/" + name))
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._~-]*\.html", name) and len(name) < 150, name


@test
def articles_are_whole():
    run(pipeline, articles, "--set", "auto-reader.match=*.txt", "-o", "a.html")
    page = check(read("a.html"))
    text = "".join(page.text)
    contains(text, "quote-attributor", "sha256 ", "Accusations and denials")
    # No text of an article is lost or doubled by its marks.
    body = read("a.html").split("<article", 2)[1]
    shown = re.sub(r"<a class=\"[nc] .*?</a>|<small.*?</small>|<[^>]*>", "", re.search(r"<div class=\"text\">(.*?)</div>", body, re.S).group(1))
    source = read(os.path.join(articles, "agency-harbour.txt"))
    equal(re.sub(r"\s+", " ", html.unescape(shown)).strip(), re.sub(r"\s+", " ", source).strip())


@test
def standard_output_and_no_documents():
    empty = run(pipeline, "-", "--reader", "jsonl-reader")
    contains("".join(check(empty.decode()).text), "No document says when it was published.")
    equal(os.listdir("."), [])


def luminance(colour):
    if len(colour) == 4:
        colour = "#" + "".join(c * 2 for c in colour[1:])
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), parts))


@test
def colours_have_contrast():
    style = Page(run(pipeline, "-", "--reader", "jsonl-reader").decode()).style
    schemes = re.findall(r":root \{(.*?)\}", style, re.S)
    equal(len(schemes), 3)  # light, dark, paper
    known = {}
    for scheme in schemes:
        known.update(re.findall(r"--(\w+): (#\w+)", scheme))
        for ground in ("page", "raised", "wash"):
            for ink in ("ink", "soft", "link", "alert", "direct", "indirect", "mixed"):
                high, low = sorted((luminance(known[ink]), luminance(known[ground])), reverse=True)
                assert (high + 0.05) / (low + 0.05) >= 4.5, f"{ink} on {ground} of {scheme}"


main()
