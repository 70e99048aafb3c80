# SPDX-License-Identifier: Apache-2.0
"""The folder that the commands of the documentation are typed in: a source tree with its build, and the files they name."""
import csv
import glob
import gzip
import json
import os
import re
import shutil
import subprocess


class Scene:
    """Made once in `place`; copies of it, of hard links, are what commands run in."""

    def __init__(self, place, source, build):
        self.place, self.source, self.build = place, source, build
        self.aver = os.path.join(build, "aver")
        os.makedirs(place)
        for name in ("pipelines", "docs", "tests", "plugins", "core", "include"):
            os.symlink(os.path.join(source, name), self.path(name))
        os.symlink(build, self.path("build"))
        os.makedirs(self.path("bin"))
        os.symlink(self.aver, self.path("bin/aver"))
        for folder in ("src", "results", "brat/data", "tables"):
            os.makedirs(self.path(folder))
        self.add_texts()
        self.add_other_kinds()
        self.add_pipelines()
        self.add_labels()
        self.add_results()

    def path(self, name):
        return os.path.join(self.place, name)

    def copy(self, place):
        shutil.copytree(self.place, place, symlinks=True, copy_function=os.link)
        return place

    def environment(self, place):
        """Few variables, and the build's programs and libraries where those of an installed Aver would be."""
        paths = {"PATH": f"{place}/bin:/usr/local/bin:/usr/bin:/bin", "HOME": place, "LC_ALL": "C.UTF-8",
                 "LD_LIBRARY_PATH": f"{self.build}/core", "PKG_CONFIG_PATH": f"{self.build}/meson-uninstalled",
                 "GI_TYPELIB_PATH": f"{self.build}/core/python", "PYTHONPATH": f"{self.source}/core/python",
                 "PYTHONDONTWRITEBYTECODE": "1", "DESTDIR": f"{place}/installed"}
        return {**paths, **{name: os.environ[name] for name in ("TMPDIR",) if name in os.environ}}

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())

    def take(self, pattern, *names):
        """Copies the files of the source tree that a pattern finds into each place: a file, or a folder with "/"."""
        found = sorted(glob.glob(os.path.join(self.source, pattern)))
        assert found, pattern
        for name in names:
            for path in found:
                with open(path, "rb") as file:
                    self.write(name + (os.path.basename(path) if name.endswith("/") else ""), file.read())

    def add_texts(self):
        for article in ("agency-harbour", "court-ferry"):
            self.take(f"tests/articles/{article}.txt", "articles/", "archive/", "incoming/")
        self.take("tests/articles/court-ferry.txt", "article.txt", "notes.txt", "file.txt")
        with open(self.path("article.txt"), encoding="utf-8") as file:
            text = file.read()
        self.write("folder/plain.txt", "The mayor said that the bridge was closed.\n")
        records = [{"id": name, "text": text, "body": text, "title": "At the ferry"} for name in ("a1", "a17")]
        lines = "".join(json.dumps(record) + "\n" for record in records)
        for name in ("corpus", "documents", "articles", "news", "folder/more"):
            self.write(f"{name}.jsonl", lines)
        with open(self.path("articles.csv"), "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["id", "body"], *[[record["id"], record["text"]] for record in records]])

    def add_other_kinds(self):
        self.take("tests/pages/*.htm*", "pages/")
        self.take("tests/pages/ferry.html", "page.html", "pages/harbour.html")
        self.take("tests/contract/inputs/feed-reader/council.atom", "feeds/")
        self.take("tests/contract/inputs/newsml-reader/bridge.nitf", "wire/")
        self.take("tests/contract/inputs/pdf-reader/a.pdf", "reports/", "report.pdf")
        with open(self.path("page.html"), "rb") as file:
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + file.read()
        head = ("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://ferry.example/\r\nWARC-Date: 2024-02-03T04:05:06Z\r\n"
                "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(answer)}\r\n\r\n")
        self.write("crawl.warc.gz", gzip.compress(head.encode() + answer + b"\r\n\r\n", mtime=0))

    def add_pipelines(self):
        self.take("pipelines/*.json", "./")
        self.take("pipelines/news.json", "mine.json")
        self.take("tests/articles/court-ferry.txt", "people.txt")
        self.write("people.tsv", "person\tOlen Drost\n")
        self.write("new.test.json", json.dumps({"version": 1, "pipeline": "news.json", "documents": [
            {"name": "a saying", "text": "“It leaks,” said Olen Drost.", "expect": {"quote": []}}]}))
        with open(os.path.join(self.source, "plugins/pass/pass.c"), encoding="utf-8") as file:
            mine = re.sub(r"\bpass\b", "my_stage", file.read()).replace('"my_stage"', '"my-stage"')
        self.write("my-stage.c", mine)
        self.write("pipeline.json", '{"version": 1, "stages": ["text-reader", "sentence-splitter", "jsonl-writer"]}')

    def add_labels(self):
        """Enough for a training that takes no time."""
        kinds = {"CFS": "Rents in {} rose by {} percent last year.", "NFS": "Good morning, {}, and thank you for those {} songs."}
        towns = ["Dunmarch", "Pell", "Brackenford", "Elswick", "Wend", "Marn", "Quay", "Tarn"]
        rows = [{"text": text.format(town, number), "label": label, "topic": label, "article": town, "doc": town}
                for number, town in enumerate(towns, 3) for label, text in kinds.items()]
        self.write("labels.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
        for name in ("a.csv", "b.csv"):
            with open(self.path(name), "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0].keys())
                writer.writeheader()
                writer.writerows(rows)

    def add_results(self):
        """What earlier runs left: outputs, dead letters, a job, shards of one."""
        self.run("run", "news.json", "--set", "jsonl-writer.text=true", "articles/", "-o", "gold.jsonl")
        self.write("news-bad.jsonl", '{"id": "a", "text": "Fine."}\n{"id": "b"}\n')
        self.run("run", "quotes.json", "news-bad.jsonl", "--dead-letter", "bad.jsonl", "-o", "some.jsonl", code=1)
        self.run("run", "quotes.json", "articles/", "--job", "job", "-o", "job.jsonl")
        for shard in ("1/2", "2/2"):
            self.run("run", "quotes.json", "articles/", "--job", "shards", "--shard", shard)
        with open(self.path("gold.jsonl"), "rb") as file:
            gold = file.read()
        for name in ("corrected.jsonl", "before.jsonl", "after.jsonl"):
            self.write(name, gold)
        self.write("after.jsonl.gz", gzip.compress(gold, mtime=0))

    def run(self, *arguments, code=0):
        done = subprocess.run([self.aver, *arguments], cwd=self.place, env=self.environment(self.place), timeout=120,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert done.returncode == code, f"aver {' '.join(arguments)}: {done.returncode}\n{done.stderr}"
        return done.stdout
