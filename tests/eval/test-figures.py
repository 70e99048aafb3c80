#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""aver eval on cases so small that every figure was computed by hand.  test-figures.py AVER"""
import sys

sys.dont_write_bytecode = True
from harness import check, evaluate, find, finish, make_pipeline, run, write  # noqa: E402


def check_row(report, name, **expected):
    got = report["measures"].get(name, {})
    check(all(got.get(k) == v for k, v in expected.items()), f"{what}: {name}", f"got {got}", f"expected {expected}")


def check_prf(report, name, precision, recall, f1, gold, predicted):
    check_row(report, name, precision=precision, recall=recall, f1=f1, gold=gold, predicted=predicted)


def check_block(report, name, expected):
    got = report[name]
    good = got.keys() == expected.keys() and all(
        abs(got[k] - v) < 5e-7 if isinstance(v, float) else got[k] == v for k, v in expected.items())
    check(good, f"{what}: {name}", f"got {got}", f"expected {expected}")


# --- sentences ---------------------------------------------------------------------------------
what = "sentences"
text = "Ada ran. Bo sat.\n \nCy left.\u00a0 End"
gold = [{"id": "a", "text": text, "sentences": find(text, "Ada ran.", "Bo sat.", "Cy left.", "End")}]
# One boundary missed; white space at the ends is nobody's, a span of nothing else is no sentence.
guess = [{"id": "a", "sentences": find(text, "Ada ran. Bo sat.", "\n ", "\nCy left.\u00a0", "End")}]
report = evaluate("sentence", gold, guess)
check_prf(report, "boundary", 100, 75, 85.71, 4, 3)
check_prf(report, "inner", 100, 66.67, 80, 3, 2)
check_prf(report, "unforced", 100, 50, 66.67, 2, 1)
check_prf(report, "sentence", 66.67, 50, 57.14, 4, 3)
check(report["exact_documents"] == 0 and report["missing"] == 0, "sentences: a document with a mistake is not exact")
report = evaluate("sentence", gold, gold)
check_prf(report, "unforced", 100, 100, 100, 2, 2)
check(report["exact_documents"] == 1, "sentences: gold is exact against itself")
report = evaluate("sentence", gold + [{"id": "b", "text": "No.", "sentences": [[0, 3]]}], guess)
check_prf(report, "boundary", 100, 60, 75, 5, 3)
check(report["missing"] == 1, "sentences: a document that was not predicted is counted")
lines = "One. Two.\r\n\t\r\nThree. Four."
wrapped = [{"id": "c", "text": lines, "sentences": find(lines, "One.", "Two.", "Three.", "Four.")}]
check_prf(evaluate("sentence", wrapped, wrapped), "unforced", 100, 100, 100, 2, 2)
report = evaluate("sentence", [{"id": "c", "text": "Yes. No.", "sentences": [[0, 8]]}],
                  [{"id": "c", "sentences": [[0, 4], [5, 8]]}])
check_prf(report, "inner", 0, 100, 0, 0, 1)
report = evaluate("sentence", [{"id": "c", "text": "Yes.", "sentences": [[0, 4]]}], [{"id": "c", "sentences": [[0, 4]]}])
check_prf(report, "inner", 100, 100, 100, 0, 0)
rows = {"sentence": [{"start": s, "end": e} for s, e in guess[0]["sentences"]]}
again = evaluate("sentence", gold, [{"id": "a", "text": text, "metadata": {}, "layers": rows}])
check(again == evaluate("sentence", gold, guess), "sentences: Aver's own output is read as the short form is")

# --- any other layer ---------------------------------------------------------------------------
what = "another layer"
places = [{"id": "a", "text": "Orl, Vey and Tam", "layers": {"place": [{"start": 0, "end": 3}, {"start": 5, "end": 8}]}}]
found = [{"id": "a", "layers": {"place": [{"start": 0, "end": 3, "size": 2}, {"start": 5, "end": 9}, {"start": 13, "end": 16}]}}]
check_prf(evaluate("place", places, found), "span", 66.67, 100, 80, 2, 3)
found[0]["layers"]["place"][1]["end"] = 12
check_prf(evaluate("place", places, found), "span", 33.33, 50, 40, 2, 3)

# --- quotes ------------------------------------------------------------------------------------
what = "quotes"
text = '"abcde fghij," said Ann Lee of Orl. Bob hinted klmno pqrst.'
first = {"content": find(text, '"abcde fghij,"'), "cue": find(text, "said"), "source": find(text, "Ann Lee of Orl"),
         "type": "direct", "speaker_names": ["Ann Lee"]}
