#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""aver eval gives the figures of the scorers in ../shared/eval, on the sample articles and on slices of the dev sets.

test-scorers.py AVER.  Predictions are what the plugins say, and the same disturbed at random (with a fixed seed), so that
every kind of mistake is among them.  A pipeline run by aver eval gives the figures of its output scored later.
"""
import json
import os
import random
import subprocess
import sys

sys.dont_write_bytecode = True
from harness import aver, check, evaluate, finish, folder, make_pipeline, read, root, run, shared, skip, write  # noqa: E402

NAMES = {"P": "precision", "R": "recall", "F1": "f1", "n_gold": "gold", "n_pred": "predicted", "speaker_acc": "speaker",
         "acc": "accuracy", "n": "of", "found_iou50_R": "found", "found_and_source_R": "with_source",
         "gold": "gold", "pred": "predicted"}
ANNOTATORS = ["sentence-splitter", "quote-attributor", "claim-classifier"]
pipeline = make_pipeline(*ANNOTATORS)
random = random.Random(7)


def scorer(name, gold, predictions, *options):
    script = os.path.join(shared, "eval", f"score_{name}.py")
    done = subprocess.run([sys.executable, script, gold, predictions, "--json", *options], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def compare(what, differences):
    check(not differences, what, *differences[:9])


def compare_rows(expected, got):
    """Rows of figures by their names there and here; there are no other rows here."""
    wrong = [f"{name}: {key} is {got.get(name, {}).get(NAMES[key])}, there {value}"
             for name, row in expected.items() for key, value in row.items()
             if key in NAMES and got.get(name, {}).get(NAMES[key]) != value]
    return wrong + [f"{name}: only here" for name in got if name not in expected]


def compare_sentences(what, gold, predictions):
    expected, got = scorer("sentences", gold, predictions), evaluate("sentence", gold, predictions)
    rows = {name: expected[name] for name in ("boundary", "inner", "unforced", "sentence")}
    wrong = compare_rows(rows, got["measures"])
    if (expected["docs"], expected["missing"], expected["exact_docs"]) != (got["documents"], got["missing"], got["exact_documents"]):
        wrong.append("counts of documents differ")
    compare(what, wrong)


def compare_quotes(what, gold, predictions, *options):
    expected, got = scorer("quotes", gold, predictions, *options), evaluate("quote", gold, predictions, *options)
    compare(" ".join([what, *options]), compare_rows(expected, got["measures"]))


def differ(a, b):
    if isinstance(a, float) and isinstance(b, (int, float)):
        return abs(a - b) > 1e-12 or f"{a:.4f}" != f"{b:.4f}"
    return a != b


def compare_claims(what, gold, predictions, *options):
    expected, got = scorer("claims", gold, predictions, *options), evaluate("claim", gold, predictions, *options)
    flat = {**got.get("overall", {}), "n": got["items"], "missing": got["missing"]}
    wrong = [f"{k}: {flat.get(k)}, there {v}" for k, v in expected.items() if not isinstance(v, dict) and differ(v, flat.get(k))]
    for block in ("positive", "ranking"):
        wrong += [f"{block}.{k}: {got[block].get(k)}, there {v}" for k, v in expected.get(block, {}).items() if differ(v, got[block].get(k))]
    wrong += [f"{label}: {row}, there {expected['classes'].get(label)}" for label, row in got["classes"].items()
              if any(differ(v, row[k]) for k, v in expected["classes"].get(label, {"n": 1}).items())]
    if len(expected["classes"]) != len(got["classes"]):
        wrong.append("other classes")
    compare(" ".join([what, *options]), wrong)


def annotate(gold):
    """The pipeline's output for the texts of gold."""
    texts = write("texts.jsonl", [{"id": d["id"], "text": d["text"]} for d in read(gold)])
    out = os.path.join(folder, "annotated.jsonl")
    code, _, errors = run("run", pipeline, texts, "-o", out)
    if code != 0:
        raise SystemExit(f"Bail out! aver run failed: {errors}")
    return out


