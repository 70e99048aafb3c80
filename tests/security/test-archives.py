#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Archives, XML, pages and odd files that want something else read, written, opened or fetched, or never end. TAP on standard output.

test-archives.py AVER
"""
import bz2
import gzip
import io
import json
import lzma
import os
import shutil
import socket
import stat
import struct
import subprocess
import sys
import tarfile
import threading
import time
import zipfile

sys.path[:0] = [os.path.dirname(os.path.dirname(os.path.abspath(__file__))), os.path.dirname(os.path.abspath(__file__))]
import tap
from attacks import attacks
from tap import Skip, contains, equal, test

aver = os.path.abspath(sys.argv[1])
sanitized = os.environ.get("AVER_SANITIZED", "none") != "none"
SECRET = "Only those who may read this file know the word perihelion."
PLUGINS = [plugin["name"] for plugin in json.loads(subprocess.run([aver, "plugins", "--json"], stdout=subprocess.PIPE, check=True).stdout)
           if plugin["kind"] == "reader" and plugin["name"] != "nats-reader"]  # which reads no files


class Listener:
    """A server that should not be asked."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self.socket.setblocking(False)

    def asked(self):
        try:
            self.socket.accept()
        except BlockingIOError:
            return False
        return True


listener = Listener()


def run(reader, *arguments, trace=None, seconds=20):
    """Exit code, documents, messages, seconds, MiB. In a session of its own, as what opens a terminal would make it its own."""
    with open("p.json", "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": [{"plugin": reader, "options": {"match": "*"}}, "sentence-splitter",
                                            {"plugin": "jsonl-writer", "options": {"text": True}}]}, file)
    command = [aver, "run", "p.json", "-q", "-j", "2", *arguments]
    if trace:
        command = ["strace", "-f", "-qq", "-e", "trace=" + trace, "-o", "trace", *command]
    began = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=open("stdout", "wb"), stderr=open("stderr", "wb"), start_new_session=True)
    watch = threading.Timer(seconds * (5 if sanitized else 1), process.kill)
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    watch.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    took = time.monotonic() - began
    with open("stdout", encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]
    with open("stderr", encoding="utf-8") as file:
        said = file.read()
    assert process.returncode in (0, 1) and "runtime error" not in said, (reader, arguments, process.returncode, said[-500:])
    assert sanitized or usage.ru_maxrss < 256 << 10, (reader, arguments, usage.ru_maxrss)
    return process.returncode, documents, said, took


def put(name, data):
    with open(name, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())
    return name


def tree(folder):
    return sorted((os.path.join(path, name), os.lstat(os.path.join(path, name)).st_mode) for path, folders, files in os.walk(folder)
                  for name in folders + files)


def entry(name, kind=tarfile.REGTYPE, data=b"", **more):
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, len(data)
    for key, value in more.items():
        setattr(info, key, value)
    return info, io.BytesIO(data)


def tar(entries, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=tarfile.GNU_FORMAT) as archive:
        for info, data in entries:
            archive.addfile(info, data)
    return out.getvalue()


TEXT = "It rained in Harrowby. “We will build trams,” the mayor said.".encode()


def odd_tar():
    here = os.getcwd()
    return tar([entry("ok.txt", data=TEXT), entry("../../escape.txt", data=TEXT), entry(f"{here}/escape-2.txt", data=TEXT), entry("a/../../escape-3.txt", data=TEXT),
                entry("secret.txt", tarfile.SYMTYPE, linkname=f"{here}/secret"), entry("hard.txt", tarfile.LNKTYPE, linkname=f"{here}/secret"),
                entry("up", tarfile.SYMTYPE, linkname=here), entry("up/escape-4.txt", data=TEXT), entry("loop", tarfile.SYMTYPE, linkname="loop"),
                entry("null.txt", tarfile.CHRTYPE, devmajor=1, devminor=5), entry("disk.txt", tarfile.BLKTYPE, devmajor=8, devminor=0),
                entry("fifo.txt", tarfile.FIFOTYPE), entry("folder.txt/", tarfile.DIRTYPE), entry("\x1b[2J.txt", data=TEXT), entry("last.txt", data=TEXT)])