second = {"content": find(text, "klmno pqrst"), "cue": find(text, "hinted"), "source": find(text, "Bob"),
          "type": "indirect", "speaker_names": ["Robert Hale"], "source_is_pronoun": True}
gold = [{"id": "a", "text": text, "quotes": [first, second]}]
guess = [{"id": "a", "quotes": [
    {"content": find(text, "abcde fghij"), "cue": find(text, "said"), "source": find(text, "Ann Lee"), "speaker": "Dr Ann LEE"},
    {"content": find(text, "klmno"), "source": find(text, "Bob"), "speaker": "R. Hill"},
    {"content": find(text, "Lee"), "cue": find(text, "of"), "source": find(text, "Orl"), "speaker": None}]}]
report = evaluate("quote", gold, guess)
check_prf(report, "span.content.exact", 33.33, 50, 40, 2, 3)
check_prf(report, "span.content.overlap", 66.67, 72.73, 69.57, 2, 3)
check_prf(report, "span.content.char", 83.33, 75, 78.95, 20, 18)
check_prf(report, "span.cue.exact", 50, 50, 50, 2, 2)
check_prf(report, "span.cue.overlap", 50, 50, 50, 2, 2)
check_prf(report, "span.cue.char", 66.67, 40, 50, 10, 6)
check_prf(report, "span.source.exact", 33.33, 50, 40, 2, 3)
check_prf(report, "span.source.overlap", 100, 85.71, 92.31, 2, 3)
check_prf(report, "span.source.char", 100, 85.71, 92.31, 14, 12)
check_prf(report, "quote.content.exact", 33.33, 50, 40, 2, 3)
check_prf(report, "quote.content.iou50", 66.67, 100, 80, 2, 3)
check_prf(report, "joint.soft", 66.67, 100, 80, 2, 3)
check_prf(report, "joint.exact", 33.33, 50, 40, 2, 3)
check_row(report, "quote.content.ggt30", precision=66.67, recall=100, f1=80, gold=2, predicted=3, speaker=100)
check_row(report, "quote.content.ggt80", precision=33.33, recall=50, f1=40, gold=2, predicted=3, speaker=100)
check_row(report, "attr.cue.exact", accuracy=50, of=2)
check_row(report, "attr.cue.overlap", accuracy=50, of=2)
check_row(report, "attr.source.exact", accuracy=50, of=2)
check_row(report, "attr.source.overlap", accuracy=100, of=2)
check_row(report, "attr.source.head", accuracy=100, of=2)
check_row(report, "attr.resolved.name", accuracy=50, of=2)
check_row(report, "attr.resolved.pronoun", accuracy=0, of=1)
check_row(report, "type.direct", gold=1, found=100, with_source=100)
check_row(report, "type.indirect", gold=1, found=100, with_source=100)
what = "quotes, --strict"
report = evaluate("quote", gold, guess, "--strict")
check_prf(report, "quote.content.exact", 0, 0, 0, 2, 3)
check_prf(report, "quote.content.iou50", 66.67, 100, 80, 2, 3)
what = "quotes, --by-type"
report = evaluate("quote", gold, guess, "--by-type", "direct")
check_prf(report, "quote.content.iou50", 50, 100, 66.67, 1, 2)
check_prf(report, "span.content.exact", 50, 100, 66.67, 1, 2)
check("type.indirect" not in report["measures"], "quotes, --by-type: other types are not gold")
what = "quotes, --speech"
gold[0]["quotes"][1] = {**second, "speech": False}
check_prf(evaluate("quote", gold, guess, "--speech"), "joint.soft", 50, 100, 66.67, 1, 2)
check_prf(evaluate("quote", gold, guess), "joint.soft", 66.67, 100, 80, 2, 3)
what = "quotes in pieces"
pieces = [{"id": "a", "quotes": [{"content": find(text, "abcde", "fghij"), "source": []}]}]
report = evaluate("quote", [{"id": "a", "text": text, "quotes": [{**first, "source": []}]}], pieces)
check_prf(report, "quote.content.exact", 100, 100, 100, 1, 1)
check_prf(report, "joint.exact", 100, 100, 100, 1, 1)
what = "quotes, two predictions alike"
same = [{"id": "a", "quotes": [{"content": first["content"], "source": find(text, s)} for s in ("Bob", "Lee", "Orl")]}]
report = evaluate("quote", [{"id": "a", "text": text, "quotes": [first]}], same)
check_prf(report, "joint.soft", 33.33, 100, 50, 1, 3)
check_row(report, "quote.content.ggt80", precision=33.33, recall=100, speaker=0)
what = "quotes, on gold that is set aside"
half = [{"id": "a", "quotes": [{"content": find(text, part)} for part in ("klmno", "hinted klmno", "Bob hinted k")]}]
check_prf(evaluate("quote", gold, half, "--speech"), "quote.content.iou50", 0, 0, 0, 1, 1)
what = "quotes, heads of sources"
for a, b, alike in (
        ("Ann Lee of Orl", "Lee", True), ("Ann Lee who sang", "Ann LEE", True), ("Ann Lee, mayor", "Lee", True), ("Ann offer", "Ann", False),
        ("Ann Lee – mayor", "Lee", True), ("Ann Lee - mayor", "Lee", True), ("Ann-Lee - mayor", "Lee", False), ("Dr. Lee (left)", "Lee", True),
        ("Ann Lee of\ufeffOrl", "Lee", False), ("Ann Lee\u2003by\u2003Orl", "Lee", True), ("Ann Lee’s aide", "aide", True), ("Lee_2 ²", "²", True)):
    pair = f"{a} | {b} | abcde"
    spans = find(pair, a, b, "abcde")
    report = evaluate("quote", [{"id": "a", "text": pair, "quotes": [{"content": spans[2:], "source": spans[:1]}]}],
                      [{"id": "a", "quotes": [{"content": spans[2:], "source": spans[1:2]}]}])
    check(report["measures"]["attr.source.head"]["accuracy"] == 100 * alike, f"quotes: {a!a} and {b!a} have {'the same head' if alike else 'two heads'}", report)
