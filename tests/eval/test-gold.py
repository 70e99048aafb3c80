#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""aver eval and what goes wrong: malformed gold, wrong options, failing documents, unsafe text.  test-gold.py AVER"""
import json
import os
import subprocess
import sys

sys.dont_write_bytecode = True
from harness import aver, check, find, finish, folder, make_pipeline, root, run, write  # noqa: E402

good = {"id": "a", "text": "Zoë ran.", "sentences": [[0, 9]]}


def refuse(what, layer, lines, expected, predictions=None, code=2):
    """The message is the whole of standard error, and nothing else is printed."""
    gold = write("gold.jsonl", lines)
    guess = write("guess.jsonl", predictions if predictions is not None else [good])
    path = gold if predictions is None else guess
    got, out, errors = run("eval", "--gold", gold, "--predictions", guess, "--layer", layer)
    check(got == code and out == "" and errors == f"{path}:{expected}\n", what, f"exit code {got}", out, errors, f"{path}:{expected}")


# --- gold --------------------------------------------------------------------------------------
for what, line in (("no JSON", '{"id": '), ("a key twice", '{"id": "a", "id": "b"}'), ("bytes behind the object", '{"id": "a"} {}')):
    path = write("gold.jsonl", [good, line])
    code, out, errors = run("eval", "--gold", path, "--predictions", path, "--layer", "sentence")
    check(code == 2 and errors.startswith(f"{path}:2: not JSON, in column ") and errors.endswith("; expected one object a line\n"),
          "gold: " + what, code, errors)
refuse("gold: no object", "sentence", ["[1, 2]"], "1: no JSON object; expected one object a line")
refuse("gold: no id", "sentence", [{"text": "x"}], '1: no "id"; expected a string')
refuse("gold: an id that is a number", "sentence", [{"id": 7, "text": "x"}], '1: "id" is no string; expected a string')
refuse("gold: no text", "sentence", [{"id": "a", "sentences": []}],
       '1: no "text"; expected the document\'s text, which Aver writes with the jsonl-writer\'s option \'text\'')
refuse("gold: an id twice", "sentence", [good, "", good], "3: document 'a' is there already, on line 1; expected each id once")
refuse("gold: nothing annotated", "sentence", [{"id": "a", "text": "x"}],
       '1: no annotations; expected "sentences" or "layers.sentence"')
refuse("gold: another layer annotated", "quote", [{"id": "a", "text": "x", "layers": {"sentence": []}}],
       '1: no annotations; expected "quotes" or "layers.quote"')
refuse("gold: no list", "sentence", [{"id": "a", "text": "x", "sentences": {}}],
       "1: sentences is no list; expected [[start, end], ...]")
refuse("gold: no pair", "sentence", [{"id": "a", "text": "x", "sentences": [[0]]}],
       "1: sentences[0] is no pair; expected [start, end]")
refuse("gold: no whole numbers", "sentence", [{"id": "a", "text": "x", "sentences": [[0, 1.0]]}],
       "1: sentences[0] has no whole numbers for its start and end; expected byte offsets into the text")
refuse("gold: outside the text", "sentence", [{**good, "sentences": [[0, 4], [5, 10]]}],
       "1: sentences[1], [5, 10], lies outside the text; expected offsets from 0 to 9")
refuse("gold: before the text", "sentence", [{**good, "sentences": [[-1, 3]]}],
       "1: sentences[0], [-1, 3], lies outside the text; expected offsets from 0 to 9")
refuse("gold: backwards", "sentence", [{**good, "sentences": [[4, 3]]}],
       "1: sentences[0], [4, 3], ends before it starts; expected [start, end)")
refuse("gold: inside a character", "sentence", [{**good, "sentences": [[0, 3]]}],
       "1: sentences[0], [0, 3], cuts a character; expected UTF-8 byte offsets on character boundaries")
