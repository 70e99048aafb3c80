#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shards of a job: for any number of them, and however they were cut short, what is merged is what one run writes; what is
refused, and how they stand. TAP on standard output.

test-shards.py AVER TOYS [ROUNDS]   so many random inputs for each test, with all numbers of shards (by hand; without, a sample)
"""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

from harness import TEXT, dump, read, run, toys
import tap
from tap import contains, equal, test
from interrupt import start, stop

ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 0


def pipeline(name, *stages):
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": list(stages)}, file)


def prepare():
    pipeline("lines.json", "jsonl-reader", "sentence-splitter", {"plugin": "jsonl-writer", "options": {"text": True}})
    pipeline("auto.json", "auto-reader", "sentence-splitter", {"plugin": "jsonl-writer", "options": {"text": True}})
    pipeline("tables.json", "auto-reader", "sentence-splitter", "csv-writer")
    pipeline("database.json", "auto-reader", "sentence-splitter", "sqlite-writer")


def line(chance, number):
    """One of a file: mostly documents, without ids now and then, so that the number of the line shows; some are not good."""
    kind = chance.random()
    if kind < 0.05:
        return b"{no\n"
    if kind < 0.1:
        return chance.choice([b"\n", b"\r\n", b"\n\n\n"])
    record = {"text": TEXT % number + " Rain." * chance.randrange(1 if kind < 0.9 else 400)}
    if kind < 0.7:
        record["id"] = f"d{chance.randrange(10 ** 6)}"
    return json.dumps(record).encode() + chance.choice([b"\n", b"\n", b"\r\n"])


def lines(name, chance, n, end=b""):
    with open(name, "wb") as file:
        for number in range(n):
            file.write(line(chance, number))
        file.write(end)
    return name


def make_inputs(chance):
    """What is shared out, by what it is like."""
    shutil.rmtree("in", ignore_errors=True)
    os.makedirs("in/many/deeper")
    for i in range(40):
        with open(f"in/many/{'deeper/' if i % 3 else ''}{i}.txt", "wb") as file:
            file.write((TEXT % i).encode() + (b"\xff\0" if i == 33 else b""))
    one = lines("in/one.jsonl", chance, 300, b'{"text":"No line end."}')
    mixed = [one, "in/many", lines("in/none.jsonl", chance, 0), lines("in/few.jsonl", chance, 2), "in/is-not-there.txt"]
    with open("in/long.jsonl", "wb") as file:
        file.write(b'{"text":"short"}\n{"text":"' + b"Long. " * 60000 + b'"}\n' + b'{"text":"short"}\n{"text":"last"}\n')
    subprocess.run(["gzip", "-kf", "in/one.jsonl"], check=True)
    return {"one": [one], "many": ["in/many"], "mixed": mixed, "few": ["in/few.jsonl", "in/none.jsonl"], "long": ["in/long.jsonl"],
            "packed": ["in/one.jsonl.gz", "in/few.jsonl", "in/one.jsonl.gz"]}


def spread(text):
    """The lines of standard error that name documents."""
    return [line for line in text.splitlines() if "stage '" in line]


def contents(path):
    if path.endswith(".db"):
        return dump(path)
    if os.path.isdir(path):
        return {name: read(os.path.join(path, name)) for name in os.listdir(path)}
    return read(path)


def shared(n, name, inputs, out, *more, threads=2):
    """All shards, one after another in another order; what they said, in theirs."""
    said = {}
    order = list(range(1, n + 1))
    random.Random(n).shuffle(order)
    for i in order:
        code, _, err = run("run", "--job", "job", "--shard", f"{i}/{n}", "-j", str(threads), name, *inputs, "-o", out, *more)
        assert code in (0, 1), (code, err)
        said[i] = spread(err)
    return sum((said[i] for i in sorted(said)), [])


def is_as_one_run(n, name, inputs, end, *more):
    for folder in ["job", "single" + end.rstrip("/"), "merged" + end.rstrip("/"), "dead"]:
        shutil.rmtree(folder, ignore_errors=True)
        if os.path.isfile(folder):
            os.remove(folder)
    code, _, err = run("run", name, *inputs, "-o", "single" + end, "--dead-letter", "dead", *more)
    letters = read("dead")
    os.remove("dead")
    told = shared(n, name, inputs, "merged" + end, "--dead-letter", "dead", *more)
    equal(told, spread(err))
    merged, _, errors = run("merge", "job")
    equal((merged, errors if merged > 1 else ""), (code, ""))
    equal(contents("merged" + end) == contents("single" + end), True)
    equal(read("dead") == letters, True)
    equal(run("status", "job")[0], 0)


def for_some(kinds, name, end, seed, *more):
    chance = random.Random(seed)
    for _ in range(max(ROUNDS, 1)):
        inputs = make_inputs(chance)
        for kind in kinds:
            for n in range(1, 8) if ROUNDS else [chance.randrange(2, 8)]:
                try:
                    is_as_one_run(n, name, inputs[kind], end, *more)
                except AssertionError:
                    print(f"# {n} shards, {kind}, seed {seed}", flush=True)
                    raise


@test
def lines_are_as_one_run_writes_them():
    for_some(["one", "few", "long"], "lines.json", ".jsonl", 1)


@test
def files_of_all_kinds_are_as_one_run_writes_them():
    for_some(["many", "mixed", "packed"], "auto.json", ".jsonl", 2)


@test
def compressed_output_is_as_one_run_writes_it():
    for_some(["one"], "lines.json", ".jsonl.gz", 3)
    for_some(["one"], "lines.json", ".jsonl.zst", 4)


@test
def tables_are_as_one_run_writes_them():
    for_some(["mixed", "few"], "tables.json", "", 5)


@test
def a_database_is_as_one_run_writes_it():
    for_some(["mixed", "one"], "database.json", ".db", 6)


@test
def every_writer_writes_as_in_one_run():
    make_inputs(random.Random(16))
    writers = [("brat-writer", ""), ("report-writer", "/"), ("claims-writer", ".jsonl")]
    more = [("report-writer", ".html"), ("transcript-writer", ".txt"), ("webanno-writer", ".tsv"), ("elastic-writer", ".bulk")]
    for writer, end in writers + (more if ROUNDS else []):
        pipeline("writer.json", "auto-reader", "sentence-splitter", *(["claim-classifier"] if writer == "claims-writer" else []), writer)
        is_as_one_run(2, "writer.json", ["in/many"], end)


@test
def what_was_written_for_another_kind_of_output_is_refused():
    make_inputs(random.Random(17))
    pipeline("report.json", "auto-reader", "sentence-splitter", "report-writer")
    shared(2, "report.json", ["in/many"], "report.html")
    refused("the documents were written for one file; expected such an output", "merge", "job", "-o", "pages/")
    equal(os.path.exists("pages"), False)


@test
def more_shards_than_records():
    with open("in.jsonl", "w", encoding="utf-8") as file:
        file.write('{"text":"One."}\n{"text":"Two."}\n')
    is_as_one_run(7, "lines.json", ["in.jsonl"], ".jsonl")


@test
def killed_shards_go_on():
    chance = random.Random(7)
    make_inputs(chance)
    lines("in.jsonl", chance, 3000)
    inputs = ["in/many", "in.jsonl", "in/one.jsonl.gz"]
    code = run("run", "auto.json", *inputs, "-o", "single.jsonl")[0]
    killed = 0
    for i in range(1, 4):
        arguments = ["run", "-j", "2", "--job", "job", "--checkpoint", "50", "--shard", f"{i}/3", "auto.json", *inputs]
        for _ in range(max(ROUNDS, 2)):
            process = start(*arguments)
            time.sleep(chance.uniform(0.005, 0.04))
            killed += stop(process)[0] == -signal.SIGKILL
            state = json.loads(run("status", "--json", "job")[1] or "{}").get("state")
            equal(state in ("stopped", "finished", None), True)
        assert run(*arguments)[0] in (0, 1)
    assert killed > 0
    equal(run("merge", "job", "-o", "merged.jsonl")[0], code)
    equal(read("merged.jsonl") == read("single.jsonl"), True)
    equal([name for name in os.listdir("job/shard-0001-of-0003") if name == "unused" or "partial" in name], [])


@test
def a_finished_shard_is_left_alone_and_says_what_it_said():
    lines("in.jsonl", random.Random(8), 50)
    arguments = ["run", "--job", "job", "--shard", "1/2", "lines.json", "in.jsonl"]
    equal(run(*arguments)[0], 1)
    marker = "job/shard-0001-of-0002/done.json"
    before = os.stat(marker)
    code, _, err = run(*arguments)
    equal(code, 1)
    contains(err, "was finished before")
    equal(os.stat(marker).st_mtime_ns, before.st_mtime_ns)
    marked = json.loads(read(marker))
    equal((marked["shard"], marked["n_shards"], len(marked["fingerprint"])), (1, 2, 64))
    equal(marked["documents_in"], marked["documents_out"] + marked["documents_failed"])
    os.remove(marker)  # a kill may fall between the journal and the marker
    equal(run(*arguments)[0], 1)
    equal(json.loads(read(marker)), marked)


def refused(reason, *arguments, code=2):
    got, out, err = run(*arguments)
    equal((got, out) if code is not None else (got in (2, 3), out), (code or True, b""))
    contains(err, reason)
    return err


@test
def what_cannot_be_merged_is_refused_by_name():
    lines("in.jsonl", random.Random(9), 200)
    merge = ["merge", "job", "-o", "out.jsonl"]
    refused("there are no shards in 'job'", *merge)
    for i in [1, 3]:
        run("run", "--job", "job", "--shard", f"{i}/3", "lines.json", "in.jsonl")
    refused("shard 2 of 3 in '" + os.getcwd() + "/job' is missing", *merge)
    refused("job 'job' has 3 shards", "run", "--job", "job", "--shard", "2/4", "lines.json", "in.jsonl")
    refused("job 'job' has 3 shards", "run", "--job", "job", "lines.json", "in.jsonl", "-o", "x.jsonl")
    equal(run("run", "--job", "job", "--shard", "2/3", "lines.json", "in.jsonl", "--set", "jsonl-writer.text=false")[0], 1)
    refused("shard 2 of 3 in '" + os.getcwd() + "/job' does not go with shard 1: option 'text' of stage 'jsonl-writer' was true, "
            "is false", *merge)
    shutil.rmtree("job/shard-0002-of-0003")
    shutil.copytree("job/shard-0003-of-0003", "job/shard-0002-of-0003")
    refused("shard 3 is there twice: 'shard-0002-of-0003' is a copy of 'shard-0003-of-0003'", *merge)
    shutil.rmtree("job/shard-0002-of-0003")
    os.utime("in.jsonl", (1, 1))
    run("run", "--job", "job", "--shard", "2/3", "lines.json", "in.jsonl")
    refused("shard 2 of 3 in '" + os.getcwd() + "/job' does not go with shard 1: input 'in.jsonl' was", *merge)
    shutil.copytree("job/shard-0001-of-0003", "job/shard-0001-of-0004")
    refused("has shards of 3 and of 4", *merge)
    refused("has shards of 3 and of 4", "status", "job")
    equal(os.path.exists("out.jsonl"), False)


@test
def what_is_merged_elsewhere_is_refused():
    os.makedirs("here")
    lines("here/in.jsonl", random.Random(9), 20)
    shutil.copy("lines.json", "here/lines.json")
    run("run", "--job", "../job", "--shard", "1/1", "lines.json", "in.jsonl", cwd="here")
    refused("no output; expected -o OUT", "merge", "job")
    refused("expected one DIR", "merge")
    refused("expected one DIR", "merge", "job", "job")
    os.rename("here/lines.json", "gone.json")
    refused("lines.json: cannot be read: there is no such file", "merge", "job", "-o", "out.jsonl")
    os.rename("here", "there")
    refused("cannot go to '" + os.getcwd() + "/here', where the shards were run", "merge", "job", "-o", "out.jsonl")
    equal(os.path.exists("out.jsonl"), False)


@test
def what_was_damaged_is_refused_by_name():
    lines("in.jsonl", random.Random(10), 200)
    for i in [1, 2]:
        run("run", "--job", "job", "--shard", f"{i}/2", "lines.json", "in.jsonl")
    spool = "job/shard-0002-of-0002/writer-1.spool"
    whole = read(spool)
    for damaged, reason in [(whole[:-1], "it ends there"), (whole[:-16], "it ends there"), (whole + b"x", "expected the end"),
                            (whole[:400] + b"\0" + whole[401:], "its checksum is wrong"), (b"", "it ends there"),
                            (b"data" + b"\xff" * 12 + whole[16:], "expected what a writer is given")]:
        with open(spool, "wb") as file:
            file.write(damaged)
        refused("shard-0002-of-0002/writer-1.spool' is damaged at byte", "merge", "job", "-o", "out.jsonl", code=3)
        contains(run("merge", "job", "-o", "out.jsonl")[2], reason)
    os.remove(spool)
    refused("writer-1.spool': No such file", "merge", "job", "-o", "out.jsonl", code=3)
    with open(spool, "wb") as file:
        file.write(whole)
    with open("lines.json", "a", encoding="utf-8") as file:
        file.write("\n")
    refused("the pipeline is not that of the shards: the pipeline file 'lines.json' changed", "merge", "job", "-o", "out.jsonl")
    equal(os.path.exists("out.jsonl"), False)


@test
def what_is_not_there_or_not_done_is_refused_by_name():
    lines("in.jsonl", random.Random(15), 200, b"{no\n")
    pipeline("stop.json", {"plugin": "jsonl-reader", "on_error": "stop"}, "jsonl-writer")
    pipeline("dead.json", {"plugin": "jsonl-reader", "on_error": {"dead-letter": "dead.jsonl"}}, "jsonl-writer")
    for name in ["stop", "dead"]:
        for i in [1, 2]:
            run("run", "--job", name, "--shard", f"{i}/2", name + ".json", "in.jsonl")
    refused("shard 1 of 2 in '" + os.getcwd() + "/stop' is not finished", "merge", "stop", "-o", "out.jsonl")
    letters = [name for name in os.listdir("dead/shard-0002-of-0002") if "letters" in name]
    equal(len(letters), 1)
    os.rename("dead/shard-0002-of-0002/" + letters[0], "kept")
    refused(letters[0] + "': No such file", "merge", "dead", "-o", "out.jsonl", code=3)
    equal((os.path.exists("out.jsonl"), os.path.exists("dead.jsonl")), (False, False))
    os.mkfifo("dead/shard-0002-of-0002/" + letters[0])
    refused(letters[0] + "': it is no regular file", "merge", "dead", "-o", "out.jsonl", code=3)
    os.rename("kept", "dead/shard-0002-of-0002/" + letters[0])
    equal(run("merge", "dead", "-o", "out.jsonl")[0], 1)
    assert b"{no" in read("dead.jsonl")
    journal = "dead/shard-0002-of-0002/journal.log"
    os.rename(journal, "kept")
    for make, reason in [(os.mkdir, "its journal cannot be read: it is no file"), (lambda path: os.symlink("/dev/zero", path), "its journal cannot be read")]:
        make(journal)
        for arguments in [["merge", "dead"], ["status", "dead"], ["run", "--job", "dead", "--shard", "2/2", "dead.json", "in.jsonl"]]:
            contains(refused(reason, *arguments, code=None), "shard-0002-of-0002" if arguments[0] == "run" else "shard 2 of 2 in '")
        (os.rmdir if os.path.isdir(journal) else os.remove)(journal)


@test
def what_a_killed_shard_left_is_cleared_away():
    lines("in.jsonl", random.Random(16), 20)
    os.makedirs("job/shard-0001-of-0002/unused/deeper")
    os.makedirs("kept")
    for name in ["unused/out.jsonl", "unused/deeper/out.jsonl"]:
        with open("job/shard-0001-of-0002/" + name, "w", encoding="utf-8") as file:
            file.write("left")
    os.symlink(os.path.abspath("kept"), "job/shard-0001-of-0002/unused/link")
    equal(run("run", "--job", "job", "--shard", "1/2", "lines.json", "in.jsonl")[0], 0)
    equal((os.path.exists("job/shard-0001-of-0002/unused"), os.path.isdir("kept")), (False, True))


@test
def what_cannot_be_shared_out_is_refused():
    with open("dead.jsonl", "w", encoding="utf-8") as file:
        file.write("{}\n")
    refused("dead letters cannot be shared out", "run", "--shard", "1/2", "--replay", "dead.jsonl", "lines.json")
    refused("cannot make the job's folder 'not/there'", "run", "--job", "not/there", "--shard", "1/2", "lines.json", "dead.jsonl", code=3)
    equal(run("run", "--job", "whole", "lines.json", "dead.jsonl", "-o", "out.jsonl")[0], 1)
    refused("job 'whole' has no shards", "run", "--job", "whole", "--shard", "1/2", "lines.json", "dead.jsonl")
    lines("in.jsonl", random.Random(11), 20)
    refused("standard input cannot be shared out", "run", "--shard", "1/2", "lines.json")
    pipeline("serial.json", "jsonl-reader", "counts", "jsonl-writer")
    fixtures = ["--plugin-dir", os.path.join(os.path.dirname(toys), "fixtures")]
    refused("stage 'counts': cannot be part of a shard", "run", *fixtures, "--shard", "1/2", "serial.json", "in.jsonl")
    refused("standard input cannot be shared out", "run", "--shard", "1/2", "lines.json", "in.jsonl", "-")
    refused("cannot take a sample", "run", "--shard", "1/2", "--limit", "3", "lines.json", "in.jsonl")
    refused("cannot take a sample", "run", "--shard", "1/2", "--every", "1/3", "lines.json", "in.jsonl")
    for wrong in ["0/2", "3/2", "1", "x/2", "1/", "1/2/3", "-1/2", "1/100001"]:
        refused(f"--shard is {wrong}; expected I/N", "run", "--shard", wrong, "lines.json", "in.jsonl")


@test
def shards_without_a_job_follow_each_other():
    lines("in.jsonl", random.Random(12), 400)
    whole = run("run", "lines.json", "in.jsonl")[1]
    parts = [run("run", "--shard", f"{i}/5", "lines.json", "in.jsonl")[1] for i in range(1, 6)]
    equal(b"".join(parts) == whole, True)
    assert all(len(whole) / 8 < len(part) < len(whole) / 3 for part in parts), [len(part) for part in parts]
    equal([run("run", "--shard", f"{i}/5", "auto.json", "in.jsonl")[1] for i in range(1, 6)], parts)


@test
def the_table_tells_how_shards_stand():
    lines("in.jsonl", random.Random(13), 60)
    run("run", "--job", "job", "--shard", "1/3", "lines.json", "in.jsonl")
    os.mkdir("job/shard-0002-of-0003")
    code, out, _ = run("status", "job")
    rows = [line.split() for line in out.decode().splitlines()]
    equal((code, rows[0]), (3, ["shard", "state", "documents", "failed", "committed"]))
    equal([row[:2] for row in rows[1:]], [["1", "finished"], ["2", "missing"], ["3", "missing"], ["all", "stopped"]])
    job = json.loads(run("status", "--json", "job")[1])
    equal((job["n_shards"], job["finished"], job["state"]), (3, 1, "stopped"))
    equal(job["documents_in"], job["shards"][0]["documents_in"])
    equal([shard["state"] for shard in job["shards"]], ["finished", "missing", "missing"])


@test
def merging_again_gives_the_same():
    lines("in.jsonl", random.Random(14), 2000)
    for i in [1, 2]:
        run("run", "--job", "job", "--shard", f"{i}/2", "tables.json", "in.jsonl", "-o", "tables")
    equal(run("merge", "job")[0], 1)
    first = contents("tables")
    process = start("merge", "job")
    time.sleep(0.01)
    stop(process)
    os.mkdir("elsewhere")
    os.remove("in.jsonl")
    os.chdir("elsewhere")
    equal(run("merge", "../job")[0], 1)
    equal(run("merge", "../job", "-o", "here")[0], 1)
    equal(contents("here") == first and contents("../tables") == first, True)


if __name__ == "__main__":
    tap.main(prepare)
