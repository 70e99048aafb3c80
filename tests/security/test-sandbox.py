#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The sandbox: what a stage in it cannot do, from any of its threads, and that it can do its work. TAP on standard output.

test-sandbox.py AVER FIXTURES NO_LANDLOCK SOURCE
"""
import ctypes
import json
import os
import shutil
import socket
import subprocess
import sys
import time

tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [tests, os.path.join(tests, "faults"), os.path.join(tests, "pipelines")]
import tap
from faults import Runner
from pdfs import lines, pdf
from tap import contains, equal, skip_unless, test

aver, fixtures, no_landlock, source = (os.path.abspath(path) for path in sys.argv[1:5])
sanitized = os.environ.get("AVER_SANITIZED", "none") != "none"
runner = Runner(aver, fixtures)
landlock = ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) > 0
HERE = "this kernel has no Landlock"


def plugins():
    return json.loads(subprocess.run([aver, "plugins", "--json"], stdout=subprocess.PIPE, check=True, timeout=60).stdout)


known = {plugin["name"]: plugin for plugin in plugins()}
if not known["pass"] or "libseccomp" in subprocess.run(
        [aver, "check", "/dev/stdin"], input=b'{"version":1,"stages":["jsonl-reader",{"plugin":"pass","sandbox":true},"jsonl-writer"]}',
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60).stderr.decode():
    print("1..0 # SKIP this build lacks libseccomp")
    sys.exit(0)


def write(name, *stages):
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": [*stages, {"plugin": "jsonl-writer", "options": {"text": True}}]}, file)
    return name


def run(pipeline, *inputs, documents=b"", command="run", kernel=True, **environment):
    """With the kernel as it is, or one without Landlock."""
    folders = ["--plugin-dir", fixtures]
    preload = {} if kernel else {"LD_PRELOAD": no_landlock}
    done = subprocess.run([aver, command, *folders, pipeline, *inputs], input=documents, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=60, env={**os.environ, **preload, **environment})
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


class Outside:
    """What a stage may not touch: a folder, three listeners, a process."""

    def __enter__(self):
        os.makedirs("outside/sub")
        for name in ("secret", "goner"):
            with open(f"outside/{name}", "w", encoding="ascii") as file:
                file.write(name)
        os.symlink("secret", "outside/link")
        shutil.copyfile(os.path.join(fixtures, "marks.so"), "outside/marks.so")
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.port = self.tcp.getsockname()[1]
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", self.port))
        self.listeners = [self.tcp, self.udp]
        for address in ("outside/socket", f"\0aver-tries-{self.port}"):
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            listener.bind(address)
            listener.listen()
            self.listeners.append(listener)
        self.process = subprocess.Popen(["sleep", "100"])
        self.before = self.state()
        return self

    def state(self):
        found = [(name, os.lstat(f"outside/{name}").st_mode, os.lstat(f"outside/{name}").st_mtime) for name in sorted(os.listdir("outside"))]
        with open("outside/secret", "rb") as file:
            return found, file.read()

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        for listener in self.listeners:
            listener.close()

    def expect_untouched(self):
        equal(self.state(), self.before)
        assert self.process.poll() is None and not os.path.exists("mark")
        for listener in self.listeners:
            listener.setblocking(False)
            try:
                got = listener.recv(1) if listener is self.udp else listener.accept()
                raise AssertionError(f"{listener} got {got}")
            except BlockingIOError:
                pass

    def documents(self, n=2):
        return "".join(json.dumps({"id": str(i), "text": f"{self.process.pid} {self.port}"}) + "\n" for i in range(n)).encode()

    def tries(self, source="main", kernel=True, **place):
        """What got through, of each document."""
        stage = {"plugin": "tries", "options": {"from": source, "folder": os.path.abspath("outside")}, **place}
        code, out, err = run(write("tries.json", "jsonl-reader", stage), documents=self.documents(), kernel=kernel,
                             AVER_SECRET="x", AVER_MARK=os.path.abspath("mark"))
        equal((code, err), (0, "aver: 2 documents: 2 written\n"))
        found = [json.loads(line)["metadata"] for line in out.splitlines()]
        equal({metadata["tried"] for metadata in found}, {49})
        first, second = (set(metadata["got"].split()) for metadata in found)
        if "remove" not in first:
            equal(first, second)
        return first


# Under a sanitizer, standard error stays for its reports.
BY_DESIGN = {"terminal"} if sanitized else set()
READING = {"read", "read-by-link", "read-by-root", "read-etc", "list", "load", "memory", "process"}


@skip_unless(landlock, HERE)
def nothing_gets_through_from_any_thread():
    with Outside() as outside:
        for source in ("main", "thread", "early"):
            equal(outside.tries(source, sandbox=True), BY_DESIGN)
        outside.expect_untouched()


@test
def without_it_most_does():
    with Outside() as outside:
        got = outside.tries(isolate=True)
        expected = (READING - {"memory"}) | {
            "write", "create", "create-shared", "remove", "rename", "link", "make", "mode", "time", "truncate", "own-memory", "environment",
            "memory-file", "watch", "tcp", "udp", "listen", "unix", "abstract", "sockets", "pass-descriptor", "execute", "fork", "clone",
            "signal", "signal-by-descriptor", "open-process", "trace", "limit-process", "priority", "outlive", "shared-memory"}
        equal(expected - got, set())


@test
def without_landlock_files_can_be_read_and_that_is_all():
    with Outside() as outside:
        for source in ("main", "thread"):
            equal(outside.tries(source, kernel=False, sandbox="when-available") - READING, BY_DESIGN)
        os.path.exists("mark") and os.remove("mark")  # of a module that could be read
        outside.expect_untouched()


@test
def without_landlock_it_is_a_mistake_to_want_it():
    pipeline = write("p.json", "jsonl-reader", {"plugin": "pass", "sandbox": True})
    for command in ("check", "run"):
        code, out, err = run(pipeline, command=command, kernel=False)
        equal((code, out), (2, b""))
        contains(err, "p.json:1:73: stage 'pass': cannot run in a sandbox: this kernel has no Landlock, or does not let it be used; "
                 'expected it, or "sandbox": "when-available"\n')
        equal('\n  write "sandbox": "when-available"\n' in err, command == "check")


@test
def another_machine_s_calls_cost_one_document():
    documents = b'{"id":"1","text":"1 1"}\n{"id":"foreign","text":"1 1"}\n{"id":"3","text":"1 1"}\n'
    stage = {"plugin": "tries", "options": {"folder": "/none"}, "sandbox": "when-available"}
    code, out, err = run(write("p.json", "jsonl-reader", stage), documents=documents)
    equal((code, [json.loads(line)["id"] for line in out.splitlines()]), (1, ["1", "3"]))
    contains(err, "-:2: stage 'tries': plugin 'tries' was killed by signal 31 (Bad system call)")


@test
def a_misbehaving_stage_costs_one_document():
    for how, said in [("crash", "was killed by signal 11"), ("abort", "was killed by signal 6"), ("loop", "took longer than 0.3 s"),
                      ("memory", "near its memory limit of 200 MiB"), ("print", "wrote to standard output"), ("close", "plugin 'misbehaves'")]:
        if how == "memory" and sanitized:
            continue
        seconds = 0.3 if how == "loop" else 10
        runner.expect_loss({"plugin": "misbehaves", "options": {"how": how}, "sandbox": "when-available",
                            "isolate": {"seconds": seconds, "memory": "200M"}}, said)


def compare(name, *stages, inputs):
    """Output, dead letters and messages, with and without."""
    results = []
    for sandbox in (False, True):
        pipeline = write("p.json", *({**stage, "sandbox": sandbox} for stage in stages))
        code, out, err = run(pipeline, *inputs, "--dead-letter", "dead")
        with open("dead", "rb") as file:
            results.append((code, out, err, file.read()))
        os.remove("dead")
    equal(results[1], results[0])
    assert len(results[0][1]) > 200, (name, results[0])


@skip_unless(landlock, HERE)
def all_readers_read_the_same():
    os.mkdir("pdfs")
    with open("pdfs/a.pdf", "wb") as file:
        file.write(pdf([lines(["The harbour of Dunmarch will stay open at night.", "“We have the lamps,” said Olen Drost."])]))
    for name, plugin in known.items():
        if plugin.get("kind") != "reader" or name == "nats-reader":  # which needs a server
            continue
        inputs = os.path.join(tests, "contract", "inputs", name)
        compare(name, {"plugin": name}, inputs=[inputs, os.path.join(tests, "articles")] if name in ("text-reader", "auto-reader") else [inputs])
        if name in ("pdf-reader", "auto-reader"):
            compare(name, {"plugin": name}, inputs=["pdfs", inputs])


@skip_unless(landlock, HERE)
def all_annotators_annotate_the_same():
    with open("people.tsv", "w", encoding="utf-8") as file:
        file.write("person\tMara Quint\tq1\n")
    with open("places.tsv", "w", encoding="utf-8") as file:
        file.write("place\tHarrowby\tq2\n")
    options = {"gazetteer": {"list": "people.tsv,places.tsv"}, "filter": {"keep": "text.length > 10"}}
    order = ["pass", "sentence-splitter", "syntax-parser", "gazetteer", "quote-attributor", "claim-classifier", "filter"]
    there = {name for name, plugin in known.items() if plugin.get("kind") == "annotator"}
    equal(there - set(order), {"exec"})  # starts programs, so it cannot
    stages = [{"plugin": "text-reader"}, *({"plugin": name, "options": options.get(name, {})} for name in order)]
    compare("annotators", *stages, inputs=[os.path.join(tests, "articles", name) for name in ("council-library.txt", "court-ferry.txt")])


@skip_unless(landlock, HERE)
def programs_are_not_started():
    stage = {"plugin": "exec", "options": {"command": "cat"}, "sandbox": True}
    code, out, err = run(write("p.json", "jsonl-reader", stage), documents=b'{"id":"1","text":"x"}\n')
    equal(out, b"")
    assert code in (1, 2, 3) and "exec" in err, (code, err)


def sandboxed(unique):
    """How many processes of this command line have given up their rights."""
    found = 0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                if unique.encode() not in file.read():
                    continue
            with open(f"/proc/{pid}/status", encoding="utf-8") as file:
                status = file.read()
            found += "Seccomp:\t2" in status and "NoNewPrivs:\t1" in status
        except OSError:
            pass
    return found


def count_while_reading(pipeline):
    """PDF, then something that does not end: the processes there are meanwhile."""
    with open("a.pdf", "wb") as file:
        file.write(pdf([lines(["It rained."])]))
    os.path.exists("fifo") or os.mkfifo("fifo")
    process = subprocess.Popen([aver, "run", "-j", "1", os.path.abspath(pipeline), "a.pdf", "fifo"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    writer = os.open("fifo", os.O_WRONLY)
    os.write(writer, b"Nothing was said, and ")
    end, n = time.monotonic() + 3, 0
    while n == 0 and time.monotonic() < end:
        n = sandboxed(os.path.abspath(pipeline))
        time.sleep(0.01)
        if "no.json" in pipeline and time.monotonic() > end - 2.5:
            break
    os.write(writer, b"nobody heard it.\n")
    os.close(writer)
    out, err = process.communicate(timeout=30)
    equal((process.returncode, len(out.splitlines())), (0, 2))
    return n


PDF = "pdf-reader" in known and "error" not in known["pdf-reader"]


@skip_unless(landlock and PDF, HERE if PDF else "pdf-reader is not built")
def files_that_auto_reader_hands_on_are_read_in_it():
    equal(count_while_reading(write("auto.json", "auto-reader")), 1)
    equal(count_while_reading(write("isolate.json", {"plugin": "auto-reader", "isolate": False})), 1)
    equal(count_while_reading(write("no.json", {"plugin": "auto-reader", "sandbox": False})), 0)


@skip_unless(PDF, "pdf-reader is not built")
def a_pdf_is_not_read_without_a_sandbox_unless_that_is_said():
    with open("a.pdf", "wb") as file:
        file.write(pdf([lines(["It rained."])]))
    with open("a.txt", "w", encoding="ascii") as file:
        file.write("It snowed.\n")
    code, out, err = run(write("p.json", "auto-reader"), "a.pdf", "a.txt", kernel=False)
    equal((code, [json.loads(line)["id"] for line in out.splitlines()]), (1, ["a.txt"]))
    contains(err, "a.pdf: stage 'auto-reader': looks like a PDF document: plugin 'pdf-reader' cannot run in a sandbox: this kernel has no "
             "Landlock, or does not let it be used; expected it, or \"sandbox\": \"when-available\" in the pipeline file")
    for sandbox in (False, "when-available"):
        equal(run(write("p.json", {"plugin": "auto-reader", "sandbox": sandbox}), "a.pdf", "a.txt", kernel=False)[0], 0)
    equal(run(write("p.json", "pdf-reader"), "a.pdf", kernel=False)[0], 2)
    code, _, err = run(write("p.json", {"plugin": "pdf-reader", "isolate": False}), command="check")
    equal(code, 2)
    contains(err, "'isolate' is false, and plugin 'pdf-reader' asks for a sandbox", '  add "sandbox": false')
    equal(run(write("p.json", {"plugin": "pdf-reader", "isolate": False, "sandbox": False}), "a.pdf", kernel=False)[0], 0)


@skip_unless(landlock, HERE)
def it_is_told():
    pipeline = write("p.json", "jsonl-reader", {"plugin": "pass", "sandbox": True},
                     {"plugin": "pass", "name": "other", "sandbox": "when-available", "isolate": True})
    code, out, _ = run(pipeline, command="graph")
    contains(out.decode(), "in parallel, in a sandbox\n", "in parallel, in a sandbox when available")
    equal(known["pass"]["sandbox"], False)
    if PDF:
        equal((known["pdf-reader"]["sandbox"], known["pdf-reader"]["isolated"]), (True, True))
        contains(subprocess.run([aver, "plugins", "pdf-reader"], stdout=subprocess.PIPE, check=True).stdout.decode(),
                 "runs in a sandbox\nin a sandbox, may read /usr/share/poppler")


@skip_unless(landlock, HERE)
def explaining_does_not_leave_it():
    write("p.json", "text-reader", "sentence-splitter", {"plugin": "quote-attributor", "sandbox": True})
    article = os.path.join(tests, "articles", "council-library.txt")
    done = subprocess.run([aver, "explain", "p.json", article], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=60)
    assert done.returncode != 0
    contains(done.stderr.decode(), "in a sandbox")


tap.main()
