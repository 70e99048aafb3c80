#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The reference of the public headers, by g-ir-scanner and gi-docgen: HTML, with the documents that plugin authors need.

make.py OUT LIBRARY VERSION: writes into the folder OUT, which it makes anew. LIBRARY is the folder of libaver.so. Whatever is
not documented, or not well-formed, is an error.
"""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
source = os.path.dirname(os.path.dirname(here))
out, library, version = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3]
# That a language other than C cannot call a function is no fault here.
FOREIGN = re.compile(r"Invalid non-constant return of bare structure|^\s*$|^ \* |^\s*\^$")


def run(*command, **more):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    if done.returncode:
        sys.exit(done.stdout)
    return done.stdout


def scan(folder):
    """The introspection data of all headers: also of what only C can use, which what is installed leaves out."""
    gir = os.path.join(folder, "Aver-1.gir")
    said = run("g-ir-scanner", "--quiet", "--no-libtool", "--warn-all", "--namespace=Aver", "--nsversion=1", "--identifier-prefix=Aver",
               "--symbol-prefix=aver", "--sources-top-dirs", source, "--include=GLib-2.0", "--include=GObject-2.0",
               "--pkg=gobject-2.0", "--pkg-export=aver", "--c-include=aver/aver.h", f"-I{source}/include", f"-L{library}", "--library=aver",
               "--output", gir, *sorted(glob.glob(f"{source}/include/aver/*.h")), cwd=folder)
    wrong = [line for line in said.splitlines() if not FOREIGN.search(line)]
    if wrong:
        sys.exit("\n".join(wrong))
    return gir


def add_pages(folder):
    """The documents, with links among them; what is not among them is named only."""
    with open(os.path.join(here, "aver.toml"), encoding="utf-8") as file:
        settings = file.read().replace("VERSION", version)
    with open(os.path.join(folder, "aver.toml"), "w", encoding="utf-8") as file:
        file.write(settings)
    pages = re.findall(r'"([\w-]+\.md)"', settings)
    for page in pages:
        place = os.path.join(here if page == "start.md" else os.path.dirname(here), page)
        with open(place, encoding="utf-8") as file:
            text = file.read()
        title = text.partition("\n")[0].lstrip("# ")

        def link(found):
            target, _, anchor = found[2].partition("#")
            name = os.path.basename(target)
            if target and name not in pages:
                return found[0] if re.match(r"[a-z]+:", found[2]) else found[1]
            return f"[{found[1]}]({name.replace('.md', '.html')}{'#' + anchor if anchor else ''})"

        with open(os.path.join(folder, page), "w", encoding="utf-8") as file:
            file.write("Title: " + title + "\n\n" + re.sub(r"\[([^\]]*)\]\(([^()\s]+)\)", link, text))


def link_names(folder):
    """Names of functions and types, wherever they are mentioned, lead to their pages."""
    with open(os.path.join(folder, "index.json"), encoding="utf-8") as file:
        symbols = json.load(file)["symbols"]
    places = {}
    for symbol in symbols:
        name = symbol.get("ident") or symbol.get("ctype")
        page = ".".join(filter(None, [symbol["type"], symbol.get("type_name"), symbol["name"], "html"]))
        if name and os.path.exists(os.path.join(folder, page)):
            places[name] = page
    for path in glob.glob(f"{folder}/*.html"):
        with open(path, encoding="utf-8") as file:
            text = file.read()

        def link(found):
            page = places.get(found[1])
            return f'<a href="{page}">{found[0]}</a>' if page and page != os.path.basename(path) else found[0]

        with open(path, "w", encoding="utf-8") as file:
            file.write(re.sub(r"(?<!\">)<code>#?([Aa]ver\w+)(?:\(\))?</code>(?!</a>)", link, text))


def main():
    with tempfile.TemporaryDirectory() as folder:
        gir = scan(folder)
        add_pages(folder)
        settings = os.path.join(folder, "aver.toml")
        run("gi-docgen", "check", "--quiet", "--fatal-warnings", "--config", settings, gir)
        run("gi-docgen", "generate", "--quiet", "--fatal-warnings", "--no-namespace-dir", "--config", settings,
            f"--content-dir={folder}", f"--output-dir={folder}/html", gir)
        link_names(f"{folder}/html")
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(f"{folder}/html", out)


main()
