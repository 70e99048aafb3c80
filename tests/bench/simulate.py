#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Simulates shards on n nodes, and workers on a live feed, with what was measured on one machine. Prints the tables of docs/scaling.md.

    simulate.py [--set NAME=VALUE]... [--table NAME]...

NAME is a figure of `Figures`, such as --set price=0.05 --set archive_mb=200000. The same figures and seed print the same.

Batch: files in their order are laid out on a scale and a shard is a stretch of it, as in core/input-share.c. A shard takes as long as
the slowest of its parts: the thread that unpacks and cuts, the workers, the link. Shards are taken from a queue by whatever slot is
free. A shard that fails goes on in its slot: after the wait, it does again what was behind its last checkpoint. The storage bounds
the whole run: no less than all bytes at its rate. Links and storage read and write at the same time. Then one process merges.

Live: seconds, one after the other. What comes in waits in order; workers take what they and the server can; a commit comes after.
"""
import argparse
import dataclasses
import heapq
import random

# Seconds of one core for a MB of input as it lies on the disk, and MB written for it: tests/bench/bench-node.py.
LINES = {"pass": (0.0011, 1.0), "news, fast": (0.0592, 4.0), "news": (0.1178, 4.2), "accurate": (0.4586, 1.9)}
ARCHIVE = {"pages to texts": (0.0891, 0.16), "news, fast": (0.1017, 0.56), "news": (0.1075, 0.58), "accurate": (0.1742, 0.26)}


@dataclasses.dataclass
class Figures:
    seed: int = 1
    archive_mb: float = 1_000_000   # a month of a news crawl, packed
    file_mb: float = 1072           # files are closed at this size
    page_mb: float = 0.0344         # a page, packed
    text_mb: float = 0.00458        # a line with a text
    factor: float = 1               # what all costs are multiplied with: 1.25 where two threads share a core
    spread: float = 0.1             # how much the time for a MB differs between files (standard deviation)
    cut: float = 0.0137             # seconds for a MB in the thread that unpacks and cuts
    cut_lines: float = 0.0003       # the same of lines that are not packed
    count_rate: float = 3700        # MB/s in which lines before a shard are counted
    node_cores: int = 16
    task_cores: int = 4
    node_mb_s: float = 1000         # a link of 10 Gbit/s
    storage_mb_s: float = 10000     # all nodes together
    start: float = 5                # seconds from a free slot to the first document: the scheduler's, and 0.02 of Aver's own
    failures: float = 0.01          # of a task, an hour
    wait: float = 60                # until a failed task is queued and started again
    checkpoint: float = 5           # seconds between two checkpoints, at most
    merge: float = 0.00134          # seconds for a MB merged
    price: float = 0.04             # of a core-hour, in any currency
    fetch: float = 0.001            # seconds of a round trip to the NATS server
    message: float = 0.00004        # seconds of a worker for a message beside its work
    document: float = 0.0005        # seconds of one core for an article of 4 KB (news)
    server_rate: float = 25000      # messages that the server gives out and has acknowledged, a second
    commit: float = 1               # seconds between two commits


def file_sizes(figures):
    """In MB; all are full but the last."""
    whole, rest = divmod(figures.archive_mb, figures.file_mb)
    return [figures.file_mb] * int(whole) + ([rest] if rest > 0 else [])


def share_files(sizes, n_shards):
    """The files of each shard: those that begin in its stretch."""
    shards, total, at = [[] for _ in range(n_shards)], sum(sizes), 0
    for size in sizes:
        shards[min(int(at * n_shards / total), n_shards - 1)].append(size)
        at += size
    return shards


def slots_of(figures, nodes):
    return nodes * (figures.node_cores // figures.task_cores)


def link_of_task(figures):
    return figures.node_mb_s * figures.task_cores / figures.node_cores


def failed_time(figures, seconds, chance):
    """What failures add to a shard that takes so long."""
    if figures.failures <= 0:
        return 0
    added, at = 0, chance.expovariate(figures.failures / 3600)
    while at < seconds:
        added += figures.wait + figures.start + chance.uniform(0, figures.checkpoint)
        at += chance.expovariate(figures.failures / 3600)
    return added


def time_of_shard(figures, sizes, cost, output, cut, chance, before=0):
    """Seconds of a slot, and of its cores at work. `before` is MB that are read to count lines."""
    if not sizes:
        return figures.start, 0
    work = sum(size * cost * figures.factor * max(0.2, chance.gauss(1, figures.spread)) for size in sizes)
    size, link = sum(sizes), link_of_task(figures)
    seconds = max(work / figures.task_cores, size * cut * figures.factor, size * max(1, output) / link)
    seconds += before / min(figures.count_rate, link)
    return figures.start + seconds + failed_time(figures, seconds, chance), work


def run_queue(durations, slots):
    """When the last is done, and when the first slot has nothing left to do."""
    ends = [0.0] * slots
    for duration in durations:
        heapq.heapreplace(ends, ends[0] + duration)
    return max(ends), min(ends)


@dataclasses.dataclass
class Outcome:
    seconds: float       # until the last shard is done
    used: float          # share of the cores' time that was work
    tail: float          # share of the time in which slots stood idle because the queue was empty
    merge: float         # seconds
    work: float          # seconds of cores


def run_batch(figures, nodes, n_shards, cost, output, cut=None, lines=False):
    """`lines`: one file that can be split anywhere."""
    cut = figures.cut if cut is None else cut
    total = figures.archive_mb
    shards = [[total / n_shards]] * n_shards if lines else share_files(file_sizes(figures), n_shards)
    times = [time_of_shard(figures, sizes, cost, output, cut, random.Random(f"{figures.seed}/{number}"),
                           total * number / n_shards if lines else 0) for number, sizes in enumerate(shards)]
    slots = slots_of(figures, nodes)
    last, first = run_queue([seconds for seconds, _ in times], slots)
    seconds = max(last, total * max(1, output) / figures.storage_mb_s)
    work = sum(work for _, work in times)
    merge = total * output * max(figures.merge, 1 / min(figures.node_mb_s, figures.storage_mb_s))
    return Outcome(seconds, work / (seconds * nodes * figures.node_cores), (last - first) / seconds, merge, work)


@dataclasses.dataclass
class Lag:
    used: float
    mean: float          # seconds from coming in to being written and acknowledged
    worst: float
    waiting: int         # documents, at most


def rate_of_worker(figures, threads, fetched):
    """Documents a second: work is shared by threads, the rest is one thread's."""
    return 1 / (max(figures.document / threads, figures.message) + figures.fetch / fetched)