def shorten(kind, annotated):
    done = subprocess.run([sys.executable, os.path.join(shared, "eval", "from_aver.py"), kind, annotated],
                          stdout=subprocess.PIPE, check=True)
    path = os.path.join(folder, f"{kind}.jsonl")
    with open(path, "wb") as file:
        file.write(done.stdout)
    return path


def disturb_span(text, span):
    """Moves one end by some characters, if that leaves a span; @text is in UTF-8."""
    s, e = span
    if random.random() < 0.6:
        return [s, e]
    characters, start, end = text.decode(), len(text[:s].decode()), len(text[:e].decode())
    if random.random() < 0.5:
        start = max(0, min(end, start + random.randint(-9, 9)))
    else:
        end = max(start, min(len(characters), end + random.randint(-9, 9)))
    return [len(characters[:start].encode()), len(characters[:end].encode())]


def disturb(kind, gold, predictions):
    """Loses and doubles rows, moves their ends, forgets whole documents; and does so with gold's own rows as well."""
    texts = {d["id"]: d for d in read(gold)}
    out = []
    for d in read(predictions):
        if random.random() < 0.1:
            continue
        text, rows = texts[d["id"]]["text"].encode(), d[kind] + texts[d["id"]][kind]
        kept = [row for row in rows if random.random() < 0.7] + [row for row in rows if random.random() < 0.05]
        if kind == "sentences":
            d[kind] = [disturb_span(text, span) for span in kept]
        else:
            d[kind] = [{"speaker": (row.get("speaker_names") or [None])[-1], **row,
                        **{role: [disturb_span(text, span) for span in row.get(role) or []]
                           for role in ("content", "cue", "source") if role == "content" or random.random() < 0.9}} for row in kept]
        out.append(d)
    return write(f"disturbed-{kind}.jsonl", out)


def invent():
    """Documents of scraps, with spans anywhere: what no plugin would say."""
    scraps = ['"', "“", "”", "'", "’", ".", ". ", "\n", "\n\n", " ", "\u00a0", "\u200b", "\u202e", "\ufeff", "\0", "—", "(", ")", ", ",
              " of ", " - ", "said", "Ada", "Brook", "é", "ß", "²", "12", "日", "。", "😀"]

    def span(text):
        a, b = sorted((random.randint(0, len(text)), random.randint(0, len(text))))
        return [len(text[:a].encode()), len(text[:b].encode())]

    def quote(text):
        return {"content": [span(text) for _ in range(random.randint(0, 4))], "cue": [span(text) for _ in range(random.randint(0, 2))],
                "source": [span(text) for _ in range(random.randint(0, 2))], "type": random.choice(["direct", "mixed", "indirect"]),
                "speech": random.random() < 0.7, "source_is_pronoun": random.random() < 0.5,
                "speaker_names": random.choice([[], ["Ada Brook"], ["the Brook", "ADA"]])}

    documents = []
    for i in range(150):
        text = "".join(random.choice(scraps) for _ in range(random.randint(0, 60)))
        documents.append({"id": f"scraps {i}", "text": text, "sentences": [span(text) for _ in range(random.randint(0, 6))],
                          "quotes": [quote(text) for _ in range(random.randint(0, 6))]})
    return write("scraps.jsonl", documents)


def slice_of(path, start, n):
    """A copy, because scorers read whole files."""
    return write(os.path.basename(path), read(path)[start:start + n])


def test_pipeline(layer, gold, *options):
    what = f"{os.path.basename(gold)}: a pipeline's {layer} layer scored at once and from its output"
    code, out, errors = run("eval", pipeline, "--gold", gold, "--layer", layer, "--json", "--errors", 5, *options)
    if code != 0:
        check(False, what, errors)
        return
    later = evaluate(layer, gold, annotate(gold), "--errors", "5", *options)
    check(json.loads(out) == later, what, out, later)