refuse("gold: a row inside a character", "quote", [{**good, "layers": {"quote": [{"content": [[0, 9]], "cue": [[3, 4]]}]}}],
       "1: layers.quote[0].cue[0], [3, 4], cuts a character; expected UTF-8 byte offsets on character boundaries")
refuse("gold: a quote without content", "quote", [{**good, "quotes": [{"cue": []}]}],
       "1: quotes[0].content is missing; expected [[start, end], ...]")
refuse("gold: a name that is a number", "quote", [{**good, "quotes": [{"content": [[0, 1]], "speaker_names": ["A", 1]}]}],
       "1: quotes[0].speaker_names[1] is no string; expected strings without NUL")
refuse("gold: speech that is a word", "quote", [{**good, "quotes": [{"content": [[0, 1]], "speech": "yes"}]}],
       "1: quotes[0].speech is neither true nor false; expected one of them")
refuse("gold: a label that is a number", "claim", [{**good, "label": 1}], "1: label[0] is no string; expected strings without NUL")
refuse("gold: no label", "claim", [{**good, "label": None}], "1: label is empty; expected a label, or a list of labels")
refuse("gold: a row without a label", "claim", [{**good, "layers": {"claim": [{"start": 0, "end": 9}]}}],
       "1: layers.claim[0].label is missing; expected a label")

for layer, document, expected in (
        ("sentence", {"id": "a\0b"}, '"id" holds a NUL character; expected none'),
        ("sentence", {"text": 7}, '"text" is no string; expected the document\'s text'),
        ("quote", {"layers": {"quote": {}}}, "layers.quote is no list; expected a list of rows"),
        ("quote", {"quotes": [7]}, 'quotes[0] is no object; expected {"content": [[start, end]], ...}'),
        ("quote", {"quotes": [{"content": [], "speaker_names": "Zoë"}]}, "quotes[0].speaker_names is no list; expected names"),
        ("quote", {"quotes": [{"content": [], "speaker": 7}]}, "quotes[0].speaker is no string; expected a string without NUL, or null"),
        ("quote", {"quotes": [{"content": [], "speaker": "Z\0"}]}, "quotes[0].speaker is no string; expected a string without NUL, or null"),
        ("claim", {"label": "A", "scores": [1]}, "scores is no object; expected {label: score, ...}"),
        ("claim", {"label": "A", "scores": {"A": "high"}}, "scores.A is no number; expected a score"),
        ("claim", {"layers": {"claim": [{"start": 0, "end": 9, "label": "A", "checkworthy": "x"}]}}, "layers.claim[0].checkworthy is no number; expected a score"),
        ("mark", {}, 'no annotations; expected "layers.mark"')):
    refuse(f"gold: {expected}", layer, [{**good, **document}], f"1: {expected}")

# --- predictions -------------------------------------------------------------------------------
refuse("predictions: an unknown document", "sentence", [good],
       "1: document 'b' is not in the gold file; expected predictions for gold documents only", [{"id": "b", "sentences": []}])
refuse("predictions: another text", "sentence", [good],
       "1: the text of 'a' is not that of the gold document; expected the same text, or none", [{**good, "text": "Zoe ran."}])
refuse("predictions: outside gold's text", "sentence", [good],
       "1: sentences[0], [0, 12], lies outside the text; expected offsets from 0 to 9", [{"id": "a", "sentences": [[0, 12]]}])
refuse("predictions: a score that is a word", "claim", [{**good, "label": "A"}],
       "1: record.score is no number; expected a score", [{"id": "a", "label": "A", "score": "high"}])