def run_live(figures, rate, workers, threads, fetched=256, peak=3, seconds=3600):
    """Of an hour, the minutes 20 to 25 bring `peak` times the rate."""
    chance = random.Random(f"{figures.seed}/live")
    can = min(workers * rate_of_worker(figures, threads, fetched), figures.server_rate)
    come, done, behind, worst, waited, waiting = 0.0, 0.0, 0, 0.0, 0.0, 0.0
    for second in range(seconds):
        mean = rate * (peak if 1200 <= second < 1500 else 1)
        come += max(0.0, chance.gauss(mean, mean ** 0.5))
        done = min(come, done + can)
        behind = come - done
        waiting, worst, waited = max(waiting, behind), max(worst, behind / can), waited + behind
    delay = figures.commit / 2
    return Lag(done / (can * seconds), waited / come + delay, worst + figures.commit, round(waiting))


def clock(seconds):
    if seconds < 5940:
        return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"
    return f"{seconds / 3600:.1f} h"


def price_of(figures, nodes, outcome):
    """Nodes for the time of the run, and one core for the merge."""
    return (outcome.seconds * nodes * figures.node_cores + outcome.merge) / 3600 * figures.price


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def table_of_node(figures):
    """What a node does in an hour with its cores at work all the time."""
    hour = 3600 * figures.node_cores
    rows = []
    for kind, costs, size in (("texts", LINES, figures.text_mb), ("archive", ARCHIVE, figures.page_mb)):
        for name, (cost, output) in costs.items():
            cost *= figures.factor
            mb = min(hour / cost, figures.node_mb_s / max(1, output) * 3600)
            cores = 1e6 * size * cost / 3600
            rows.append((kind, name, f"{cost:.4f}", f"{mb / 1000:,.0f} GB", f"{mb / size / 1e6:,.1f} million", f"{mb * output / 1000:,.0f} GB",
                         f"{cores:.2f}", f"{cores * figures.price:.4f}"))
    return table(("input", "pipeline", "core-seconds a MB", "read", "documents", "written", "core-hours a million", "price of a million"), rows)


