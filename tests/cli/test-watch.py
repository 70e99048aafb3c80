#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`aver watch`: what is taken and when, going on after a stop or a kill, failures, mistakes; TAP on standard output.

test-watch.py AVER TOYS FIXTURES   the folders hold plugins made for tests
"""
import gzip
import json
import os
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import contains, equal, main, test

aver, fixtures = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[3])


def prepare():
    os.mkdir("in")
    pipeline("jsonl-writer")
    with open("docs.json", "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": ["jsonl-reader", "jsonl-writer"]}, file)


def pipeline(*stages):
    with open("p.json", "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": ["text-reader", *stages]}, file)


def put(name, text="Rain.\n", age=10):
    """A file that was written so many seconds ago, renamed into its place."""
    path = os.path.join("in", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.utime(".new", (time.time() - age,) * 2)
    os.rename(".new", path)


def once(*arguments, file="p.json"):
    done = subprocess.run([aver, "watch", file, "in", *arguments, "--once"], stdin=subprocess.DEVNULL,
                          capture_output=True, env={}, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def ids(path="out.jsonl"):
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        return [json.loads(line)["id"] for line in file]


class Watching:
    def __init__(self, *arguments):
        self.process = subprocess.Popen([aver, "watch", "p.json", "in", *arguments], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={})

    def __enter__(self):
        return self

    def wait_for(self, condition):
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                if condition():
                    return
            except FileNotFoundError:
                pass
            time.sleep(0.01)
        raise AssertionError(f"nothing came; {self.process.poll()}")

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        _, err = self.process.communicate(timeout=30)
        return self.process.returncode, err.decode()

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()


@test
def what_is_there_is_taken_once():
    for name in ("b.txt", "a.txt", "sub/deep/c.txt", ".hidden", "d.txt.part", "e.txt~"):
        put(name)
    code, out, err = once("-o", "out.jsonl")
    equal((code, out, err), (0, "", "aver: a.txt and 2 more: 3 written, 0 dropped, 0 failed\n"))
    equal(ids(), ["in/a.txt", "in/b.txt", "in/sub/deep/c.txt"])
    equal(sorted(os.listdir()), ["docs.json", "in", "out.jsonl", "out.jsonl.watch", "p.json"])
    equal(once("-o", "out.jsonl"), (0, "", ""))
    put("b.txt", "Snow.\n")
    put("f.txt")
    equal(once("-o", "out.jsonl", "--quiet"), (0, "", ""))
    equal(ids()[3:], ["in/b.txt", "in/f.txt"])
    equal(once("-o", "other.jsonl", "--match", "*a.txt", "--match", "c.*", "-q"), (0, "", ""))
    equal(ids("other.jsonl"), ["in/a.txt", "in/sub/deep/c.txt"])


@test
def a_folder_takes_a_file_for_each():
    put("a.txt")
    put("sub/b.txt")
    equal(once("-o", "results/", "--suffix", ".json")[0], 0)
    equal(ids("results/a.txt.json") + ids("results/sub/b.txt.json"), ["in/a.txt", "in/sub/b.txt"])
    equal(sorted(os.listdir("results")), ["a.txt.json", "sub"])
    os.unlink("results/a.txt.json")
    equal(once("-o", "results"), (0, "", ""))
    equal(os.path.exists("results/a.txt.json"), False)


@test
def compressed_output_grows():
    put("a.txt")
    equal(once("-o", "out.jsonl.gz")[0], 0)
    put("b.txt")
    equal(once("-o", "out.jsonl.gz")[0], 0)
    equal(ids("out.jsonl.gz"), ["in/a.txt", "in/b.txt"])


@test
def what_arrives_is_taken_when_it_is_complete():
    with Watching("-o", "out.jsonl", "--settle", "0.05") as watching:
        watching.wait_for(lambda: os.path.exists("out.jsonl.watch"))
        put("a.txt")
        watching.wait_for(lambda: ids() == ["in/a.txt"])
        with open("in/slow.txt", "w", encoding="utf-8") as file:
            file.write("Ra")
            file.flush()
            put("b.txt")
            watching.wait_for(lambda: ids() == ["in/a.txt", "in/b.txt"])
            time.sleep(0.3)
            equal(len(ids()), 2)
            file.write("in.\n")
        watching.wait_for(lambda: ids()[2:] == ["in/slow.txt"])
        put("new/deeper/c.txt")
        watching.wait_for(lambda: ids()[3:] == ["in/new/deeper/c.txt"])
        put("new/d.txt")
        watching.wait_for(lambda: ids()[4:] == ["in/new/d.txt"])
        with open(f"/proc/{watching.process.pid}/stat", encoding="utf-8") as file:
            ticks = file.read().split()[13:15]
        time.sleep(0.5)
        with open(f"/proc/{watching.process.pid}/stat", encoding="utf-8") as file:
            equal(file.read().split()[13:15], ticks)
        code, err = watching.stop()
        equal(code, 0)
        contains(err, "aver: slow.txt: 1 written, 0 dropped, 0 failed\n")


@test
def events_that_were_lost_are_made_up_for():
    with Watching("-o", "out.jsonl", "--settle", "0", "-q") as watching:
        watching.wait_for(lambda: os.path.exists("out.jsonl.watch"))
        put("a.txt")
        watching.wait_for(lambda: ids() == ["in/a.txt"])
        watching.process.send_signal(signal.SIGSTOP)
        with open("/proc/sys/fs/inotify/max_queued_events", encoding="utf-8") as file:
            most = int(file.read())
        for _ in range(min(most, 100000) // 2 + 10):
            os.close(os.open("in/.x", os.O_CREAT | os.O_WRONLY))
            os.close(os.open("in/.y", os.O_CREAT | os.O_WRONLY))
        put("b.txt")
        watching.process.send_signal(signal.SIGCONT)
        watching.wait_for(lambda: ids() == ["in/a.txt", "in/b.txt"])
        equal(watching.stop(signal.SIGINT)[0], 0)


@test
def a_batch_that_was_cut_short_is_taken_back():
    put("a.txt")
    equal(once("-o", "out.jsonl")[0], 0)
    with open("out.jsonl", "rb") as file:
        whole = file.read()
    with open("out.jsonl.watch", encoding="utf-8") as file:
        ledger = file.read()
    equal(ledger.splitlines()[:2] + ledger.splitlines()[-1:], ["aver-watch 1", "begin 0 0", "end"])
    for kept in range(len(ledger)):
        begun = ledger.find("begin 0 0\n") + len("begin 0 0\n")
        with open("out.jsonl.watch", "w", encoding="utf-8") as file:
            file.write(ledger[:kept])
        with open("out.jsonl", "wb") as file:
            file.write(whole[:kept] if kept >= begun else b"")
        if kept % 7 == 0 or kept >= len(ledger) - 2:
            equal(once("-o", "out.jsonl", "-q"), (0, "", ""))
            with open("out.jsonl", "rb") as file:
                equal(file.read(), whole)


@test
def kills_lose_nothing_and_double_nothing():
    names = [f"{n:03}.txt" for n in range(60)]
    for name in names[:30]:
        put(name)
    for delay in (0.01, 0.03, 0.05):
        with Watching("-o", "out.jsonl", "--settle", "0", "-q") as watching:
            time.sleep(delay)
            watching.stop(signal.SIGKILL)
    for name in names[30:]:
        put(name)
    equal(once("-o", "out.jsonl", "-q"), (0, "", ""))
    equal(sorted(ids()), ["in/" + name for name in names])


@test
def bad_documents_are_named_and_kept():
    put("a.jsonl", '{"id": "x", "text": "Rain."}\n{"id": \n{"id": "y", "text": "Snow."}\n')
    code, _, err = once("-o", "out.jsonl", "--dead-letter", "bad.jsonl", file="docs.json")
    equal(code, 1)
    contains(err, "aver: in/a.jsonl:2: stage 'jsonl-reader'", "aver: a.jsonl: 2 written, 0 dropped, 1 failed\n")
    put("b.jsonl", "{\n")
    equal(once("-o", "out.jsonl", "--dead-letter", "bad.jsonl", file="docs.json")[0], 1)
    equal(ids(), ["x", "y"])
    with open("bad.jsonl", encoding="utf-8") as file:
        equal([os.path.basename(json.loads(line)["origin"]) for line in file], ["a.jsonl", "b.jsonl"])
    equal(once("-o", "out.jsonl", "--dead-letter", "bad.jsonl", file="docs.json"), (0, "", ""))


@test
def a_file_that_stops_the_run_costs_itself():
    with open("p.json", "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": [{"plugin": "jsonl-reader", "on_error": "stop"}, "jsonl-writer"]}, file)
    for name, text in (("a", "{"), ("b", '{"id": "b", "text": "x"}'), ("c", '{"id": "c", "text": "x"}')):
        put(name + ".jsonl", text + "\n")
    code, _, err = once("-o", "out.jsonl")
    equal(code, 1)
    contains(err, "in/a.jsonl:1:")
    equal(ids(), ["b", "c"])


@test
def a_stop_in_the_middle_of_a_file_leaves_it_for_the_next_time():
    with open("program.sh", "w", encoding="utf-8") as file:
        file.write("while read -r line; do : > begun; until [ -e go ]; do sleep 0.01; done; printf '%s\\n' \"$line\"; done\n")
    pipeline({"plugin": "exec", "options": {"command": "sh ./program.sh"}}, "jsonl-writer")
    put("a.txt")
    with Watching("-o", "out.jsonl", "--settle", "0") as watching:
        watching.wait_for(lambda: os.path.exists("begun"))
        watching.process.send_signal(signal.SIGTERM)
        with open("go", "w", encoding="utf-8"):
            pass
        equal(watching.stop(0), (0, ""))
    equal(os.path.exists("out.jsonl"), False)
    equal(once("-o", "out.jsonl", "-q"), (0, "", ""))
    equal(ids(), ["in/a.txt"])


@test
def looking_again_finds_what_was_not_told_and_leaves_what_failed():
    with open("p.json", "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": [{"plugin": "jsonl-reader", "on_error": "stop"}, "jsonl-writer"]}, file)
    put("bad.jsonl", "{")
    put("../elsewhere", '{"id": "a", "text": "x"}\n', age=20)
    os.symlink("../elsewhere", "in/link.jsonl")
    with Watching("-o", "out.jsonl", "--settle", "0", "--rescan", "1") as watching:
        watching.wait_for(lambda: ids() == ["a"])
        put("../elsewhere", '{"id": "b", "text": "x"}\n')
        watching.wait_for(lambda: ids() == ["a", "b"])
        os.mkdir("in/new")  # has everything looked at again, too
        put("new/c.jsonl", '{"id": "c", "text": "x"}\n')
        watching.wait_for(lambda: ids() == ["a", "b", "c"])
        code, err = watching.stop()
        equal((code, err.count("in/bad.jsonl:1")), (1, 1))
    contains(once("-o", "out.jsonl")[2], "in/bad.jsonl:1")


@test
def messages_can_be_json():
    put("a.jsonl", '{"id": "x", "text": "Rain."}\n{"id": \n')
    code, out, err = once("-o", "out.jsonl", "--log-format", "json", file="docs.json")
    equal((code, out), (1, ""))
    failure, end = [json.loads(line) for line in err.splitlines()]
    equal((failure["file"], failure["line"], failure["stage"], failure["level"]), ("in/a.jsonl", 2, "jsonl-reader", "error"))
    equal(end, {"level": "info", "message": "a.jsonl: 1 written, 0 dropped, 1 failed"})
    err = once("-o", "in/out.jsonl", "--log-format", "json", file="docs.json")[2]
    contains(json.loads(err)["message"], "'in/out.jsonl' is in the folder that is watched")


@test
def what_cannot_be_written_ends_the_watch():
    put("sub/a.txt")
    os.symlink("none/there.jsonl", "out.jsonl")
    os.symlink("/dev/full", "full.jsonl")
    os.mkdir("results")
    with open("results/sub", "w", encoding="utf-8"):
        pass
    for output, state, message in (("results/", "s", "cannot make the folder 'results/sub': Not a directory"), ("none/x.jsonl", None, "none/x.jsonl"),
                                   ("x.jsonl", "none/s", "cannot open 'none/s': No such file or directory"),
                                   ("full.jsonl", "s", "cannot write 'full.jsonl': No space left on device"),
                                   ("out.jsonl", "s", "cannot open 'out.jsonl': No such file or directory")):
        code, out, err = once("-o", output, *(["--state", state] if state else []))
        equal((output, code, out), (output, 3, ""))
        contains(err, "aver: ", message)
    os.mkdir("none")
    equal(once("-o", "out.jsonl", "--state", "s", "-q"), (0, "", ""))
    equal(ids("none/there.jsonl"), ["in/sub/a.txt"])
    equal(once("-o", "out.jsonl", "--state", "s"), (0, "", ""))


@test
def a_ledger_that_was_damaged_is_refused():
    put("a.txt")
    equal(once("-o", "out.jsonl", "-q"), (0, "", ""))
    with open("out.jsonl.watch", encoding="utf-8") as file:
        ledger = file.read()
    for damage in ("nonsense\n", "done 7\n", "done x y z\n", "done 7 8\n"):
        with open("out.jsonl.watch", "w", encoding="utf-8") as file:
            file.write(ledger + damage + "end\n")
        code, out, err = once("-o", "out.jsonl")
        equal((damage, code, out), (damage, 3, ""))
        contains(err, f"'out.jsonl.watch' is damaged at byte {len(ledger)}; expected what aver watch writes\n")


@test
def models_stay_loaded_from_batch_to_batch():
    def opened():
        with open("log", encoding="utf-8") as file:
            return len(file.readlines())

    pipeline({"plugin": "insistent", "options": {"log": "log"}}, "jsonl-writer")
    put("a.txt")
    with Watching("-o", "results/", "--settle", "0", "--plugin-dir", fixtures) as watching:
        for name in ("a.txt", "b.txt", "c.txt"):
            put(name)
            watching.wait_for(lambda: os.path.exists(f"results/{name}.jsonl"))
        equal(opened(), 1)
        pipeline({"plugin": "insistent", "options": {"log": "log"}}, "pass", "jsonl-writer")
        put("d.txt")
        watching.wait_for(lambda: os.path.exists("results/d.txt.jsonl"))
        equal((opened(), watching.stop()[0]), (2, 0))
    equal([ids(f"results/{name}.txt.jsonl") for name in "abcd"], [[f"in/{name}.txt"] for name in "abcd"])


@test
def a_ledger_of_files_done_again_is_made_shorter():
    put("a.txt")
    put("b.txt")
    equal(once("-o", "out.jsonl")[0], 0)
    with open("out.jsonl.watch", encoding="utf-8") as file:
        ledger = file.read()
    with open("out.jsonl.watch", "a", encoding="utf-8") as file:
        file.write("begin 0 0\ndone 1 1 b.txt\nend\n" * 2000 + ledger.split("\n", 1)[1])
    equal(once("-o", "out.jsonl"), (0, "", ""))
    with open("out.jsonl.watch", encoding="utf-8") as file:
        short = file.read()
    equal([line.split()[0] for line in short.splitlines()], ["aver-watch", "begin", "done", "done", "end"])
    equal([line.split()[3] for line in short.splitlines()[2:4]], ["a.txt", "b.txt"])
    equal(len(ids()), 2)
    put("c.txt")
    equal(once("-o", "out.jsonl")[0], 0)
    equal(ids()[2:], ["in/c.txt"])
    with open("out.jsonl.watch", encoding="utf-8") as file:
        equal(file.read().startswith(short + "begin "), True)
    equal(sorted(os.listdir()), ["docs.json", "in", "out.jsonl", "out.jsonl.watch", "p.json"])


@test
def mistakes_are_found_before_anything_is_done():
    put("a.txt")
    done = subprocess.run([aver, "watch", "p.json", "-o", "x"], stdin=subprocess.DEVNULL, capture_output=True, env={}, timeout=60)
    equal((done.returncode, done.stderr.decode().splitlines()[0]), (2, "aver watch: expected a pipeline and one folder: PIPELINE FOLDER"))
    for arguments, message in [
            (("-o", "in/out.jsonl"), "is in the folder that is watched"), (("-o", "-"), "no output"), ((), "no output"),
            (("-o", "x", "--state", "in/s"), "is in the folder that is watched"), (("-o", "x", "--settle", "-1"), "--settle"),
            (("-o", "x", "--state", "p.json"), "is not the state of a watch"), (("-o", "x", "-j", "-1"), "-j is"),
            (("-o", "in/\x1b[2Jx"), "'in/\\u001b[2Jx' is in the folder that is watched"), (("-o", "x", "--rescan", "-1"), "--rescan is"),
            (("-o", "x", "--suffix", "a/b"), "--suffix has"), (("-o", "x", "--log-format", "xml"), "--log-format is"),
            (("-o", "none.jsonl", "--set", "jsonl-writer.x=1"), "unknown option 'x'")]:
        code, out, err = once(*arguments)
        equal((code, out), (2, ""))
        contains(err, message)
    with Watching("-o", "out.jsonl") as watching:
        watching.wait_for(lambda: ids() == ["in/a.txt"])
        contains(once("-o", "out.jsonl")[2], "'out.jsonl.watch' is in use by another aver watch")
        os.rename("in", "gone")
        equal(watching.process.wait(timeout=30), 3)
        contains(watching.process.stderr.read().decode(), "aver: the folder 'in' is gone\n")
    os.rename("gone", "in")
    pipeline({"plugin": "jsonl-writer", "name": "first", "output": "x.jsonl"}, "jsonl-writer")
    contains(once("-o", "y.jsonl")[2], "p.json: stage 2 has an 'output' of its own")
    pipeline({"plugin": "jsonl-writer", "on_error": {"dead-letter": "d"}})
    contains(once("-o", "y.jsonl")[2], "p.json: stage 2 has a dead-letter file")
    pipeline("sentence-splitter", "quote-attributor", "transcript-writer")
    contains(once("-o", "y.txt")[2], "expected a folder: -o OUT/")


main(prepare)