# --- options -----------------------------------------------------------------------------------
gold = write("gold.jsonl", [{**good, "label": "A"}])
guess = write("guess.jsonl", [{"id": "a", "label": "A"}])
scored = ("eval", "--gold", gold, "--predictions", guess)
for what, arguments, expected in (
        ("no gold", ("eval", "x.json", "--layer", "quote"), "no --gold; expected the file to compare with"),
        ("no layer", ("eval", "x.json", "--gold", gold), "no --layer; expected the layer to score"),
        ("no pipeline", ("eval", "--gold", gold, "--layer", "quote"), "no pipeline file; expected PIPELINE, or --predictions"),
        ("two to score", (*scored, "x.json", "--layer", "quote"), "too many to score; expected one PIPELINE, or --predictions"),
        ("--set without a pipeline", (*scored, "--set", "a.b=1", "--layer", "claim"), "--set and --plugin-dir are about a pipeline"),
        ("--errors out of range", (*scored, "--layer", "claim", "--errors", "-1"), "--errors is out of range; expected"),
        ("--bins out of range", (*scored, "--layer", "claim", "--bins", "0"), "--bins is out of range; expected"),
        ("--strict for claims", (*scored, "--layer", "claim", "--strict"), "expected --layer quote"),
        ("--positive for quotes", (*scored, "--layer", "quote", "--positive", "A"), "expected --layer claim"),
        ("--rank-by alone", (*scored, "--layer", "claim", "--rank-by", "doc"), "expected --positive LABEL with it"),
        ("an unknown label", (*scored, "--layer", "claim", "--positive", "B"), "no gold item is labelled 'B'; expected a label"),
        ("no scores", (*scored, "--layer", "claim", "--positive", "A"), "the prediction for 'a' has no score; expected"),
        ("nothing selected", (*scored, "--layer", "claim", "--split", "dev"), "no documents of this split and fold; expected"),
        ("no such file", ("eval", "--gold", folder + "/none", "--predictions", guess, "--layer", "claim"), folder + "/none: cannot open the file"),
        ("no such pipeline", ("eval", folder + "/none.json", "--gold", gold, "--layer", "claim"), "none.json"),
):
    code, out, errors = run(*arguments)
    check(code == 2 and out == "" and expected in errors, "options: " + what, code, out, errors)
code, out, errors = run("eval", "--gold", write("empty.jsonl", []), "--predictions", guess, "--layer", "claim")
check(code == 2 and "no documents; expected at least one" in errors, "gold: an empty file", code, errors)
guess = write("guess.jsonl", [{"id": "a", "label": "A", "score": 1}])
code, out, errors = run(*scored, "--layer", "claim", "--positive", "A", "--rank-by", "doc")
check(code == 2 and "gold document 'a' has no field 'doc'" in errors, "options: a group that is not there", code, errors)

# --- layers that have no measure of their own, and rows that say nothing ----------------------
marks = [{"id": "a", "text": "Zoë ran.", "layers": {"mark": [{"start": 0, "end": 4}, {"start": 5, "end": 8}]}}]
other = [{"id": "a", "layers": {"mark": [{"start": 0, "end": 4}, {"start": 5, "end": 9}]}}]
code, out, errors = run("eval", "--gold", write("gold.jsonl", marks), "--predictions", write("guess.jsonl", other), "--layer", "mark", "--errors", 5)
check(code == 0 and errors == "" and "ran\n" in out and "ran.\n" in out, "rows of any layer: those missed and those too many are shown", code, out, errors)
claims = [{**good, "layers": {"claim": [{"start": 0, "end": 9, "label": "A"}]}}]
silent = [{"id": "a", "layers": {"claim": [{"start": 0, "end": 9, "label": None, "checkworthy": 0.5}]}}]
code, out, errors = run("eval", "--gold", write("gold.jsonl", claims), "--predictions", write("guess.jsonl", silent), "--layer", "claim", "--json")
check(code == 0 and json.loads(out)["missing"] == 1, "a row whose label is null predicts nothing", code, out, errors)

# --- pipelines ---------------------------------------------------------------------------------
code, out, errors = run("eval", make_pipeline("sentence-splitter"), "--gold", gold, "--layer", "claim")
check(code == 2 and errors == "aver: no stage of the pipeline gives the layer 'claim'; expected one of those it gives: "
      "'sentence'\n", "a pipeline without the layer", code, errors)
