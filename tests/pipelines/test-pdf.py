#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""pdf-reader on PDF files made here: text in reading order, metadata, files that are no good. TAP on standard output.

test-pdf.py AVER
"""
import json
import os
import subprocess
import sys
import zlib

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import tap
from pdfs import lines, pdf
from tap import contains, equal, test

aver = os.path.abspath(sys.argv[1])
if not os.path.exists(os.path.join(os.path.dirname(aver), "plugins", "pdf-reader.so")):
    print("1..0 # SKIP pdf-reader is not built")
    sys.exit(0)


def read(files, isolate=None, expected=0, **options):
    """What becomes of some PDF files: documents by name, and what is said."""
    for name, data in files.items():
        with open(name, "wb") as file:
            file.write(data)
    reader = {"plugin": "pdf-reader", "options": options, "sandbox": isolate is not False and "when-available"}
    if isolate is not None:
        reader["isolate"] = isolate
    with open("pdf.json", "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": [reader, {"plugin": "jsonl-writer", "options": {"text": True}}]}, file)
    done = subprocess.run([aver, "run", "pdf.json", *files, "-j", "2"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=60)
    said = done.stderr.decode(errors="replace")
    assert done.returncode == expected, (done.returncode, said)
    return {document["id"]: document for document in map(json.loads, done.stdout.splitlines())}, said


def text_of(data, **options):
    return read({"a.pdf": data}, **options)[0]["a.pdf"]["text"]


@test
def text_and_metadata():
    data = pdf([lines(["The harbour of Dunmarch will stay open at night, its har-", "bour master said on Friday, after a long de-",
                       "bate. Nobody asked him why."]), lines(["It was Friday."])],
               {"Title": "Night ships – öffentlich", "Author": "Ada Brook", "CreationDate": "D:20240201093000+01'00'"})
    document = read({"a.pdf": data})[0]["a.pdf"]
    equal(document["text"], "The harbour of Dunmarch will stay open at night, its harbour master said on Friday, after a long debate. "
          "Nobody asked him why.\n\nIt was Friday.")
    equal(document["metadata"], {"author": "Ada Brook", "pages": 2, "published": "2024-02-01T09:30:00+01:00", "source": "a.pdf",
                                 "title": "Night ships – öffentlich"})


@test
def columns_and_paragraphs():
    left = ["A first column has words in it", "that go on in the second, where", "the ferry stops at the pier and"]
    right = ["waits for those who are late.", "It leaves at noon on Friday,", "and nobody knows when it will", "be back."]
    page = [(72, 760, 20, "A Ferry Stops")] + lines(left) + lines(right, left=320)
    equal(text_of(pdf([page])), "A Ferry Stops\n\n" + " ".join(left + right))
    page = lines(["One line and then a second,", "which ends here."]) + lines(["A paragraph behind a space."], top=660)
    equal(text_of(pdf([page])), "One line and then a second, which ends here.\n\nA paragraph behind a space.")


@test
def heads_and_feet():
    pages = [[(72, 815, 9, "The Harrowby Gazette"), (290, 30, 9, str(i + 4))] + lines([f"Story {word} is told here."])
             for i, word in enumerate(["one", "two", "three"])]
    document = read({"a.pdf": pdf(pages)})[0]["a.pdf"]
    equal(document["text"], "Story one is told here.\n\nStory two is told here.\n\nStory three is told here.")
    equal(document["metadata"]["lines_left_out"], 6)
    contains(text_of(pdf(pages), furniture=True), "Gazette", "4", "6")


@test
def files_that_are_no_good_cost_one_document():
    good = pdf([lines(["It rained."])])
    documents, said = read({"locked.pdf": pdf([lines(["x"])], encrypt=True), "scan.pdf": pdf([[], []]), "cut.pdf": good[:-100],
                            "text.pdf": b"It rained.", "empty.pdf": b"", "broken.pdf": b"%PDF-1.4\nno objects\n%%EOF\n",
                            "half.pdf": pdf([lines(["It rained."]), []]), "good.pdf": good}, expected=1)
    equal(sorted(documents), ["good.pdf", "half.pdf"])
    equal(documents["half.pdf"]["metadata"]["pages_without_text"], 1)
    for part in ["locked.pdf: stage 'pdf-reader': the PDF is encrypted", "scan.pdf: stage 'pdf-reader': no text in 2 pages; expected a PDF",
                 f"cut.pdf: stage 'pdf-reader': the PDF is cut off at byte {len(good) - 100}", "text.pdf: stage 'pdf-reader': no PDF",
                 "empty.pdf: stage 'pdf-reader': no PDF", "broken.pdf: stage 'pdf-reader': the PDF cannot be read"]:
        contains(said, part)
    equal(len(said.splitlines()), 7)
    equal(text_of(good[:-8], repair=True), "It rained.")


def bomb():
    """A page that shows sixty million letters."""
    packed = zlib.compress((b"BT /F 9 Tf (" + b"ab " * 1000 + b") Tj ET\n") * 20000)
    return pdf([[]]).replace(b"<< /Length 5 >>\nstream\nBT\nET", b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed) + packed)


@test
def a_file_that_takes_too_long_costs_one_document():
    files = {"bomb.pdf": bomb(), "good.pdf": pdf([lines(["It rained."])])}
    documents, said = read(files, isolate={"seconds": 0.5}, expected=1)
    equal(list(documents), ["good.pdf"])
    contains(said, "bomb.pdf: stage 'pdf-reader'")


@test
def isolated_or_not():
    files = {"good.pdf": pdf([lines(["It rained."])])}
    equal(read(files, isolate=False), read(files))


tap.main()
