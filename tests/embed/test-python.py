#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Aver from Python: the module and what GObject-Introspection makes of libaver; TAP on standard output.

test-python.py AVER FIXTURES   run by the Python that has gi, with the folders of this build in the environment
"""
import glob
import json
import os
import pickle
import re
import resource
import subprocess
import sys
import threading
import time

tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, tests)
from tap import Skip, contains, equal, main, test

if not os.environ.get("GI_TYPELIB_PATH"):
    print("1..0 # SKIP libaver is built without introspection")
    sys.exit()
try:
    import gi
except ImportError:
    print(f"1..0 # SKIP {sys.executable} has no gi (python3-gi)")
    sys.exit()
gi.require_version("Aver", "1")
import aver
from gi.repository import Aver, GLib

command, fixtures = (os.path.abspath(path) for path in sys.argv[1:3])
ARTICLES = sorted(glob.glob(f"{tests}/articles/*.txt"))
NEWS = f"{os.path.dirname(tests)}/pipelines/news.json"
TEXT = "“The dam leaks,” said Élise Marn. The mayor denied that it leaks.\n"


def pipeline(*stages, name="pipeline.json"):
    with open(name, "w", encoding="utf-8") as file:
        json.dump({"version": 1, "stages": list(stages)}, file)
    return name


def quotes(*more):
    return pipeline("jsonl-reader", "sentence-splitter", {"plugin": "quote-attributor", "options": {"mode": "fast"}}, *more,
                    "jsonl-writer")


def run(*arguments):
    done = subprocess.run([command, "run", "--quiet", *arguments], stdout=subprocess.PIPE, check=True, timeout=60)
    return [json.loads(line) for line in done.stdout.splitlines()]


def raises(kind, function):
    try:
        function()
    except kind as error:
        return error
    raise AssertionError(f"no {kind.__name__}")


@test
def answers_are_those_of_the_command():
    expected = run(NEWS, *ARTICLES, "-o", "/dev/stdout")
    assert sum(len(record["layers"]["quote"]) for record in expected) > 100
    news = aver.Pipeline(NEWS)
    equal([doc.to_dict() for doc in news.read(*ARTICLES)], expected)
    texts = [{"id": record["id"], "text": record["text"], "metadata": record["metadata"]} for record in expected]
    equal([doc.to_dict() for doc in news.process(texts)], expected)


@test
def threads_change_nothing():
    quick = aver.Pipeline(quotes())
    texts = [(str(number), f"{TEXT}{number} " * (1 + number % 7)) for number in range(60)]
    equal([doc.to_dict() for doc in quick.process(texts, workers=3)], [doc.to_dict() for doc in quick.process(texts)])
    some = quick.process(iter(texts), workers=2)
    equal([next(some).id, next(some).id], ["0", "1"])
    some.close()


@test
def offsets_are_those_of_strings():
    doc = aver.Pipeline(quotes()).annotate("Élise Marn: “Öl läuft 🛢 aus”, said Élise Marn.\n")
    encoded = doc.text.encode()
    rows = doc.quotes + doc.sentences
    assert len(rows) >= 2, rows
    for row in rows:
        start, end = row.bytes
        equal(doc.text[row.start:row.end], encoded[start:end].decode())
        equal(doc.text[row.slice], row.text)
        equal((row["start"], row["end"]), (row.start, row.end))
        equal((doc.byte_at(row.start), doc.byte_at(row.end)), row.bytes)
    quote = doc.quotes[0]
    equal((quote["speaker"], [span.text for span in quote["source"]]), ("Élise Marn", ["Élise Marn"]))
    equal(doc.text[slice(*quote["content"][0])], quote["content"][0].text)
    contains(quote.text, "🛢")


@test
def a_row_is_a_mapping():
    quote = aver.Pipeline(quotes()).annotate(TEXT).quotes[0]
    equal(list(quote)[:4], ["start", "end", "content", "cue"])
    equal(dict(quote)["kind"], "direct")
    assert "kind" in quote and "colour" not in quote and quote.get("colour") is None
    raises(KeyError, lambda: quote["colour"])


@test
def layers_are_found_by_name():
    doc = aver.Pipeline(quotes()).annotate(TEXT, id="a", metadata={"title": "Dam", "year": 2021})
    equal((doc.id, doc.metadata, doc.layers), ("a", {"title": "Dam", "year": 2021}, ["sentence", "quote"]))
    assert doc.quotes is doc["quote"] and "quote" in doc and "claim" not in doc
    equal(str(raises(AttributeError, lambda: doc.claims)), "no layer 'claims'; expected one of sentence, quote")
    raises(KeyError, lambda: doc["claim"])


@test
def a_pipeline_with_mistakes_tells_them_all():
    path = pipeline("jsonl-reader", "sentence-spliter", {"plugin": "quote-attributor", "options": {"mode": "slow"}}, "jsonl-writer")
    error = raises(aver.Error, lambda: aver.Pipeline(path))
    equal((error.kind, error.file, error.line), ("config", path, 1))
    assert len(error.mistakes) >= 2 and all(mistake.column for mistake in error.mistakes), error.mistakes
    equal([mistake.stage for mistake in error.mistakes if "slow" in mistake.message], ["quote-attributor"])
    equal(vars(pickle.loads(pickle.dumps(error))), vars(error))
    error = raises(aver.Error, lambda: aver.Pipeline(quotes(), set={"quote-attributor.colour": True}))
    contains(str(error), "colour")
    raises(aver.Error, lambda: aver.Pipeline("nowhere.json"))
    equal(raises(aver.Error, lambda: aver.Pipeline(quotes(), plugins=["nowhere"])).kind, "plugin")


@test
def a_text_that_fails_costs_itself():
    failing = aver.Pipeline(pipeline("jsonl-reader", "fails-document", "jsonl-writer"), plugins=[fixtures])
    texts = [("a", "One."), ("b", "failure"), ("c", "Two.")]
    for workers in 1, 2:
        failed = []
        kept = [doc.id for doc in failing.process(texts, failed=failed, workers=workers)]
        numbers = [number for number, _ in failed]
        equal(len(kept) + len(failed), 3)
        assert failed and failed[0][1].stage == "fails-document", failed
        equal([doc.id for doc in failing.process([texts[i] for i in range(3) if i not in numbers])], kept)
        raises(aver.Error, lambda: list(failing.process(texts, workers=workers)))


@test
def a_record_that_cannot_be_read_costs_itself():
    with open("some.jsonl", "w", encoding="utf-8") as file:
        file.write('{"id": "a", "text": "One."}\n{"id": \n{"id": "c", "text": "Two."}\n')
    reading = aver.Pipeline(quotes())
    failed = []
    equal([doc.id for doc in reading.read("some.jsonl", failed=failed)], ["a", "c"])
    equal([(error.file, error.line, error.stage, error.kind) for error in failed],
          [("some.jsonl", 2, "jsonl-reader", "syntax")])
    raises(aver.Error, lambda: list(reading.read("some.jsonl")))
    failed = []
    equal(list(reading.read("nowhere.jsonl", failed=failed)), [])
    equal(len(failed), 1)


@test
def documents_that_are_dropped_are_left_out():
    path = quotes({"plugin": "filter", "options": {"keep": "count(quote) > 0"}})
    picky = aver.Pipeline(path)
    equal([doc.id for doc in picky.process([("a", TEXT), ("b", "Rain."), ("c", TEXT)])], ["a", "c"])
    equal(picky.annotate("Rain."), None)


@test
def any_text_is_taken():
    quick = aver.Pipeline(quotes())
    equal([doc.text for doc in quick.process(["", "a\0b", "\N{GRINNING FACE}"])], ["", "a\0b", "\N{GRINNING FACE}"])
    raises(UnicodeEncodeError, lambda: quick.annotate("\ud800"))
    raises(ValueError, lambda: quick.annotate("a", id="a\0b"))


@test
def a_table_is_made_of_plain_values():
    docs = list(aver.Pipeline(quotes()).process([{"id": "a", "text": TEXT, "metadata": {"title": "Dam"}}]))
    rows = aver.table(docs, "quote", metadata=["title", "date"])
    equal({key: rows[0][key] for key in ("document", "title", "date", "start", "cue", "source", "content", "speaker")},
          {"document": "a", "title": "Dam", "date": None, "start": 0, "cue": "said", "source": "Élise Marn",
           "content": "“The dam leaks,”", "speaker": "Élise Marn"})
    json.dumps(rows)
    equal(aver.table(docs, "claim"), [])


@test
def a_table_is_ready_for_pandas():
    try:
        import pandas
    except ImportError as error:
        raise Skip("no pandas here (python3-pandas)") from error
    documents = aver.Pipeline(quotes()).process([TEXT, {"id": "b", "text": "It rained.\n", "metadata": {"day": "1"}}, TEXT])
    documents = list(documents)
    rows = aver.table(documents, "quote", metadata=["day"])
    frame = aver.frame(documents, "quote", metadata=["day"])
    equal(list(frame.columns)[:5], ["document", "day", "start", "end", "text"])
    equal(len(frame), len(rows))
    equal(list(frame["speaker"].dropna())[0], "Élise Marn")
    equal([str(frame[name].dtype) for name in ("start", "end", "confidence")], ["int64", "int64", "float64"])
    equal(frame.where(frame.notna(), None).to_dict("records")[0]["text"], rows[0]["text"])
    equal(frame.groupby("speaker").size()["Élise Marn"], 2)
    empty = aver.frame(documents[1:2], "quote", metadata=["day"])
    equal((len(empty), list(empty.columns)), (0, ["document", "day", "start", "end", "text"]))
    assert isinstance(empty, pandas.DataFrame)


@test
def without_pandas_a_frame_says_what_is_missing():
    there = sys.modules.get("pandas")
    sys.modules["pandas"] = None
    try:
        error = raises(ImportError, lambda: aver.frame([], "quote"))
    finally:
        if there is None:
            del sys.modules["pandas"]
        else:
            sys.modules["pandas"] = there
    contains(str(error), "python3-pandas", "aver.table()")
    equal(error.name, "pandas")


@test
def introspection_alone_will_do():
    native = Aver.Pipeline.new(None, quotes(), None, None)
    equal(native.list_stages()[1:3], ["sentence-splitter", "quote-attributor"])
    doc = native.process_text("a", TEXT.encode())
    del native
    equal((doc.get_id(), doc.get_text().decode(), doc.list_layer_names()), ("a", TEXT, ["sentence", "quote"]))
    layer = doc.get_layer("quote")
    del doc
    columns = layer.list_columns()
    equal((layer.get_name(), layer.dup_text(0)), ("quote", "“The dam leaks,” said Élise Marn"))
    equal(layer.get_string(0, columns.index("speaker")), "Élise Marn")
    equal(json.loads(layer.dup_cell(0, columns.index("kind"))), "direct")
    span = layer.get_span(0)
    equal((span.start, span.end), (0, len(layer.dup_text(0).encode())))
    pieces = layer.get_spans_cell(0, columns.index("content"))
    equal([(piece.start, piece.end) for piece in pieces], [(0, len("“The dam leaks,”".encode()))])


@test
def introspection_raises_errors_of_avers_domain():
    error = raises(GLib.Error, lambda: Aver.Pipeline.new(None, "nowhere.json", None, None))
    assert error.matches(Aver.error_quark(), Aver.Error.CONFIG), error
    error = raises(GLib.Error, lambda: Aver.Document.new_from_text(None, b"\xff"))
    assert error.matches(Aver.error_quark(), Aver.Error.ENCODING), error


@test
def nothing_is_kept_of_documents_that_are_gone():
    quick = aver.Pipeline(quotes())
    text = TEXT * 400  # some 30 KB, and a document of it several times that

    def work():
        for _ in range(20):
            doc = quick.annotate(text)
            doc.native.get_layer("quote").get_spans_cell(0, 0)
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    before = work()
    assert work() - before < 8000, "memory grew"


@test
def programs_in_the_docs_run():
    top = os.path.dirname(tests)
    for name in "README.md", "docs/python.md":
        with open(f"{top}/{name}", encoding="utf-8") as file:
            blocks = re.findall(r"^```python\n(import .*?)^```", file.read(), re.DOTALL | re.MULTILINE)
        assert blocks, name
        for block in blocks:
            block = block.replace('"articles/"', '"tests/articles/court-ferry.txt"')
            done = subprocess.run([sys.executable, "-c", block], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, cwd=top)
            equal((done.returncode, done.stderr), (0, b""))
            contains(done.stdout.decode(), "said")


@test
def other_threads_run_while_libaver_works():
    quick, ticks, long = aver.Pipeline(quotes()), [], threading.Event()

    def tick():
        while not long.wait(0.001):
            ticks.append(time.monotonic())

    thread = threading.Thread(target=tick)
    text, busy = TEXT.encode() * 20000, []
    native = Aver.Document.new_from_text("a", text)
    thread.start()
    busy.append(time.monotonic())
    quick._native.process(native)
    busy.append(time.monotonic())
    long.set()
    thread.join()
    assert sum(busy[0] < at < busy[1] for at in ticks) >= 3, (busy, len(ticks))


@test
def the_notebook_of_the_docs_runs():
    done = subprocess.run([sys.executable, f"{os.path.dirname(tests)}/docs/examples/notebook.py", NEWS, *ARTICLES[:4]],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    equal((done.returncode, done.stderr), (0, b""))
    contains(done.stdout.decode(), "Élise Marn (direct, affirmed): “The dam leaks,”", "4 documents,", "config error:")


main()