articles = os.path.join(root, "tests", "articles")
test_pipeline("sentence", os.path.join(articles, "sentences.jsonl"))
test_pipeline("quote", os.path.join(articles, "quotes.jsonl"))
test_pipeline("claim", os.path.join(articles, "claims.jsonl"), "--positive", "CFS", "--rank-by", "doc")
own = annotate(os.path.join(articles, "sentences.jsonl"))
texts = {d["id"]: d["text"] for d in read(os.path.join(articles, "sentences.jsonl"))}
own = write("own.jsonl", [{**d, "text": texts[d["id"]]} for d in read(own)])
for layer, measure in (("sentence", "sentence"), ("quote", "joint.exact")):
    perfect = evaluate(layer, own, own)["measures"][measure]
    check(perfect["f1"] == 100 and perfect["gold"] > 0, f"Aver's own output as gold is found again: {layer}", perfect)
perfect = evaluate("claim", own, own)
check(perfect["overall"]["accuracy"] == 1 and perfect["missing"] == 0 and perfect["items"] > 300,
      "Aver's own output as gold is found again: claim", perfect)

if not os.path.isdir(os.path.join(shared, "eval")):
    skip("the scorers' figures", "../shared is not here")
    finish()
data = os.path.join(shared, "data")
for path in (os.path.join(articles, "sentences.jsonl"), slice_of(data + "/sentences/ewt-dev.jsonl", 0, 120),
             slice_of(data + "/sentences/gum-dev.jsonl", 3, 8), data + "/sentences/golden52.jsonl"):
    name = os.path.basename(path)
    guess = shorten("sentences", annotate(path))
    compare_sentences(f"{name}: the scorer's figures", path, guess)
    compare_sentences(f"{name}: the scorer's figures, predictions disturbed", path, disturb("sentences", path, guess))
scraps = invent()
compare_sentences("scraps: the scorer's figures", scraps, disturb("sentences", scraps, scraps))
guess = disturb("quotes", scraps, scraps)
for options in ((), ("--strict",), ("--speech",), ("--by-type", "direct"), ("--strict", "--speech")):
    compare_quotes("scraps: the scorer's figures", scraps, guess, *options)
for path in (os.path.join(articles, "quotes.jsonl"), slice_of(data + "/quotes/polnear_dev.jsonl", 10, 25)):
    name = os.path.basename(path)
    guess = shorten("quotes", annotate(path))
    for predictions, how in ((guess, ""), (disturb("quotes", path, guess), ", predictions disturbed")):
        for options in ((), ("--strict",), ("--speech",), ("--by-type", "mixed"), ("--speech", "--strict", "--by-type", "indirect")):
            compare_quotes(f"{name}: the scorer's figures{how}", path, predictions, *options)
for path, positive, group in ((os.path.join(articles, "claims.jsonl"), "CFS", "doc"),
                              (slice_of(data + "/claims/claimbuster_crowd.jsonl", 500, 1500), "UFS", "doc"),
                              (slice_of(data + "/claims/averitec_types_dev.jsonl", 0, 200), "Numerical Claim", "split"),
                              (slice_of(data + "/claims/newsdiscourse3_dev.jsonl", 0, 300), "event_or_context", "domain")):
    name = os.path.basename(path)
    guess = shorten("claims", annotate(path))
    compare_claims(f"{name}: the scorer's figures", path, guess)
    gold = read(path)
    labels = [d["label"] for d in gold]
    disturbed = [{**d, "label": random.choice(labels) if random.random() < 0.4 else gold[i]["label"],
                  "score": round(random.random(), 2)} for i, d in enumerate(read(guess)) if random.random() < 0.95]
    for d in disturbed[::3]:
        d["scores"] = {positive: d["score"] / 2}
    disturbed = write("disturbed-claims.jsonl", disturbed)
    compare_claims(f"{name}: the scorer's figures, predictions disturbed", path, disturbed)
    for options in (("--positive", positive), ("--positive", positive, "--rank-by", group, "--bins", "7")):
        compare_claims(f"{name}: the scorer's figures", path, disturbed, *options)
    if name == "claimbuster_crowd.jsonl":
        compare_claims(f"{name}: the scorer's figures", path, disturbed, "--split", "train", "--fold", "2", "--positive", "CFS")
finish()