def table_of_archive(figures):
    """Four shards a slot, if there are as many files."""
    rows = []
    for name, (cost, output) in ARCHIVE.items():
        for nodes in (1, 10, 100):
            n_shards = min(len(file_sizes(figures)), 4 * slots_of(figures, nodes))
            outcome = run_batch(figures, nodes, n_shards, cost, output)
            rows.append((name, nodes, n_shards, clock(outcome.seconds), f"{outcome.used:.0%}", f"{outcome.tail:.0%}", clock(outcome.merge),
                         f"{price_of(figures, nodes, outcome):.2f}"))
    return table(("pipeline", "nodes", "shards", "done after", "cores used", "tail", "then merge", "price"), rows)


def table_of_shards(figures):
    rows = []
    for n_shards in (40, 50, 80, 160, 320, 933):
        outcome = run_batch(figures, 10, n_shards, *ARCHIVE["news"])
        rows.append((n_shards, clock(outcome.seconds), f"{outcome.used:.0%}", f"{outcome.tail:.0%}"))
    return table(("shards", "done after", "cores used", "tail"), rows)


def table_of_limits(figures):
    """100 GB on ten nodes, as files of each kind."""
    rows = []
    cost, output = ARCHIVE["news"]
    lines_cost, lines_output = LINES["news"]
    for what, size in (("94 web archives", figures.file_mb), ("5 web archives", 20000), ("1 web archive", 100000)):
        changed = dataclasses.replace(figures, archive_mb=100000, file_mb=size)
        outcome = run_batch(changed, 10, 400, cost, output)
        rows.append((what, clock(outcome.seconds), f"{outcome.used:.0%}", clock(outcome.merge)))
    for what, number in (("1 file of lines, 40 shards", 40), ("1 file of lines, 400 shards", 400)):
        changed = dataclasses.replace(figures, archive_mb=100000)
        outcome = run_batch(changed, 10, number, lines_cost, lines_output, figures.cut_lines, True)
        rows.append((what, clock(outcome.seconds), f"{outcome.used:.0%}", clock(outcome.merge)))
    return table(("100 GB are", "done after", "cores used", "then merge"), rows)


def table_of_live(figures):
    rows = []
    for rate, workers, threads, fetched in ((10, 1, 1, 256), (1000, 1, 1, 256), (1000, 1, 4, 256), (3000, 1, 4, 256), (3000, 2, 4, 256),
                                            (8000, 4, 4, 16), (8000, 4, 4, 256), (10000, 16, 4, 256)):
        lag = run_live(figures, rate, workers, threads, fetched)
        rows.append((f"{rate:,}", f"{workers} × {threads}", fetched, f"{lag.used:.0%}", f"{lag.mean:.1f} s", clock(lag.worst), f"{lag.waiting:,}"))
    return table(("articles a second", "workers × threads", "fetched at a time", "used", "lag, mean", "longest", "waiting at most"), rows)


TABLES = {"node": table_of_node, "archive": table_of_archive, "shards": table_of_shards, "limits": table_of_limits, "live": table_of_live}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--table", action="append", choices=TABLES)
    arguments = parser.parse_args()
    types = {field.name: field.type for field in dataclasses.fields(Figures)}
    changes = {}
    for change in arguments.set:
        name, _, value = change.partition("=")
        if name not in types:
            parser.error(f"no figure {name!r}; expected one of {', '.join(types)}")
        try:
            changes[name] = types[name](value)
        except ValueError:
            parser.error(f"{name} is {value!r}; expected a number")
    figures = Figures(**changes)
    for number, name in enumerate(arguments.table or TABLES):
        print(("\n" if number else "") + TABLES[name](figures))


if __name__ == "__main__":
    main()