fixtures = os.environ.get("AVER_FIXTURES", os.path.join(os.path.dirname(aver), "tests", "fixtures"))
stages = make_pipeline("sentence-splitter", "fails-document")
gold = write("gold.jsonl", [{**good, "text": "A failure.", "sentences": []}])
code, out, errors = run("eval", stages, "--gold", gold, "--layer", "sentence", "--plugin-dir", fixtures)
check(code == 3 and out == "" and errors == "aver: document 'a': stage 'fails-document': the text mentions failure\n",
      "a document that fails ends the evaluation", code, out, errors)
gold = write("gold.jsonl", [{**good, "text": "", "sentences": []}, {**good, "id": "b"}])
code, out, errors = run("eval", stages, "--gold", gold, "--layer", "sentence", "--plugin-dir", fixtures)
check(code == 0 and "2 documents, 1 without a prediction, 2 exactly right" in out, "a document that is dropped has no prediction",
      code, out, errors)
for layer, annotators in (("sentence", ["sentence-splitter"]), ("quote", ["sentence-splitter", "quote-attributor"]),
                          ("claim", ["sentence-splitter", "quote-attributor", "claim-classifier"])):
    empty = write("gold.jsonl", [{"id": "a", "text": "", "layers": {layer: []}}])
    code, out, errors = run("eval", make_pipeline(*annotators), "--gold", empty, "--layer", layer, "--errors", 3)
    check(code == 0 and errors == "", f"an empty text: {layer}", code, out, errors)
gold = write("gold.jsonl", [good])
with open("/dev/full", "wb") as full:
    done = subprocess.run([aver, "eval", "--gold", gold, "--predictions", gold, "--layer", "sentence"], stdout=full,
                          stderr=subprocess.PIPE, cwd=root)
check(done.returncode == 3 and b"cannot be written" in done.stderr, "a report that cannot be written", done.returncode, done.stderr)

# --- text that a terminal would act upon -------------------------------------------------------
bad = "\x1b[31m\x00\x7f\u0085\u009b\u202e\u2028\ue000\U000e0041"
text = f"One{bad} ran. “Two{bad}” sat."
quotes = [{"content": find(text, f"Two{bad}"), "cue": find(text, "sat"), "source": find(text, f"One{bad}"), "speaker_names": ["x\x1b"]}]
name = "i\x1b[2J\u202e"
for layer, gold_part, guess_part in (
        ("sentence", {"sentences": [[0, len(text.encode())]]}, {"sentences": find(text, f"One{bad} ran.")}),
        ("quote", {"quotes": quotes}, {"quotes": []}),
        ("quote", {"quotes": quotes}, {"quotes": [{**quotes[0], "source": [], "speaker": "y\x9b"}]}),
        ("quote", {"quotes": quotes}, {"quotes": [{**quotes[0], "speaker": "y\x9b"}]}),
        ("claim", {"label": "A\x1b[0m"}, {"label": "B\u202e", "score": 1})):
    gold = write("gold.jsonl", [{"id": name, "text": text, **gold_part}])
    guess = write("guess.jsonl", [{"id": name, **guess_part}])
    code, out, errors = run("eval", "--gold", gold, "--predictions", guess, "--layer", layer, "--errors", 9)
    check(code == 0 and "Errors: 1 of 1" in out or layer == "sentence" and "Errors: 2 of 2" in out, f"unsafe text: {layer}", code, out, errors)
    check(not any(c in out for c in set(bad) - set("[31m")), f"unsafe text is made safe: {layer}", json.dumps(out))
code, out, errors = run("eval", "--gold", write("twice.jsonl", [{**good, "id": name}] * 2), "--predictions", guess, "--layer", "sentence")
check(code == 2 and "\x1b" not in errors and "\u202e" not in errors, "unsafe ids are made safe in messages", json.dumps(errors))
finish()
