#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Train the weights of libaver-html: logistic regression over the features of block-features.c, by LIBLINEAR.

    meson compile -C build dump-blocks && core/html/train.py build ../shared/data/html

rewrites weights.h from the pages and their article texts; `--folds N` reports instead how well weights trained on the other
pages do on each Nth of them. Needs liblinear-train (Debian: liblinear-tools). Deterministic.
"""
import argparse
import collections
import difflib
import gzip
import hashlib
import json
import math
import pathlib
import re
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
WORD = re.compile(r"\w+")
SCALE = 256
NEVER = -1000
# The strength of the data against the prior.
COST = 0.3
# Every so many words a block counts once more, this often at most.
WORDS, OFTEN = 15, 3


class Block:
    def __init__(self, line):
        inside, score, features, place, text, self.path = line.split("\t")
        prior, *numbers = place.split()
        self.prior, (self.group, self.heading, self.paragraph) = float(prior), map(int, numbers)
        self.inside = inside == "1"
        self.score = float(score) if self.inside else -math.inf
        self.features = [int(f) for f in features.split()]
        self.text = json.loads(text)
        self.words = WORD.findall(self.text)
        self.gold = False


def dump(build, folder):
    with tempfile.TemporaryDirectory() as pages:
        names = []
        for path in sorted((folder / "html").glob("*.html.gz")):
            names.append(pathlib.Path(pages) / path.name.split(".")[0])
            names[-1].write_bytes(gzip.open(path).read())
        tool = build / "core" / "html" / "dump-blocks"
        lines = subprocess.run([tool, *names], check=True, capture_output=True, encoding="utf-8").stdout.split("\n")
    documents, size = {}, 0
    for line in lines[:-1]:
        if line.startswith("# "):
            _, name, size = line.split(" ")
            blocks = documents[name.split("/")[-1]] = []
        else:
            blocks.append(Block(line))
    return documents, int(size)


def label(blocks, text, cache):
    """A block is gold when the longest common subsequence of the page's and the article's words takes most of it."""
    words = [w for b in blocks for w in b.words]
    gold = WORD.findall(text)
    key = hashlib.sha1((" ".join(words) + "|" + text).encode()).hexdigest()
    if key not in cache:
        taken = [False] * len(words)
        for match in difflib.SequenceMatcher(None, words, gold, autojunk=False).get_matching_blocks():
            # A word or two in common may be chance.
            taken[match.a:match.a + match.size] = [True] * match.size
        cache[key] = "".join("01"[t] for t in taken)
    start = 0
    for block in blocks:
        share = cache[key][start:start + len(block.words)].count("1")
        block.gold = share * 10 >= len(block.words) * 7 if block.words else False
        start += len(block.words)


def rate(blocks, weights, bias):
    """What choose.c does."""
    inside = [b for b in blocks if b.inside]
    groups = collections.defaultdict(list)
    for b in inside:
        b.score = b.prior
        if b.prior > NEVER:
            b.score += bias + sum(weights[f] for f in b.features)
        if b.group:
            groups[b.group].append(b)
    for group in groups.values():
        mean = sum(b.score for b in group) / len(group)
        for b in group:
            b.score = mean
    needed, left_out = False, True
    for b in reversed(inside):
        if b.heading and left_out and not needed:
            b.score = min(b.score, 0)
        left_out = b.score <= 0
        if not left_out:
            needed = not b.heading
    if not any(b.score > 0 for b in inside):
        for b in inside:
            if b.paragraph and b.score > NEVER / 2:
                b.score = 1


def train(documents, size, cost=COST):
    with tempfile.TemporaryDirectory() as folder:
        data, model = f"{folder}/data", f"{folder}/model"
        with open(data, "w", encoding="ascii") as file:
            for blocks in documents:
                for b in blocks:
                    if b.inside and b.words:
                        features = " ".join(f"{f + 1}:1" for f in sorted(set(b.features)))
                        file.write(f"{'+1' if b.gold else '-1'} {features}\n" * (1 + min(OFTEN, len(b.words) // WORDS)))
        subprocess.run(["liblinear-train", "-q", "-s", "0", "-c", str(cost), "-B", "1", "-e", "0.0001", data, model],
                       check=True)
        lines = pathlib.Path(model).read_text().split("\n")
    first = lines.index("w") + 1
    sign = 1 if next(l for l in lines if l.startswith("label")).split()[1] == "1" else -1
    values = [sign * float(l.split()[0]) for l in lines[first:] if l.strip()]
    return (values[:-1] + [0.0] * size)[:size], values[-1]


def shingles(words):
    return collections.Counter(tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3)) if words)


def score(pairs):
    precision, recall, exact = [], [], []
    for words, gold in pairs:
        a, b = shingles(gold), shingles(words)
        tp, fp, fn = (sum(c.values()) for c in (a & b, b - a, a - b))
        if tp + fp:
            precision.append(tp / (tp + fp))
        if tp + fn:
            recall.append(tp / (tp + fn))
        exact.append(words == gold)
    p, r = sum(precision) / max(1, len(precision)), sum(recall) / max(1, len(recall))
    return f"pages {len(exact)}  precision {p:.3f}  recall {r:.3f}  F1 {2 * p * r / max(1e-9, p + r):.4f}  exact {sum(exact) / len(exact):.3f}"


def chosen(blocks):
    return [w for b in blocks if b.inside and b.score > 0 for w in b.words]


def write(weights, bias):
    numbers = [max(-32768, min(32767, round(w * SCALE))) for w in weights]
    lines = ["/* SPDX-License-Identifier: Apache-2.0 */",
             "/* What each feature of a block weighs: written by train.py. */", "#pragma once", "",
             "#include <glib.h>", "", f"#define WEIGHTS_SCALE {SCALE}.0f", "",
             f"static const gint32 weights_bias = {round(bias * SCALE)};", "",
             "static const gint16 weights[] = {"]
    lines += ["    " + ", ".join(map(str, numbers[i:i + 12])) + "," for i in range(0, len(numbers), 12)]
    (HERE / "weights.h").write_text("\n".join(lines + ["};", ""]), encoding="ascii")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--cost", type=float, default=COST)
    parser.add_argument("--cache", type=pathlib.Path, help="keeps the labels, which take a while")
    parser.add_argument("--show", type=int, default=0, help="prints the mistakes of so many pages")
    options = parser.parse_args()
    documents, size = dump(options.build, options.data)
    truth = {k: v["articleBody"] for k, v in json.loads((options.data / "ground-truth.json").read_text("utf-8")).items()}
    cache = json.loads(options.cache.read_text()) if options.cache and options.cache.exists() else {}
    for name, blocks in documents.items():
        label(blocks, truth[name], cache)
    if options.cache:
        options.cache.write_text(json.dumps(cache))
    names = sorted(documents)
    gold = {n: WORD.findall(truth[n]) for n in names}
    if not options.folds:
        write(*train([documents[n] for n in names], size, options.cost))
        return
    print("best possible, any block      ", score([([w for b in documents[n] if b.gold for w in b.words], gold[n]) for n in names]))
    print("best possible in the container", score([([w for b in documents[n] if b.gold and b.inside for w in b.words], gold[n])
                                                  for n in names]))
    pairs, wrong = [], []
    for fold in range(options.folds):
        held = names[fold::options.folds]
        weights, bias = train([documents[n] for n in names if n not in held], size, options.cost)
        for n in held:
            rate(documents[n], weights, bias)
            words = chosen(documents[n])
            pairs.append((words, gold[n]))
            if words != gold[n]:
                wrong.append(n)
    print("cross-validated               ", score(pairs))
    losses = {n: score([(w, g)]) for n, (w, g) in zip((n for f in range(options.folds) for n in names[f::options.folds]), pairs)}
    wrong.sort(key=lambda n: float(losses[n].split("F1 ")[1].split()[0]))
    for n in wrong[:options.show]:
        print("=====", n, losses[n])
        for b in documents[n]:
            if (b.score > 0) != b.gold and b.words:
                print(f"{'missed' if b.gold else 'extra '} {b.score:6.2f} {len(b.words):4} {b.text[:90]!r} {b.path[:150]}")


if __name__ == "__main__":
    main()