what = "quotes, no prediction"
check_prf(evaluate("quote", gold, []), "joint.soft", 0, 0, 0, 2, 0)

# --- claims ------------------------------------------------------------------------------------
what = "claims"
labels = zip("AAABBC", "AABBAA", (0.9, 0.6, 0.4, 0.2, 0.6, 0.8), "xxxyyx")
gold, guess = [], []
for i, (right, said, score, group) in enumerate(labels, 1):
    gold.append({"id": f"i{i}", "text": "Tam fell.", "label": right, "doc": group, "fold": i % 2, "split": "dev"})
    guess.append({"id": f"i{i}", "label": said, "score": score})
report = evaluate("claim", gold, guess, "--positive", "A", "--rank-by", "doc")
check(report["classes"]["B"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "support": 2}, "claims: a class")
check(report["classes"]["C"] == {"precision": 0, "recall": 0, "f1": 0, "support": 1}, "claims: a class never predicted")
check_block(report, "overall", {"accuracy": 0.5, "macro_f1": 0.3571429, "weighted_f1": 0.4523810, "micro_f1": 0.5})
check_block(report, "positive", {
    "label": "A", "precision": 0.5, "recall": 2 / 3, "f1": 4 / 7, "average_precision": 0.7555556, "roc_auc": 0.6111111,
    "brier": 0.2616667, "ece": 0.3166667, "oracle_best_f1": 0.75, "oracle_threshold": 0.4})
check_block(report, "ranking", {"groups": 1, "map": 0.8055556, "mrr": 1.0, "r_precision": 2 / 3, "p_at_10": 0.3, "p_at_50": 0.06})
report = evaluate("claim", gold, guess)
check_block(report, "overall", {"accuracy": 0.5, "macro_f1": 0.3571429, "weighted_f1": 0.4523810, "micro_f1": 0.5,
                                "confidence_ece": 0.3833333})
check(report["items"] == 6 and report["missing"] == 0, "claims: items")
report = evaluate("claim", gold, guess, "--positive", "A", "--bins", "1")
check(abs(report["positive"]["ece"] - 0.5 / 6) < 1e-9, "claims: --bins", report["positive"])
report = evaluate("claim", gold, guess, "--fold", "1", "--split", "dev")
check(report["items"] == 3 and abs(report["overall"]["accuracy"] - 1 / 3) < 1e-9, "claims: --fold and --split", report)
report = evaluate("claim", gold, guess[:3])
check(report["missing"] == 3 and abs(report["overall"]["accuracy"] - 1 / 3) < 1e-9, "claims: no prediction is wrong", report)
guess[0]["scores"] = {"A": 0.1, "B": 0.9}
report = evaluate("claim", gold, guess, "--positive", "A")
check(abs(report["positive"]["average_precision"] - (1 / 2 + 2 / 4 + 3 / 6) / 3) < 1e-9, "claims: scores by label", report)
what = "claims of many labels"
report = evaluate("claim", [{"id": "a", "text": "x", "label": ["A", "B"]}, {"id": "b", "text": "x", "label": ["B"]}],
                  [{"id": "a", "label": ["C", "B", "B"]}, {"id": "b", "label": "B"}])