def odd_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("ok.txt", "../../escape.txt", f"{os.getcwd()}/escape-2.txt", "..\\escape-3.txt", "C:\\escape.txt", "last.txt"):
            archive.writestr(name, TEXT)
        for name, mode in (("secret.txt", stat.S_IFLNK), ("fifo.txt", stat.S_IFIFO), ("null.txt", stat.S_IFCHR)):
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, (mode | 0o777) << 16
            archive.writestr(info, f"{os.getcwd()}/secret")
    return out.getvalue()


@test
def archives_are_read_and_nothing_is_written():
    os.makedirs("deep/er")
    os.chdir("deep/er")
    put("secret", SECRET)
    for name, data in (("a.tar", odd_tar()), ("a.zip", odd_zip()), ("a.tar.gz", gzip.compress(odd_tar(), mtime=0))):
        put(name, data)
        run("text-reader", name)
        before = tree("../..")
        for reader in ("text-reader", "auto-reader"):
            code, documents, said, _ = run(reader, name)
            ids = [document["id"] for document in documents]
            assert f"{name}!/ok.txt" in ids and f"{name}!/last.txt" in ids, (ids, said)
            # What a link in a zip file leads to is its content: a text, not followed.
            equal({document["text"] for document in documents} - {f"{os.getcwd()}/secret"}, {TEXT.decode()})
            for word in ("null", "disk", "fifo", "loop", "hard") if "tar" in name else ():
                equal([at for at in ids if word in at], [])
            assert "perihelion" not in "".join(document["text"] for document in documents)
        equal(tree("../.."), before)


def declared_sparse(size):
    """A member that says it has this size and holds nothing, in the old format of GNU tar."""
    info, data = entry("a.jsonl", b"S")
    block = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    block[386:410] = b"%011o\0" % (size - 512) + b"%011o\0" % 0
    block[483:495] = b"\x80" + size.to_bytes(11, "big")
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block) + bytes(1024)


