# SPDX-License-Identifier: Apache-2.0
"""Writes PDF files with text in them, as small as they come.

pdfs.py FOLDER writes the samples of tests/contract/inputs/pdf-reader anew.
"""
import os
import sys

ENCRYPT = b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32)


def string(text):
    """A string of the file's own encoding, or UTF-16."""
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:
        raw = b"\xfe\xff" + text.encode("utf-16-be")
    return b"(" + raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def pdf(pages, info={}, encrypt=False):
    """Each page a list of lines: left, baseline from the foot, size, text. 595 by 842 points, Helvetica."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), b" ".join(b"%d 0 R" % (5 + 2 * i) for i in range(len(pages)))),
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
               b"<< " + b" ".join(b"/" + key.encode() + b" " + string(value) for key, value in info.items()) + b" >>"]
    for i, lines in enumerate(pages):
        content = b"BT\n" + b"".join(b"/F %g Tf 1 0 0 1 %g %g Tm %s Tj\n" % (size, x, y, string(text)) for x, y, size, text in lines) + b"ET"
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F 3 0 R >> >> >>"
                       % (6 + 2 * i))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R /ID [<41> <41>]%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, b" /Encrypt " + ENCRYPT if encrypt else b"", start)
    return out


def lines(texts, left=72, top=720, size=11, pitch=13):
    return [(left, top - pitch * i, size, text) for i, text in enumerate(texts)]


def main(folder):
    harbour = pdf([lines(["The harbour of Dunmarch will stay open at night, its", 'master said. "We have the lamps," Olen Drost said.'])],
                  {"Title": "Night ships", "Author": "Ada Brook", "CreationDate": "D:20240201093000+01'00'"})
    samples = {"a.pdf": harbour, "b.pdf": pdf([lines(["It rained."]), lines(["It snowed."])]), "scan.pdf": pdf([[]]),
               "locked.pdf": pdf([lines(["Nobody reads this."])], encrypt=True), "cut.pdf": harbour[:-300], "notes.txt": b"not read\n"}
    for name, data in samples.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)


if __name__ == "__main__":
    main(sys.argv[1])
