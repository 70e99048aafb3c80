# SPDX-License-Identifier: Apache-2.0
"""What the tests of faults share: a hundred documents, runs with a time limit."""
import json
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import contains, equal


def records(n=100):
    return "".join(json.dumps({"id": str(i), "number": i, "text": f"The document number {i} says nothing that anyone would miss — at all."},
                              ensure_ascii=False) + "\n" for i in range(1, n + 1)).encode()


class Runner:
    """Runs `aver run` over the documents with one stage in the middle."""

    def __init__(self, aver, *plugins):
        self.aver = os.path.abspath(aver)
        self.folders = [argument for folder in plugins for argument in ("--plugin-dir", os.path.abspath(folder))]

    def pipeline(self, *stages):
        with open("pipeline.json", "w", encoding="utf-8") as file:
            json.dump({"version": 1, "stages": ["jsonl-reader", *stages,
                                                {"plugin": "jsonl-writer", "options": {"text": True}}]}, file)
        return os.path.abspath("pipeline.json")

    def run(self, stage, *arguments, documents=None, timeout=60):
        path = self.pipeline(stage)
        started = time.monotonic()
        done = subprocess.run([self.aver, "run", *self.folders, path, "--dead-letter", "dead", *arguments],
                              input=records() if documents is None else documents, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=timeout)
        self.seconds = time.monotonic() - started
        return done.returncode, done.stdout, done.stderr.decode(errors="surrogateescape")

    def expect_loss(self, stage, *messages, lost="57", arguments=("-j", "2"), timeout=60):
        """One document is lost, and named in the dead letters with the reason; all others come out in order."""
        code, out, err = self.run(stage, *arguments, timeout=timeout)
        letters = [json.loads(line) for line in open("dead", encoding="utf-8")]
        ids = [json.loads(line)["id"] for line in out.splitlines()]
        equal((code, [json.loads(letter["record"])["id"] for letter in letters], err.splitlines()[-1]),
              (1, [lost], "aver: 100 documents: 99 written, 1 dead-lettered"))
        equal(ids, [str(i) for i in range(1, 101) if str(i) != lost])
        contains(letters[0]["error"], *messages)
        return letters[0]["error"], out, err
