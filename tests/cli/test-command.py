#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The `aver` command as its users meet it: help, exit codes, messages, streams and signals; TAP on standard output.

test-command.py AVER TOYS FIXTURES   the folders hold plugins made for tests
"""
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time

NEEDED = ["text-reader", "jsonl-reader", "pass", "sentence-splitter", "jsonl-writer", "transcript-writer", "toy-writer", "toy-options",
          "fails-document", "fails-open"]

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import contains, equal, main, test

aver, toys, fixtures = (os.path.abspath(path) for path in sys.argv[1:4])


def run(*arguments, stdin=b"", env=None, quiet=True, **more):
    """Without the summary, which is much the same everywhere, unless it is asked for."""
    if quiet and arguments[:1] == ("run",) and "--help" not in arguments and "-h" not in arguments:
        arguments = ("run", "--quiet", *arguments[1:])
    done = subprocess.run([aver, *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={} if env is None else env, timeout=60, **more)
    return done.returncode, done.stdout, done.stderr.decode(errors="surrogateescape")


def pipeline(name, *stages):
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": list(stages)}, file)
    return name


def write(name, text):
    with open(name, "wb") as file:
        file.write(text.encode())
    return name


def ids(output):
    return [json.loads(line)["id"] for line in output.splitlines()]


def copy_pipeline():
    return pipeline("copy.json", "text-reader", {"plugin": "jsonl-writer", "options": {"text": True}})


def records(*texts):
    return "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts)).encode()


@test
def needed_plugins_are_there():
    code, out, _ = run("plugins", "--json", "--plugin-dir", toys, "--plugin-dir", fixtures)
    equal(code, 0)
    usable = {plugin["name"] for plugin in json.loads(out) if "error" not in plugin}
    equal([name for name in NEEDED if name not in usable], [])


@test
def no_command_is_a_mistake():
    code, out, err = run()
    equal((code, out), (2, b""))
    equal(err, "aver: no command; expected one of those that 'aver --help' lists\n'aver --help' tells more\n")


@test
def help_lists_every_command():
    code, out, err = run("--help")
    equal((code, err), (0, ""))
    contains(out.decode(), "run", "check", "plugins", "help", "Exit codes:", "--version")
    equal(run("help")[1], out)
    equal(run("-h")[1], out)


@test
def every_command_has_help():
    for name, parts in {"run": ["PIPELINE [INPUT...]", "--output", "--jobs", "--reader", "--writer", "--set",
                                "--dead-letter", "--plugin-dir", "  3  the run could not finish", "--replay", "--metrics"],
                        "check": ["PIPELINE...", "--set", "--plugin-dir", "  2  the command line"],
                        "train": ["PLUGIN DATA... -o MODEL", "--folds-field", "--set", "  2  the command line"],
                        "explain": ["PIPELINE FILE", "--at", "--layer", "--document", "--json", "--reader", "--set"],
                        "plugins": ["[PLUGIN]", "--json", "--plugin-dir"]}.items():
        code, out, err = run(name, "--help")
        equal((code, err), (0, ""))
        contains(out.decode(), f"aver {name} ", "Exit codes:", *parts)
        equal(run("help", name)[1], out)
        equal(run(name, "-h")[1], out)


@test
def version_is_one_line():
    code, out, err = run("--version")
    equal((code, err), (0, ""))
    assert out.startswith(b"aver ") and out.count(b"\n") == 1, out


@test
def unknown_commands_and_options_are_mistakes():
    equal(run("chek"), (2, b"", "aver: no command 'chek'; did you mean 'check'?\n'aver --help' tells more\n"))
    equal(run("frobnicate")[2].splitlines()[0],
          "aver: no command 'frobnicate'; expected one of run, check, graph, schema, eval, train, explain, new, test, diff, watch, plugins, serve, status, merge, help")
    equal(run("help", "rnu")[0], 2)
    equal(run("--frob")[0], 2)
    code, out, err = run("check", "--frob")
    equal((code, out, err), (2, b"", "aver check: Unknown option --frob\n'aver check --help' tells more\n"))


@test
def words_that_may_stand_on_a_command_line_are_listed():
    for kind, some in {"readers": "text-reader", "writers": "jsonl-writer", "annotators": "pass", "plugins": "toy-options", "trainable": "toy-majority",
                       "layers": "thing", "options": "toy-options.colour=green"}.items():
        code, out, err = run("help", "--values", kind, "--plugin-dir", toys)
        words = out.decode().splitlines()
        equal((code, err, some in words, words), (0, "", True, sorted(set(words))))
        equal([word for word in ("text-reader", "jsonl-writer", "pass") if word in words],
              {"readers": ["text-reader"], "writers": ["jsonl-writer"], "annotators": ["pass"]}.get(kind, ["text-reader", "jsonl-writer", "pass"] if kind == "plugins" else []))
    equal(run("help", "--values", "raeders")[2].splitlines()[0],
          "aver help: --values is raeders; expected one of readers, writers, annotators, plugins, trainable, layers, options")


@test
def arguments_out_of_place_are_mistakes():
    for arguments, message in ((["help", "run", "check"], "help: 2 commands; expected one at most"), (["schema", "x"], "schema: 'x'; expected no arguments"),
                               (["run", "p.json", "--max-record", "-1"], "run: --max-record is -1; expected a number of MiB from 1 to "),
                               (["run", "p.json", "--max-record", "9999999"], "run: --max-record is 9999999; expected a number of MiB"),
                               (["run", "p.json", "--checkpoint", "5x"], "run: --checkpoint is '5x'; expected documents"),
                               (["run", "p.json", "--checkpoint", "0M"], "run: --checkpoint is '0M'; expected documents"),
                               (["run", "p.json", "--checkpoint", "1000000001M"], "run: --checkpoint is '1000000001M'; expected documents")):
        code, out, err = run(*arguments)
        equal((code, out), (2, b""))
        contains(err, "aver " + message)
    equal(run("run", copy_pipeline(), "--job", "job", "--checkpoint", "1M", "-o", "out", stdin=b"x")[0], 0)


@test
def run_wants_a_pipeline():
    equal(run("run"), (2, b"", "aver run: no pipeline file; expected PIPELINE [INPUT...]\n"
                               "'aver run --help' tells more\n"))
    equal(run("run", "none.json"), (2, b"", "none.json: cannot be read: there is no such file; expected a pipeline "
                                            "file\n"))
    equal(run("check")[0], 2)


@test
def run_wants_a_number_of_threads():
    equal(run("run", copy_pipeline(), "-j", "-1")[2].splitlines()[0],
          "aver run: -j is -1; expected a number of threads from 0 to 1024")
    equal(run("run", "-j", "many", copy_pipeline())[0], 2)
    equal(run("run", "-j2", "copy.json", "-oout", stdin=b"x"), (0, b"", ""))
    equal(os.path.exists("out"), True)


@test
def standard_input_goes_to_standard_output():
    code, out, err = run("run", copy_pipeline(), stdin=b"Two words.\n")
    equal((code, err), (0, ""))
    equal(json.loads(out)["text"], "Two words.\n")
    equal(run("run", "copy.json", "-", stdin=b"Two words.\n")[1], out)


@test
def files_are_read_in_order():
    os.mkdir("in")
    for name in ["b", "a", "c"]:
        write(f"in/{name}.txt", name)
    equal(ids(run("run", copy_pipeline(), "in/c.txt", "in")[1]), ["in/c.txt", "in/a.txt", "in/b.txt", "in/c.txt"])


@test
def output_goes_to_a_file():
    equal(run("run", copy_pipeline(), "-o", "out.jsonl", stdin=b"x"), (0, b"", ""))
    with open("out.jsonl", "rb") as file:
        equal(file.read(), run("run", "copy.json", stdin=b"x")[1])


@test
def with_output_is_the_writer_for_files():
    path = pipeline("two.json", "text-reader", {"plugin": "toy-writer", "with_output": "jsonl-writer"})
    equal(run("run", "--plugin-dir", toys, path, stdin=b"x"), (0, b"", ""))
    equal(run("run", "--plugin-dir", toys, path, "-o", "out", stdin=b"x"), (0, b"", ""))
    equal(os.path.getsize("out") > 0, True)
    code, out, _ = run("run", "--plugin-dir", toys, path, "-o", "-", stdin=b"x")
    equal((code, ids(out)), (0, ["-"]))


@test
def failed_documents_are_named():
    path = pipeline("fail.json", "jsonl-reader", "fails-document", "jsonl-writer")
    code, out, err = run("run", "--plugin-dir", fixtures, path, stdin=records("a", "failure", "b"), quiet=False)
    equal((code, ids(out)), (1, ["0", "2"]))
    equal(err, "aver: -:2: stage 'fails-document': the text mentions failure\naver: 3 documents: 2 written, 1 failed\n")


@test
def dropped_documents_are_counted():
    path = pipeline("drop.json", "jsonl-reader", "fails-document", "jsonl-writer")
    code, out, err = run("run", "--plugin-dir", fixtures, path, stdin=records("a", ""), quiet=False)
    equal((code, ids(out), err), (0, ["0"], "aver: 2 documents: 1 written, 1 dropped\n"))


@test
def dead_letters_are_kept():
    path = pipeline("fail.json", "jsonl-reader", "fails-document", "jsonl-writer")
    code, _, _ = run("run", "--plugin-dir", fixtures, path, "--dead-letter", "dead", stdin=records("a", "failure"))
    equal(code, 1)
    with open("dead", "rb") as file:
        letters = [json.loads(line) for line in file]
    equal(len(letters), 1)
    equal(letters[0]["stage"], "fails-document")


@test
def a_stage_that_stops_ends_the_run():
    path = pipeline("stop.json", "jsonl-reader", {"plugin": "fails-document", "on_error": "stop"}, "jsonl-writer")
    code, out, err = run("run", "--plugin-dir", fixtures, path, stdin=records("a", "failure", "b"))
    equal((code, ids(out)), (3, ["0"]))
    contains(err, "stage 'fails-document': the text mentions failure")
    equal(run("run", "--plugin-dir", fixtures, path, "-o", "out", stdin=records("a", "failure"))[0], 3)
    equal(os.path.exists("out"), False)


@test
def a_stage_that_does_not_open_ends_the_run():
    path = pipeline("open.json", "text-reader", "fails-open", "jsonl-writer")
    code, out, err = run("run", "--plugin-dir", fixtures, path, stdin=b"x")
    assert code in (2, 3), code
    equal(out, b"")
    contains(err, "stage 'fails-open'")


@test
def output_that_cannot_be_written_ends_the_run():
    code, _, err = run("run", copy_pipeline(), "-o", "/dev/full", stdin=b"x")
    equal(code, 3)
    contains(err, "No space left on device")
    equal(run("run", copy_pipeline(), "-o", "none/out", stdin=b"x")[0], 3)


@test
def an_input_is_not_overwritten():
    write("in.txt", "x")
    os.symlink("in.txt", "link.txt")
    code, _, err = run("run", copy_pipeline(), "in.txt", "-o", "link.txt")
    equal(code, 2)
    contains(err, "'in.txt' is both read and written")
    equal(run("run", "copy.json", "in.txt", "-o", "copy.json")[0], 2)


@test
def options_are_set_by_arguments():
    code, out, _ = run("run", copy_pipeline(), "--set", "jsonl-writer.text=false", stdin=b"x")
    equal((code, "text" in json.loads(out)), (0, False))
    equal(run("run", "copy.json", "--set", "jsonl-writer.txt=false"),
          (2, b"", "--set jsonl-writer.txt=false: stage 'jsonl-writer': unknown option 'txt'; did you mean 'text'?\n"))


@test
def reader_and_writer_are_replaced():
    code, out, _ = run("run", copy_pipeline(), "--reader=jsonl-reader", stdin=records("a", "b"))
    equal((code, ids(out)), (0, ["0", "1"]))
    equal(run("run", "--plugin-dir", toys, "copy.json", "--writer=toy-writer", stdin=b"x"), (0, b"", ""))
    equal(run("run", "copy.json", "--reader=pass", stdin=b"x"),
          (2, b"", "--reader: stage 'pass': is an annotator; expected a reader\n"))


@test
def threads_do_not_change_the_output():
    path = pipeline("split.json", "jsonl-reader", "sentence-splitter", "jsonl-writer")
    many = records(*[f"Item {i} is here. So is item {i * 7}." for i in range(500)])
    code, out, _ = run("run", path, "-j1", stdin=many)
    equal((code, len(out.splitlines())), (0, 500))
    for workers in ["2", "5"]:
        equal(run("run", path, "-j", workers, stdin=many)[1], out)


@test
def the_locale_does_not_change_the_output():
    plain = run("run", copy_pipeline(), stdin="Größe 3,5".encode())
    for locale in ["C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8"]:
        equal(run("run", "copy.json", stdin="Größe 3,5".encode(), env={"LC_ALL": locale}), plain)


@test
def file_names_may_be_any_bytes():
    write(b"in\xff\n.txt", "x")
    os.rename(copy_pipeline(), b"p\xfe.json")
    code, _, _ = run("run", b"p\xfe.json", "-o", b"out\xfd", b"in\xff\n.txt")
    equal((code, os.path.exists(b"out\xfd")), (0, True))
    equal(run("check", b"p\xfe.json")[:2], (0, "p\ufffd.json: ok (text-reader -> jsonl-writer)\n".encode()))
    equal(run("run", b"p\xfe.json", b"no\xff\n\x1b[2J")[2].splitlines()[0],
          "aver: no\\xff\\u000a\\u001b[2J: stage 'text-reader': cannot open the file: No such file or directory")
    write(b"q\xfe.json", "{")
    contains(run("check", b"q\xfe.json")[2], "q\ufffd.json:1:2: ")


@test
def names_may_begin_with_a_hyphen():
    os.rename(copy_pipeline(), "-p.json")
    write("-in.txt", "x")
    equal(ids(run("run", "--", "-p.json", "-in.txt")[1]), ["-in.txt"])


@test
def check_shows_the_stages():
    pipeline("bad.json", "text-reader")
    code, out, err = run("check", copy_pipeline(), "bad.json", "copy.json")
    equal(code, 2)
    equal(out, b"copy.json: ok (text-reader -> jsonl-writer)\n" * 2)
    equal(err, "bad.json:1:27: stage 'text-reader': is a reader and comes last; expected a writer, here or as "
               "--writer\n  add \"jsonl-writer\" behind it\n")
    equal(run("check", "copy.json", "--set", "jsonl-writer.text=false")[0], 0)
    equal(run("check", "bad.json", "--writer", "jsonl-writer")[0], 0)


@test
def plugins_are_listed():
    code, out, err = run("plugins", "--plugin-dir", fixtures)
    equal((code, err), (0, ""))
    listed, _, broken = out.decode().partition("\nCannot be used:\n")
    contains(listed, "NAME", "pass", "annotator", "jsonl-writer", "lets every document through unchanged")
    contains(broken, "undefined-symbol", "aver_function_that_nobody_wrote", "bad-abi", "expected 1")
    assert "bad-abi" not in listed, listed
    listed = run("plugins", "--plugin-dir", toys)[1].decode()
    contains(listed, "learns the label with the most weight, for tests [train]\n", "does nothing, for tests\n")


@test
def plugins_left_out_are_named():
    os.makedirs("lacking", exist_ok=True)
    write("lacking/left-out", "rune-reader\tlibrunes (option runes)\n")
    code, out, err = run("plugins", "--plugin-dir", "lacking")
    equal((code, err), (0, ""))
    contains(out.decode(), "\nNot built, for want of a library:\n", "\nrune-reader", "  librunes (option runes)\n")
    listed = {plugin["name"]: plugin for plugin in json.loads(run("plugins", "--json", "--plugin-dir", "lacking")[1])}
    equal(listed["rune-reader"]["missing"], "librunes (option runes)")
    code, out, err = run("plugins", "rune-reader", "--plugin-dir", "lacking")
    equal((code, out), (2, b""))
    equal(err, "aver: plugin 'rune-reader' is not built: this build lacks librunes (option runes)\n")
    pipeline("runes.json", "rune-reader", "jsonl-writer")
    contains(run("check", "runes.json", "--plugin-dir", "lacking")[2], "not built: this build lacks librunes")


@test
def one_plugin_is_described():
    code, out, err = run("plugins", "toy-options", "--plugin-dir", toys)
    equal((code, err), (0, ""))
    contains(out.decode(), "toy-options 1.0, annotator", f"in {toys}", "label  string; not set by default",
             "count  integer from 1 to 8; default 3", "threshold  number from 0 to 1; default 0.5",
             "colour  choice of red, green, blue; default green", "      a choice")
    contains(run("plugins", "toy-taker", "--plugin-dir", toys)[1].decode(), "Layers needed:\n  thing: things\n",
             "size  i32: how large it is")
    equal("can be trained: aver train toy-majority DATA... -o MODEL" in
          run("plugins", "toy-majority", "--plugin-dir", toys)[1].decode(), True)
    equal("can be trained" in run("plugins", "toy-options", "--plugin-dir", toys)[1].decode(), False)
    contains(run("plugins", "misbehaves", "--plugin-dir", fixtures)[1].decode(), "      kind  enum of one, two: an enum\n", "      before  ref to mark: ")
    contains(run("plugins", "crashing-reader", "--plugin-dir", fixtures)[1].decode(), "\nruns isolated\n")
    contains(run("plugins", "quote-attributor")[1].decode(), "\ncan explain its rows\n")
    equal(run("plugins", "psas")[2].splitlines()[0], "aver plugins: no plugin 'psas'; did you mean 'pass'?")
    equal(run("plugins", "psas")[0], 2)
    equal(run("plugins", "pass", "pass")[0], 2)
    equal(run("plugins", "bad-abi", "--plugin-dir", fixtures)[0], 2)


@test
def plugins_are_described_as_json():
    code, out, err = run("plugins", "--json", "--plugin-dir", toys)
    equal((code, err), (0, ""))
    plugins = json.loads(out)
    equal([plugin["name"] for plugin in plugins], sorted(plugin["name"] for plugin in plugins))
    contains({plugin["name"]: plugin for plugin in plugins}["toy-broken"], "error")
    toy = json.loads(run("plugins", "--json", "toy-options", "--plugin-dir", toys)[1])
    contains(plugins, toy)
    equal(list(toy), sorted(toy))
    equal(toy["options"][2], {"name": "count", "type": "integer", "default": 3, "help": "an integer in a range",
                              "minimum": 1, "maximum": 8})
    equal(toy["options"][0]["default"], None)
    equal([plugin["name"] for plugin in plugins if plugin.get("train") and plugin["name"].startswith("toy")],
          ["toy-majority"])
    equal((toy["train"], toy["explain"]), (False, False))
    maker = json.loads(run("plugins", "--json", "toy-maker", "--plugin-dir", toys)[1])
    equal([column["type"] for column in maker["provides"][0]["columns"]], ["i32", "string"])


@test
def output_of_other_commands_is_not_lost_quietly():
    with open("/dev/full", "wb") as full:
        for arguments in [["plugins"], ["plugins", "--json"], ["--help"], ["check", copy_pipeline()]]:
            done = subprocess.run([aver, *arguments], stdout=full, stderr=subprocess.PIPE, env={}, timeout=60)
            equal((done.returncode, done.stderr), (3, b"aver: standard output cannot be written\n"))


@test
def a_plugin_folder_has_to_be_one():
    code, _, err = run("plugins", "--plugin-dir", "none")
    equal((code, err), (2, "aver: none is no folder; expected one of plugins\n"))


@test
def an_earlier_plugin_folder_wins():
    os.mkdir("mine")
    shutil.copy(os.path.join(toys, "toy-writer.so"), "mine")
    os.chmod("mine/toy-writer.so", 0o755)
    out = json.loads(run("plugins", "--json", "toy-writer", "--plugin-dir", "mine", "--plugin-dir", toys)[1])
    equal(out["folder"], os.path.abspath("mine"))


def start(*arguments, **more):
    return subprocess.Popen([aver, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, env={}, **more)


@test
def the_first_signal_stops_the_run():
    path = pipeline("pass.json", "jsonl-reader", "pass", "jsonl-writer")
    for number in [signal.SIGINT, signal.SIGTERM]:
        process = start("run", "-q", path, "-o", "out")
        process.stdin.write(records("a"))
        process.stdin.flush()
        time.sleep(0.5)
        process.send_signal(number)
        _, err = process.communicate(timeout=30)
        equal((process.returncode, err), (3, b"aver: stopped before the end of the input\n"))
        equal(os.path.exists("out"), False)


@test
def the_second_signal_kills():
    path = pipeline("pass.json", "jsonl-reader", "pass", {"plugin": "jsonl-writer", "options": {"text": True}})
    write("many.jsonl", records("a" * 1000).decode() * 2000)
    process = start("run", path, "many.jsonl")  # and nobody reads what it writes
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    equal(process.poll(), None)
    process.send_signal(signal.SIGINT)
    equal(process.wait(timeout=30), -signal.SIGINT)
    process.communicate()


@test
def an_ignored_signal_stays_ignored():
    path = pipeline("pass.json", "jsonl-reader", "pass", "jsonl-writer")
    process = start("run", "-q", path, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    process.stdin.write(records("a"))
    process.stdin.flush()
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    out, err = process.communicate(records("b"), timeout=30)
    equal((process.returncode, len(out.splitlines()), err), (0, 2, b""))


@test
def a_closed_pipe_ends_quietly():
    path = pipeline("pass.json", "jsonl-reader", "pass", "jsonl-writer")
    write("many.jsonl", records("a" * 1000).decode() * 5000)
    process = start("run", path, "many.jsonl", preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_DFL))
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    equal((process.wait(timeout=30), err), (-signal.SIGPIPE, b""))


def on_terminal(arguments, stdin, stdout_too=False, environment=None):
    """Runs with standard error, and perhaps input and output, on a terminal; what was written there."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([aver, *arguments], stdin=theirs if stdin is None else subprocess.PIPE,
                               stdout=theirs if stdout_too else subprocess.DEVNULL, stderr=theirs,
                               env={"TERM": "xterm", **(environment or {})})
    os.close(theirs)
    if stdin is None:
        os.write(ours, b"x\n\x04")
    else:
        process.stdin.write(stdin)
        process.stdin.flush()
        time.sleep(0.5)
        process.stdin.write(stdin)
        process.stdin.close()
    said = b""
    while True:
        try:
            some = os.read(ours, 4096)
        except OSError:
            break
        if not some:
            break
        said += some
    os.close(ours)
    return process.wait(timeout=30), said.decode()


