#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""simulate.py against what can be reckoned by hand, and docs/scaling.md against what it prints. TAP on standard output.

test-simulate.py SOURCE
"""
import dataclasses
import os
import random
import subprocess
import sys

sys.dont_write_bytecode = True
source = os.path.abspath(sys.argv[1])
sys.path[:0] = [os.path.join(source, "tests"), os.path.join(source, "tests", "bench")]
import simulate
from simulate import Figures, run_batch, run_live
from tap import contains, equal, main, test

# Ten files of 100 MB, no chance, nothing but work.
PLAIN = Figures(archive_mb=1000, file_mb=100, spread=0, cut=0, node_cores=4, task_cores=2, node_mb_s=1e9, storage_mb_s=1e9, start=0,
                failures=0, merge=0.01)


def near(got, expected, tolerance=1e-6):
    assert abs(got - expected) <= tolerance * max(1, abs(expected)), f"got {got!r} instead of {expected!r}"


def changed(**figures):
    return dataclasses.replace(PLAIN, **figures)


@test
def one_node_and_one_slot_too_many():
    # A second of two cores for two MB: 50 s a file, two slots a node. Ten files: five rounds; on three nodes two, the second with four.
    one = run_batch(PLAIN, 1, 10, 1.0, 0.5)
    equal((one.seconds, one.used, one.tail, one.work), (250, 1, 0, 1000))
    three = run_batch(PLAIN, 3, 10, 1.0, 0.5)
    near(three.seconds, 100)
    near(three.used, 1000 / (100 * 12))
    near(three.tail, 0.5)
    near(three.merge, 500 * 0.01)


@test
def the_slowest_part_decides():
    near(run_batch(changed(cut=2), 1, 10, 1.0, 0.5).seconds, 5 * 200)                # one thread cuts: 200 s a file
    near(run_batch(changed(node_mb_s=2), 1, 10, 1.0, 0.5).seconds, 5 * 100)          # a slot has 1 MB/s of the link
    near(run_batch(changed(node_mb_s=2), 1, 10, 1.0, 4).seconds, 5 * 400)            # and writes four times what it reads
    near(run_batch(changed(storage_mb_s=2), 100, 10, 1.0, 0.5).seconds, 500)         # whatever the number of nodes
    near(run_batch(changed(start=10), 1, 10, 1.0, 0.5).seconds, 5 * 60)
    near(run_batch(changed(node_mb_s=10), 1, 10, 0.0001, 0.5).merge, 500 / 10)


@test
def lines_before_a_shard_are_counted():
    # Two shards at once; the second reads 500 MB at 50 MB/s first, and both take 500 MB * 1 s / 2 cores.
    figures = changed(count_rate=50)
    outcome = run_batch(figures, 1, 2, 1.0, 0.5, 0, lines=True)
    near(outcome.seconds, 10 + 250)
    near(outcome.tail, 10 / 260)


@test
def a_failure_costs_the_wait_and_less_than_a_checkpoint():
    figures = changed(failures=3600, wait=7, start=2, checkpoint=0)                   # one a second, on average
    added = [simulate.failed_time(figures, 1, random.Random(seed)) for seed in range(2000)]
    assert all(one % 9 == 0 for one in added)
    assert 0.9 < sum(added) / 9 / 2000 < 1.1, sum(added) / 9
    again = dataclasses.replace(figures, checkpoint=5)
    near(sum(simulate.failed_time(again, 1, random.Random(seed)) for seed in range(2000)) / 2000, 9 + 2.5, 0.1)
    near(simulate.failed_time(changed(), 1e9, random.Random(1)), 0)


@test
def every_file_is_in_one_shard():
    chance = random.Random(2)
    for n_shards in (1, 2, 7, 50, 400):
        sizes = [chance.uniform(1, 1000) for _ in range(100)]
        shards = simulate.share_files(sizes, n_shards)
        equal(len(shards), n_shards)
        equal(sum(shards, []), sizes)
    equal(simulate.share_files([10, 10, 10, 10], 2), [[10, 10], [10, 10]])
    equal(simulate.share_files([90, 10], 4), [[90], [], [], [10]])
    equal(sum(simulate.file_sizes(Figures(archive_mb=2500, file_mb=1000))), 2500)


@test
def work_is_neither_lost_nor_made():
    figures = Figures()
    done = [run_batch(figures, nodes, 933, 0.1, 0.5) for nodes in (1, 3, 10, 100)]
    equal({round(one.work, 6) for one in done}, {round(done[0].work, 6)})
    assert 0.98 < done[0].work / (figures.archive_mb * 0.1) < 1.02
    for nodes, one in zip((1, 3, 10, 100), done):
        near(one.used * one.seconds * nodes * figures.node_cores, one.work)
    durations = [random.Random(3).uniform(1, 9) for _ in range(200)]
    last, first = simulate.run_queue(durations, 7)
    assert sum(durations) / 7 <= last <= sum(durations) / 7 + 9 and first <= sum(durations) / 7
    equal(simulate.run_queue([5, 1, 1, 1], 2), (5, 3))


@test
def more_nodes_are_never_slower():
    for n_shards in (7, 40, 933):
        for figures in (Figures(), Figures(failures=0.5, spread=0.5), Figures(storage_mb_s=500)):
            seconds = [run_batch(figures, nodes, n_shards, 0.1, 0.5).seconds for nodes in (1, 2, 3, 4, 5, 7, 12, 30, 59)]
            equal(seconds, sorted(seconds, reverse=True))


@test
def a_feed_that_is_kept_up_with_waits_for_the_commit_only():
    lag = run_live(Figures(), 100, 1, 1, peak=1)
    near(lag.mean, 0.5)
    near(lag.worst, 1)
    equal(lag.waiting, 0)


@test
def a_feed_that_is_not_kept_up_with_waits_longer_and_longer():
    # 1000 come, 500 go: after an hour 1.8 million wait, which take an hour; on average half of them wait.
    figures = Figures(document=0.002, fetch=0)
    lag = run_live(figures, 1000, 1, 1, peak=1)
    near(lag.waiting, 1_800_000, 0.01)
    near(lag.worst, 3600, 0.01)
    near(lag.used, 1)
    # Five minutes of 900 above the 500: 120,000 wait, for 240 s, and are gone after 600 s more.
    burst = run_live(figures, 300, 1, 1, peak=3)
    near(burst.waiting, 120_000, 0.02)
    near(burst.worst, 241, 0.02)
    near(burst.mean, 0.5 + 120_000 * 900 / 2 / (300 * 3600 + 600 * 300), 0.03)


@test
def workers_add_up_to_what_the_server_gives():
    figures = Figures(document=0.001, message=0.0001, fetch=0.01, server_rate=1500)
    near(simulate.rate_of_worker(figures, 1, 10), 500)
    near(simulate.rate_of_worker(figures, 2, 10), 1 / 0.0015)
    near(simulate.rate_of_worker(figures, 100, 10), 1 / 0.0011)
    near(run_live(figures, 5000, 2, 1, 10, peak=1).waiting, 4000 * 3600, 0.01)
    near(run_live(figures, 5000, 9, 1, 10, peak=1).waiting, 3500 * 3600, 0.01)


def printed(*arguments):
    command = [sys.executable, os.path.join(source, "tests/bench/simulate.py"), *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, timeout=60).stdout


@test
def the_same_seed_prints_the_same_and_the_documentation_has_it():
    with open(os.path.join(source, "docs/scaling.md"), encoding="utf-8") as file:
        text = file.read()
    tables = [make(Figures()) for make in simulate.TABLES.values()]
    for name, made in zip(simulate.TABLES, tables):
        assert made in text, f"docs/scaling.md has another table than tests/bench/simulate.py --table {name}:\n{made}"
    equal(printed(), "\n\n".join(tables) + "\n")
    assert printed("--set", "seed=2", "--table", "archive") != printed("--table", "archive")


@test
def wrong_figures_are_named():
    for argument, said in (("prize=1", "no figure 'prize'"), ("price=much", "price is 'much'; expected a number")):
        done = subprocess.run([sys.executable, os.path.join(source, "tests/bench/simulate.py"), "--set", argument],
                              stderr=subprocess.PIPE, text=True, timeout=60)
        equal(done.returncode, 2)
        contains(done.stderr, said)


main()
