# SPDX-License-Identifier: Apache-2.0
"""What somebody might write into a text, an id, a name or a key so that whoever reads it later does something else with it."""
import json

MARKUP = ["<script>alert(1)</script>", "</style><script>alert(1)</script>", "\"'><svg/onload=alert(1)>", "<img src=x onerror=alert(1)>", "javascript:alert(1)",
          "</title></textarea></pre>]]>--><!--", "' onmouseover='x", "<a href=\"java\tscript:x\">", "&lt;b&gt;&#60;&amp;", "<base href=//x>", "<?xml version=\"1.0\"?>",
          "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///nowhere\">]>&y;", "<xi:include href=\"file:///nowhere\"/>", "]]><![CDATA[x", "{{7*7}}${7*7}<%= 7*7 %>"]
SQL = ["'); DROP TABLE quote;--", "\"; DROP TABLE document;--", "x' OR '1'='1", "$1 %s ?1 :x @y", "\\'; DELETE FROM quote; --", "$$; DROP TABLE claim; $$", "\\.", "\\N",
       "a\\tb\\nc", "quote_search MATCH 'x' NEAR \"", "NULL", "0x00", "'||(SELECT sqlite_version())||'"]
FORMULAS = ["=1+1", "=HYPERLINK(\"http://weirs.example\",\"y\")", "+1+1", "-2+3", "@SUM(1)", "=cmd|' /C calc'!A1", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1",
            "-1", "+1.5e3", "-", "'=1", " =1", "\"=1", "a,=1", "a;=1\t=2|=3", "=\"\"\"\"", "+-*/"]
NAMES = ["../../escape", "/etc/escape", "..", ".", ".hidden", "-rf", "~root", "con", "NUL", "nul.txt", "COM1.a", "aux", "documents.tsv", "documents", "annotation.conf",
         "index", "index.html", "a/../b", "a\\b", "C:\\x", "x" * 5000, "é" * 300, "$(touch PWNED)", "`touch PWNED`", "%s%n%u", "%2e%2e%2f", "same", "SAME", "Same.txt", "a b", "*",
         "file:///etc/passwd", "http://weirs.example/?a=b&c#d", "lpt9", "~1", "same~2", ".txt", "..txt", "name.", "name "]
TERMINAL = ["\x1b[31mred", "\x1b]0;title\x07", "\x1b[2J\x1b[H", "\x9b31m", "\x1bP+q\x1b\\", "a\bb\rc\x0bd\x0ce", "\x7f\x01\x1f", "\u202egpj.exe", "\u2066x\u2069", "\u200e\u200f\u061c",
            "\u2028line\u2029paragraph", "\U000e0041tag", "\ue000private", "\x85next", "\x1b]52;c;eA==\x07", "\U0001f468\u200d\U0001f469", "e\u0301\u0301\u0301"]
LINES = ["{\"delete\":{\"_id\":\"1\"}}", "\n{\"delete\":{\"_id\":\"1\"}}\n", "\"}}\n{\"index\":{\"_index\":\"other\"}}\n{\"a\":\"", "T1\tquote 0 4\tx", "\nT99\tquote 0 1\tx\nR1\tx",
         "\r\nT98\tquote 0 1\tx", "#1\tAnnotatorNotes T1\tx", "A1\tquote-kind T1 direct", "*\tEquiv T1 T2", "a\tb\tc\n0.9999\tCFS", "x\r\ny\rz", "\",\"b\":\"c", "\\\",\\\"b\\\":\\\"c", "\\u0000\\ud800",
         "# TYPE x counter\nx_total 1", "document,row\r\na,0", "\ufeff", "\ufffe\uffff", "[[0,1]]", "null", "true", "id\": \"x"]
ALL = MARKUP + SQL + FORMULAS + NAMES + TERMINAL + LINES
KEYS = ("title", "author", "published", "language", "source", "url", "site")


def documents():
    """A document for each: in the text and its quote, the id, every key that writers know, a key and a value of their own."""
    return [{"id": bad, "text": f"{bad}“{bad},” said {bad}. It rained.\n\n{bad}\n", "metadata": {**{key: bad for key in KEYS}, bad: bad, "list": [bad, {bad: bad}]}}
            for bad in ALL]


# A stage that gives each document rows in whose strings the injection stands; its marks cover the injection in the text.
PROGRAM = """
import json, sys
for line in sys.stdin.buffer:
    document = json.loads(line)
    bad, whole = document["id"], len(document["text"].encode())
    n = len(bad.encode())
    spans = [[0, n], [n + 3, n + 3 + n]]
    quote = {"start": 0, "end": whole, "content": spans, "cue": [[0, n]], "source": [[0, n]], "speaker": bad, "kind": "mixed", "polarity": "denied", "confidence": 0.5}
    claim = {"start": n, "end": whole, "label": bad, "checkworthy": 0.5, "act": "allegation", "claimant": bad, "sentence": 0, "quote": 0, "types": ["event"]}
    layers = {"sentence": [{"start": 0, "end": whole}], "quote": [quote], "claim": [claim], "mark": [{"start": 0, "end": n, "note": bad, "where": [0, n]}]}
    print(json.dumps({"id": bad, "layers": layers}), flush=True)
"""


def prepare():
    """Writes the documents, and the stage that annotates them; returns the stage."""
    with open("hostile.jsonl", "w", encoding="utf-8", newline="") as file:
        file.writelines(json.dumps(document) + "\n" for document in documents())
    with open("annotate.py", "w", encoding="utf-8") as file:
        file.write(PROGRAM)
    return {"plugin": "exec", "options": {"command": "python3 annotate.py", "provides": "sentence, quote, claim, mark(note:string, where:span)"}}


def write_pipeline(name, writer, *annotators, options=None):
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": ["jsonl-reader", *annotators, {"plugin": writer, "options": options or {}}]}, file)
