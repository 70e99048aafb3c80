#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Jobs that are interrupted, refused, asked how they stand; and what a run may cost. TAP on standard output.

test-jobs.py AVER TOYS [EVERY [MOMENTS]]   as interrupt.py has it
"""
import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

from harness import TEXT, aver, contents, job, main, make_inputs, read, run, toys, uninterrupted
from tap import Skip, contains, equal, peak_memory, test
from interrupt import killed_at_random, start, stop


@test
def killed_at_random_moments():
    killed_at_random("lines", 1, 11)


@test
def killed_at_random_moments_with_two_threads():
    killed_at_random("texts", 2, 12)


@test
def killed_at_random_moments_while_it_writes_for_a_person():
    killed_at_random("lines", 2, 13, "--writer", "transcript-writer", "--set", "transcript-writer.width=80")


@test
def a_kill_without_a_job_leaves_nothing():
    with open("probe", "w", encoding="utf-8"):
        pass
    try:
        os.close(os.open(".", os.O_WRONLY | os.O_TMPFILE))
    except OSError as reason:
        raise Skip("the file system has no nameless files") from reason
    make_inputs()
    before = sorted(os.listdir("."))
    process = start("run", "lines.json", "-o", "out.jsonl", "--dead-letter", "dead.jsonl", stdin=subprocess.PIPE)
    process.stdin.write(read("in.jsonl"))
    process.stdin.flush()
    time.sleep(0.2)
    stop(process)
    equal(sorted(os.listdir(".")), before)


def begin(*arguments, **more):
    """Starts a job, and waits until it has a journal."""
    process = start(*arguments, **more)
    while process.poll() is None and not os.path.exists("job/journal.log"):
        time.sleep(0.001)
    return process


@test
def a_signal_stops_in_the_middle():
    with open("in.jsonl", "w", encoding="utf-8") as file:
        for i in range(60):
            file.write(json.dumps({"id": str(i), "text": (TEXT % i + " ") * 2500}) + "\n")
    equal(run("run", "lines.json", "in.jsonl", "-o", "plain.jsonl")[0], 0)
    for number in [signal.SIGTERM, signal.SIGINT]:
        arguments = ["run", "-j", "2", "--job", "job", "lines.json", "in.jsonl", "-o", "out.jsonl"]
        process = begin(*arguments)
        code, err = stop(process, number)
        equal(code, 3)
        contains(err, "stopped before the end of the input")
        status = json.loads(run("status", "job", "--json")[1])
        equal((status["state"], status["documents_in"] < 60), ("stopped", True))
        equal(run(*arguments)[0], 0)
        equal(read("out.jsonl") == read("plain.jsonl"), True)
        equal(sorted(os.listdir(".")), ["in.jsonl", "job", "lines.json", "out.jsonl", "plain.jsonl", "texts.json"])
        shutil.rmtree("job")
        os.remove("out.jsonl")


@test
def a_job_stopped_before_its_first_document_goes_on():
    with open("in.jsonl", "w", encoding="utf-8") as file:
        file.write('{"id": "held", "text": "It rained."}\n')
    with open("held.json", "w", encoding="utf-8") as file:
        command = "sh -c 'while [ -e hold ]; do sleep 0.05; done; exec cat'"
        json.dump({"version": 1, "stages": ["jsonl-reader", {"plugin": "exec", "options": {"command": command}}, "jsonl-writer"]}, file)
    with open("hold", "w", encoding="utf-8"):
        arguments = ["run", "-j", "1", "--job", "job", "held.json", "in.jsonl", "-o", "out.jsonl"]
    process = begin(*arguments)
    code, err = stop(process, signal.SIGTERM)
    equal(code, 3)
    os.remove("hold")
    contains(err, "stopped before the end of the input", " 0 written")
    code, _, err = run(*arguments)
    equal((code, err), (0, "aver: 1 document: 1 written\n"))


@test
def a_finished_job_does_nothing():
    make_inputs()
    uninterrupted()
    before = os.stat("whole/out.jsonl").st_mtime_ns
    code, out, err = run(*job("whole"))
    equal((code, out), (1, b""))  # as the run that finished it
    contains(err, "job 'whole/job' was finished before", "nothing to do")
    equal(os.stat("whole/out.jsonl").st_mtime_ns, before)


def stopped_job(*more):
    """A job with some checkpoints, cut short by its input failing to come."""
    make_inputs(n_lines=3000)
    os.mkdir("out")
    for wait in range(1, 50):
        process = start(*job("out", "lines", 1, *more))
        time.sleep(0.01 * wait)
        stop(process)
        text = run("status", "out/job", "--json")[1]
        state = json.loads(text) if text else {"state": "none", "documents_in": 0}
        if state["state"] == "stopped" and state["documents_in"] > 0:
            return
        shutil.rmtree("out")
        os.mkdir("out")
    raise AssertionError("no job was cut short")


def refused(hint, *more):
    before = contents("out")
    code, _, err = run(*job("out", "lines", 1, *more))
    equal(code, 2)
    contains(err, "job 'out/job' cannot go on", hint)
    equal(contents("out") == before, True)


@test
def what_changed_is_told():
    stopped_job()
    refused("option 'text' of stage 'jsonl-writer' was false, is true", "--set", "jsonl-writer.text=true")
    refused("input 'lines.json' is new", "lines.json")
    refused("the longest record allowed was 1048576, is 2097152", "--max-record", "2")
    pipeline = read("lines.json")
    with open("lines.json", "ab") as file:
        file.write(b"\n")
    refused("the pipeline file 'lines.json' changed")
    code, out, _ = run("status", "out/job")
    equal(code, 3)
    contains(out.decode(), "the pipeline file 'lines.json' changed", "go on with aver run -j 1")
    with open("lines.json", "wb") as file:
        file.write(pipeline)
    times = os.stat("in.jsonl")
    os.utime("in.jsonl", ns=(times.st_atime_ns, times.st_mtime_ns + 1000000))
    refused("input 'in.jsonl' was")
    os.utime("in.jsonl", ns=(times.st_atime_ns, times.st_mtime_ns))
    equal(run(*job("out"))[0], 1)


@test
def files_that_an_option_names_are_looked_at():
    with open("in.jsonl", "w", encoding="utf-8") as file:
        file.write('{"id":"1","text":"Ada Quill."}\n{no\n')
    with open("more.tsv", "w", encoding="utf-8") as file:
        file.write("person\tBo Tarn\n")
    for names in ["names.tsv", "more.tsv, names.tsv"]:
        with open("list.json", "w", encoding="utf-8") as file:
            json.dump({"version": 1, "stages": ["jsonl-reader", {"plugin": "gazetteer", "options": {"list": names}}, "jsonl-writer"]}, file)
        arguments = ["run", "list.json", "in.jsonl", "--job", "job " + names, "-o", "out", "--max-errors", "0"]
        for name, code, hint in [("Ada Quill", 3, ""), ("Ida Quill", 2, "the file 'names.tsv' changed"), ("Ada Quill", 3, "")]:
            with open("names.tsv", "w", encoding="utf-8") as file:
                file.write(f"person\t{name}\n")
            got, _, err = run(*arguments)
            equal((got, hint in err), (code, True))
            equal(run("status", "job " + names)[1].decode().count("the file 'names.tsv' changed"), 1 if code == 2 else 0)


@test
def a_changed_plugin_is_told():
    os.mkdir("plugins")
    built = os.path.join(os.path.dirname(aver), "plugins")
    os.makedirs("plugins/quote-attributor")
    for name in ("quote-attributor.so", "quote-attributor/balanced.model"):
        shutil.copy(os.path.join(built, name), os.path.join("plugins", name))
    stopped_job("--plugin-dir", "plugins")
    with open("plugins/quote-attributor.words", "wb") as file:
        file.write(b"data beside the module")
    refused("plugins/quote-attributor.words' is new", "--plugin-dir", "plugins")
    os.remove("plugins/quote-attributor.words")
    with open("plugins/quote-attributor.so", "ab") as file:
        file.write(b"\0")
    refused("plugin 'quote-attributor' changed", "--plugin-dir", "plugins")


@test
def two_processes_do_not_share_a_job():
    arguments = ["run", "--job", "job", "lines.json", "-o", "out.jsonl"]
    process = begin(*arguments, stdin=subprocess.PIPE)
    process.stdin.write(b'{"id":"1","text":"It rained."}\n')
    process.stdin.flush()
    code, _, err = run(*arguments)
    equal(code, 2)
    contains(err, "is being run by another process")
    equal(json.loads(run("status", "job", "--json")[1])["state"], "running")
    process.stdin.close()
    equal((process.wait(timeout=30), process.stderr.read()), (0, b"aver: 1 document: 1 written\n"))
    process.stderr.close()


@test
def a_damaged_journal_is_refused():
    stopped_job()
    journal = read("out/job/journal.log")
    for damaged in [journal[:100], b"x" + journal, journal.replace(b'"command":"', b'"command":" ', 1), b"", b"\0" * 4096]:
        with open("out/job/journal.log", "wb") as file:
            file.write(damaged)
        code, _, err = run(*job("out"))
        equal((damaged[:20], code), (damaged[:20], 3))
        contains(err, "job 'out/job': its journal")
        equal(run("status", "out/job")[0], 2)
    with open("out/job/journal.log", "wb") as file:
        file.write(journal + b"0123456789abcdef {\"type\":\"chec")
    equal(run(*job("out"))[0], 1)
    equal(contents("out") == uninterrupted(), True)


@test
def a_partial_file_that_is_gone_or_short_is_told():
    stopped_job()
    name = next(name for name in os.listdir("out") if name.startswith("out.jsonl.") and name.endswith(".partial"))
    bytes_before = read(f"out/{name}")
    with open(f"out/{name}", "wb") as file:
        file.write(bytes_before[:10])
    code, _, err = run(*job("out"))
    equal(code, 3)
    contains(err, name, "it has 10 bytes; expected at least")
    os.remove(f"out/{name}")
    code, _, err = run(*job("out"))
    equal(code, 3)
    contains(err, name, "No such file")
    with open(f"out/{name}", "wb") as file:
        file.write(bytes_before)
    equal(run(*job("out"))[0], 1)


@test
def a_report_of_which_the_beginning_is_gone_is_told():
    report = ["--writer", "report-writer"]
    stopped_job(*report)
    name = next(name for name in os.listdir("out") if name.endswith(".spool"))
    bytes_before = read(f"out/{name}")
    with open(f"out/{name}", "wb") as file:
        file.write(bytes_before[:10])
    code, _, err = run(*job("out", "lines", 1, *report))
    equal(code, 3)
    contains(err, name, "it has 10 bytes; expected at least")
    os.remove(f"out/{name}")
    code, _, err = run(*job("out", "lines", 1, *report))
    equal(code, 3)
    contains(err, f"cannot go on with what the report is made of, the file 'out/{name}': No such file")
    with open(f"out/{name}", "wb") as file:
        file.write(bytes_before)
    equal(run(*job("out", "lines", 1, *report))[0], 1)


@test
def a_database_whose_rows_are_gone_is_told():
    if run("plugins", "sqlite-writer")[0] != 0:
        raise Skip("sqlite-writer is not built")
    more = ["--writer", "sqlite-writer"]
    stopped_job(*more)
    name = next(name for name in os.listdir("out") if name.startswith("out.jsonl.") and not name.endswith("-journal"))
    with contextlib.closing(sqlite3.connect(f"out/{name}")) as database, database:
        database.execute("UPDATE aver_job SET bytes = 1")
    code, _, err = run(*job("out", "lines", 1, *more))
    equal(code, 3)
    contains(err, f"cannot go on with the database 'out/{name}': it has 1 bytes of rows; expected at least the ")
    os.remove(f"out/{name}")
    code, _, err = run(*job("out", "lines", 1, *more))
    equal(code, 3)
    contains(err, f"cannot go on with the job's unfinished database 'out/{name}': No such file")


INPUTS = {
    "csv-reader": ("in.csv", "id,text\n1,It rained.\n"),
    "feed-reader": ("in.xml", "<rss><channel><item><title>Rain</title><description>It rained.</description></item></channel></rss>"),
    "html-reader": ("in.html", "<title>Rain</title><p>It rained in Harrowby, and it rained on."),
    "newsml-reader": ("in.xml", "<nitf><body><body.content><p>It rained.</p></body.content></body></nitf>"),
    "pdf-reader": ("in.pdf", "%PDF-1.4\n%%EOF\n"),
    "warc-reader": ("in.warc", "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"),
}


@test
def whoever_reads_a_changed_input_is_told():
    for reader, (name, text) in INPUTS.items():
        if run("plugins", reader)[0] != 0:
            continue  # its library is missing
        with open("p.json", "w", encoding="utf-8") as file:
            json.dump({"version": 1, "stages": [reader, "jsonl-writer"]}, file)
        os.mkdir(reader)
        with open(f"{reader}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
        command = ["run", "p.json", reader, "--job", f"{reader}.job", "-o", f"{reader}.jsonl"]
        assert run(*command)[0] in (0, 1), reader
        contains(run(*command)[2], f"job '{reader}.job' was finished before")
        with open(f"{reader}/{name}", "a", encoding="utf-8") as file:
            file.write("\n")
        code, _, err = run(*command)
        equal(code, 2)
        contains(err, f"job '{reader}.job' cannot go on", f"{reader}/{name}")


@test
def a_job_needs_a_file_to_write():
    make_inputs()
    for target in [[], ["-o", "-"], ["-o", "/dev/null"]]:
        code, _, err = run("run", "--job", "job", "lines.json", "in.jsonl", *target)
        equal(code, 2)
        contains(err, "a job cannot write to", "expected a regular file")
        equal(os.listdir("job"), ["lock"])  # and it has not begun
    code, _, err = run("run", "--job", "job", "lines.json", "in.jsonl", "-o", "none/out")
    equal((code, os.listdir("job")), (3, ["lock"]))
    equal(run("run", "--job", "job", "--checkpoint", "often", "lines.json", "in.jsonl", "-o", "out")[0], 2)
    equal(run("run", "--job", "job", "--checkpoint", "10s", "lines.json", "in.jsonl", "-o", "out")[0], 1)


@test
def status_tells_how_a_job_stands():
    make_inputs()
    uninterrupted()
    code, out, err = run("status", "whole/job")
    equal((code, err), (0, ""))
    contains(out.decode(), "state      finished\n", "documents  309: 301 written, 0 dropped, 8 failed\n",
             "documents/s")
    state = json.loads(run("status", "whole/job", "--json")[1])
    equal((state["state"], state["changed"], state["error"]), ("finished", [], None))
    equal(state["documents_in"], state["documents_out"] + state["documents_dropped"] + state["documents_failed"])
    contains(state["command"], "aver run -j 1 --max-record 1 --job whole/job")
    equal(run("status", "nowhere")[0], 2)
    equal(run("status")[0], 2)


@test
def a_line_of_a_gigabyte_is_a_dead_letter_in_bounded_memory():
    with open("in.jsonl", "wb") as file:
        file.write(b'{"id":"a","text":"It rained."}\n')
        file.truncate(1 << 30)
        file.seek(0, os.SEEK_END)
        file.write(b'\n{"id":"b","text":"It rained."}\n')
    code, err, peak = peak_memory(aver, "run", "-j", "2", "--job", "job", "lines.json", "in.jsonl", "-o", "out.jsonl",
                                  "--dead-letter", "dead.jsonl")
    equal(code, 1)
    contains(err, "in.jsonl:2: stage 'jsonl-reader': the line is longer than 16777216 bytes")
    assert peak <= 256, peak
    letter = json.loads(read("dead.jsonl"))
    equal((letter["record"], letter["line"], letter["offset"]), (None, 2, 31))
    equal([json.loads(line)["id"] for line in read("out.jsonl").splitlines()], ["a", "b"])


@test
def long_records_take_bounded_memory():
    with open("in.jsonl", "w", encoding="utf-8") as file:
        for i in range(60):
            file.write(json.dumps({"id": str(i), "text": "x" * 3000000}) + "\n")
    code, _, peak = peak_memory(aver, "run", "-j", "2", "lines.json", "in.jsonl", "-o", "out.jsonl")
    equal(code, 0)
    assert peak <= 256, peak


main()