@test
def a_terminal_is_told_what_is_awaited():
    code, said = on_terminal(["run", copy_pipeline()], None)
    equal(code, 0)
    contains(said, "aver: reading standard input; end it with Ctrl-D", "aver: 1 document: 1 written; 0.0 MB in ")


@test
def a_terminal_sees_progress():
    path = pipeline("pass.json", "jsonl-reader", "pass", "jsonl-writer")
    code, said = on_terminal(["run", path], b"{\n" + records("a" * 1000) * 200)
    equal(code, 1)
    contains(said, "\r\x1b[K", " documents, ", " MB/s, ", " failed")
    assert said.split("\x1b[K")[-1].startswith("aver: 402 documents: 400 written, 2 failed; 0.4 MB in "), said


@test
def colour_is_for_terminals_without_no_color():
    path = pipeline("seen.json", "text-reader", "transcript-writer")
    for environment, coloured in (({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)):
        code, said = on_terminal(["run", path], b"It rains.\n", stdout_too=True, environment=environment)
        equal(code, 0)
        contains(said, "It rains.")
        equal("\x1b[" in said, coloured)
    code, out, _ = run("run", path, stdin=b"It rains.\n")
    equal(code, 0)
    assert b"\x1b" not in out, out


@test
def progress_stays_out_of_results():
    path = pipeline("pass.json", "jsonl-reader", "pass", "jsonl-writer")
    code, said = on_terminal(["run", path], records("a" * 1000) * 20, stdout_too=True)
    equal(code, 0)
    assert "\x1b[K" not in said and "MB/s" not in said, said[-500:]


main()
