"""bench_collector: what it measures, its file, its growth table, its refusals. No times are judged."""

import json
import math
import os
import re
import subprocess

import jsonschema
import pytest
from conftest import find_binary, gathered

SMALLEST = "--workloads=collector/live_10000"
ONCE = "--benchmark_repetitions=1"
PAUSE, LIVE = "collection_pause_max_seconds", "collection_live_objects_max"


def collector(*flags):
    kept = {k: v for k, v in os.environ.items() if not k.startswith("BENCHMARK_")}
    return subprocess.run(
        [find_binary("bench_collector"), *flags], env=kept, text=True, capture_output=True, timeout=200
    )


def measured(tmp_path, *flags, code=0):
    """What it printed, and its results."""
    out = tmp_path / "collector.json"
    done = collector(f"--benchmark_out={out}", *flags)
    assert done.returncode == code, done.stderr
    return done.stdout, json.loads(out.read_text())


def listed(*flags):
    done = collector("--benchmark_list_tests", *flags)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_every_strategy_with_three_sizes():
    names = listed()
    strategies = {name.split("/")[2] for name in names}
    assert "global_lock" in strategies
    assert sorted(names) == sorted(
        f"collector/live_{live}/{strategy}/workers:1"
        for live in (10_000, 100_000, 1_000_000)
        for strategy in strategies
    )


def test_every_strategy_collects_the_full_heap_and_only_that(tmp_path, schema):
    _, results = measured(tmp_path, SMALLEST, "--benchmark_repetitions=3")
    jsonschema.validate(results, schema)
    rows = list(gathered(results["benchmarks"]).values())
    assert [row["name"] for row in rows] == listed(SMALLEST)
    assert {row["strategy"] for row in rows} == set(results["context"]["strategies"])
    for row in rows:
        assert (row["kind"], row["workload"]) == ("collector", "collector/live_10000")
        metrics = row["metrics"]
        assert metrics["collections"] == [1] * 3, row["name"]
        # The objects, and those of the world that they live in.
        assert all(10_000 <= live < 15_000 for live in metrics[LIVE]), row["name"]
        assert all(0 < pause <= time for pause, time in zip(metrics[PAUSE], row["seconds"]))


def test_context_has_no_size_of_the_rows(tmp_path):
    _, results = measured(tmp_path, SMALLEST, ONCE, "--strategies=global_lock")
    assert results["context"]["executable"] == "bench_collector"
    assert results["context"]["gc"] == "off"
    assert "size" not in results["context"]


def test_growth_is_that_of_the_shortest_pauses_over_the_last_two_sizes(tmp_path):
    printed, results = measured(
        tmp_path, "--strategies=global_lock", "--benchmark_filter=live_(10000|100000)/"
    )
    less, more = (row["metrics"] for row in gathered(results["benchmarks"]).values())
    power = math.log(min(more[PAUSE]) / min(less[PAUSE])) / math.log(more[LIVE][0] / less[LIVE][0])
    lines = [line for line in printed.splitlines() if line.startswith("global_lock")]
    assert len(lines) == 1
    assert float(re.search(r"live\^(\S+)$", lines[0]).group(1)) == pytest.approx(power, abs=0.006)


def test_a_row_that_fails_is_marked_and_has_no_growth(tmp_path, schema):
    flags = ("--strategies=global_lock", ONCE, "--timeout-s=0.001", "--workloads=*_1000000")
    printed, results = measured(tmp_path, *flags, code=1)
    jsonschema.validate(results, schema)
    (row,) = results["benchmarks"]
    assert row["error_kind"] == "timeout"
    assert "live^" not in printed


@pytest.mark.parametrize(
    "flag, needed",
    [
        ("--strategies=nonsense", ["nonsense", "global_lock"]),
        ("--workloads=live_7", ["live_7", "collector/live_10000"]),
        ("--workers=2", ["--workers", "--strategies"]),
        ("--size=small", ["--size", "--strategies"]),
        ("--benchmark_nonsense", ["--benchmark_nonsense"]),
        ("--benchmark_filter=^nothing$", ["^nothing$"]),
        ("--benchmark_out=/nowhere/at/all.json", ["cannot write", "/nowhere/at/all.json"]),
    ],
)
def test_bad_flags_are_one_line_and_exit_2(flag, needed):
    done = collector(flag)
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("bench_collector: ")
    for word in needed:
        assert word in lines[0]


def test_old_results_stay_until_the_new_ones_are_whole(tmp_path):
    out = tmp_path / "collector.json"
    out.write_text("old")
    flags = (f"--benchmark_out={out}", SMALLEST, ONCE, "--strategies=global_lock")
    assert collector(*flags, "--benchmark_filter=^nothing$").returncode == 2
    assert out.read_text() == "old"
    assert collector(*flags).returncode == 0
    assert json.loads(out.read_text())["benchmarks"]
    assert [path.name for path in tmp_path.iterdir()] == ["collector.json"]