def overlapping_zip(n):
    """Many names for one member."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(4 << 20))
    data = body.getvalue()
    at = data.index(b"PK\1\2")
    end = data.index(b"PK\5\6")
    record = data[at:end]
    return data[:at] + record * n + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, n, n, len(record) * n, at, 0)


ZEROS = bytes(1 << 20)
MANY = 72  # of them: the first 64 MiB that a file unpacks to are free


def zip_of(name, chunks):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive, archive.open(name, "w") as member:
        for chunk in chunks:
            member.write(chunk)
    return out.getvalue()


def bombs():
    zipped, once = zip_of("a.jsonl", [ZEROS] * MANY), gzip.compress(ZEROS, mtime=0) * MANY
    yield "a.zip", zipped
    yield "a.jsonl.gz", once
    yield "a.gz.gz", gzip.compress(once, mtime=0)
    yield "a.jsonl.xz", lzma.compress(ZEROS, preset=0) * MANY
    yield "a.jsonl.bz2", bz2.compress(ZEROS) * MANY
    yield "sparse.tar", declared_sparse(1 << 40)
    yield "many.zip", overlapping_zip(2000)
    yield "nested.zip", zip_of("inner.jsonl", [once])
    if shutil.which("zstd"):
        yield "a.jsonl.zst", subprocess.run(["zstd", "-q", "-c"], input=ZEROS, stdout=subprocess.PIPE, check=True).stdout * MANY
    # A header that asks for a window of 4 GiB.
    yield "window.zst", b"\x28\xb5\x2f\xfd\x00\xb0" + b"\x01\x00\x00" * 4


@test
def bombs_stop_at_their_limit():
    for name, data in bombs():
        put(name, data)
        code, documents, said, took = run("jsonl-reader", name)
        assert took < 10 or sanitized, (name, took)
        equal((name, code, documents), (name, 1, []))
        contains(said, name, *{"a.gz.gz": ["not unpacked a second time"], "sparse.tar": ["cannot be read on"], "window.zst": ["too much memory"],
                               "many.zip": []}.get(name, ["unpacks to more than 250 times its size, the most allowed (--max-ratio): "]))


def make_attacks():
    put("secret", SECRET)
    os.mkdir("in")
    n = 0
    for name, data in attacks(listener.address):
        put("in/" + name, data)
        n += 1
    put("in/secret", "A file beside.")
    return n + 1


@test
def nothing_is_expanded_loaded_or_fetched():
    n = make_attacks()
    for reader in PLUGINS:
        code, documents, said, took = run(reader, "in", "-j", "2")
        assert took < 10 or sanitized, (reader, took)
        text = json.dumps(documents)
        assert "perihelion" not in text and "perihelion" not in said and "lollol" not in text, (reader, text[:500])
        assert len(documents) + len(said.splitlines()) >= n or reader in ("jsonl-reader", "csv-reader", "feed-reader", "newsml-reader", "warc-reader", "pdf-reader"), (reader, len(documents), said)
        assert max((len(document["text"]) for document in documents), default=0) < 200000, reader
        if reader == "auto-reader":
            assert len(documents) > 25, (len(documents), said)
    equal(listener.asked(), False)


@test
def no_reader_opens_a_socket_to_a_network():
    if not shutil.which("strace") or sanitized:
        raise Skip("no strace, or a build that cannot be traced")
    make_attacks()
    code, documents, said, _ = run("auto-reader", "in", trace="socket,connect,bind,listen,sendto,sendmsg,execve")
    if not documents:
        raise Skip("processes cannot be traced here: " + said[:200])
    with open("trace", encoding="utf-8") as file:
        calls = [line for line in file if "(" in line]
    starts = [line for line in calls if "execve(" in line]
    equal(len(starts), 1)
    others = [line for line in calls if "execve(" not in line and "AF_UNIX" not in line and "socketpair" not in line and not line.split(None, 1)[1].startswith(("sendto(", "sendmsg("))]
    equal(others, [])


@test
def odd_files_do_not_hang():
    os.mkdir("in")
    put("in/z.txt", TEXT)
    put("secret", SECRET)
    os.mkfifo("in/fifo.txt")
    server = socket.socket(socket.AF_UNIX)
    server.bind("in/socket.txt")
    for name, target in (("loop", "."), ("up", ".."), ("self.txt", "self.txt"), ("a.txt", "b.txt"), ("b.txt", "a.txt"), ("none.txt", "/nonexistent"), ("zero.txt", "/dev/zero"),
                         ("tty.txt", "/dev/tty"), ("stdin.txt", "/dev/stdin"), ("pipe.txt", "fifo.txt"), ("mem.txt", "/proc/self/mem"), ("fd", "/proc/self/fd"),
                         ("kmsg.txt", "/proc/kmsg"), ("environ.txt", "/proc/self/pagemap"), ("root", "/")):
        os.symlink(target, "in/" + name)
    for name, kind, device in (("zero-device.txt", stat.S_IFCHR, os.makedev(1, 5)), ("null-device.txt", stat.S_IFCHR, os.makedev(1, 3))):
        try:
            os.mknod("in/" + name, kind | 0o600, device)
        except PermissionError:
            pass
    deep = "in"
    for _ in range(200):
        deep += "/d"
        os.mkdir(deep)
    put(deep + "/deep.txt", TEXT)
    os.mkdir("in/closed", 0)
    for reader in PLUGINS:
        code, documents, said, took = run(reader, "in", seconds=10)
        assert took < 10 or sanitized, (reader, took)
        if reader == "text-reader":
            ids = [document["id"] for document in documents]
            assert "in/z.txt" in ids and deep + "/deep.txt" in ids, (ids, said)
            assert not any("fifo" in at or "zero" in at or "tty" in at or "loop/" in at or "root/" in at or "up/" in at for at in ids), ids
    os.chmod("in/closed", 0o700)
    for name in ("/proc/kmsg", "/proc/self/mem"):
        code, documents, said, took = run("text-reader", name, seconds=10)
        equal((name, code, documents, took < 5), (name, 1, [], True))


tap.main()