check_block(report, "overall", {"accuracy": 0.5, "macro_f1": 0.5, "weighted_f1": 2 / 3, "micro_f1": 2 / 3})
what = "claims, documents"
rows = [{"start": 0, "end": 4, "label": "A", "checkworthy": 0.2}, {"start": 5, "end": 8, "label": "B", "checkworthy": 0.7},
        {"start": 5, "end": 8, "label": "C", "checkworthy": 0.7}]
report = evaluate("claim", [{"id": "a", "text": "Yes. No.", "label": "B"}], [{"id": "a", "layers": {"claim": rows}}])
check(report["overall"]["accuracy"] == 1, "claims: the first row of the highest check-worthiness speaks for a document", report)
what = "claims, corrected rows"
corrected = [{"start": 0, "end": 4, "label": "A"}, {"start": 5, "end": 8, "label": "C"}, {"start": 9, "end": 15, "label": "A"}]
rows = [{"start": 0, "end": 4, "label": "A", "checkworthy": 0.2}, {"start": 5, "end": 8, "label": "B", "checkworthy": 0.7},
        {"start": 5, "end": 8, "label": "C", "checkworthy": 0.8}, {"start": 9, "end": 11, "label": "A", "checkworthy": 0.9}]
report = evaluate("claim", [{"id": "a", "text": "Yes. No. Maybe.", "layers": {"claim": corrected}}],
                  [{"id": "a", "layers": {"claim": rows}}])
check(report["items"] == 3 and report["missing"] == 1, "claims: a row that covers too little of gold is another row", report)
check(abs(report["overall"]["accuracy"] - 2 / 3) < 1e-9, "claims: each corrected row is an item", report)

# --- errors in context -------------------------------------------------------------------------
what = "errors"
text = "One. Two. Three. Four. Five."
gold = [{"id": "a", "text": text, "sentences": find(text, "One.", "Two.", "Three.", "Four.", "Five.")}]
report = evaluate("sentence", gold, [{"id": "a", "sentences": [[0, 7], [7, 28]]}], "--errors", "2")
check(report["errors_found"] == 5 and [e["kind"] for e in report["errors"]] == ["missed boundary", "missed boundary"],
      "errors: evenly spread", report["errors"])
check(report["errors"][0]["before"] == "One." and report["errors"][0]["after"] == " Two. Three. Four. Five.",
      "errors: a boundary in context", report["errors"])
report = evaluate("sentence", gold, [{"id": "a", "sentences": [[0, 7], [7, 28]]}], "--errors", "9")
check([e["start"] for e in report["errors"]] == [4, 9, 16, 22, 7] and report["errors"][4]["kind"] == "spurious boundary",
      "errors: missed and spurious ones", report["errors"])
gold = [{"id": n, "text": "Tam fell.", "label": "AB"[n == "c"]} for n in "abc"]
guess = [{"id": n, "label": "BA"[n == "c"], "score": s} for n, s in zip("abc", (0.4, 0.1, 0.7))]
report = evaluate("claim", gold, guess, "--errors", "2", "--positive", "A")
check([e["document"] for e in report["errors"]] == ["b", "c"], "errors: the most confident mistake first", report["errors"])

# --- a pipeline --------------------------------------------------------------------------------
what = "a pipeline"
text = "Ada Brook ran to the gate. Then Bo Tarn sat down."
gold = write("gold.jsonl", [{"id": "a", "text": text, "sentences": find(text, "Ada Brook ran to the gate.", "Then Bo Tarn", "sat down.")}])
code, out, errors = run("eval", make_pipeline("sentence-splitter"), "--gold", gold, "--layer", "sentence")
lines = [line.split() for line in out.splitlines()]
check(code == 0 and errors == "" and ["boundary", "100.00", "66.67", "80.00", "3", "2"] in lines, "a pipeline: the table", out, errors)
finish()
