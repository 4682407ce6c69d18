"""The table of targets: figures computed from rows, and a verdict for each that has one."""

import json
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from plots import data, targets  # noqa: E402


def row(strategy, workload, workers, seconds, **more):
    return {"strategy": strategy, "workload": workload, "kind": workload.split("/")[0],
            "workers": workers, "sharing": "none", "seconds": [seconds], **more}


def lines_of(tmp_path, rows):
    """what -> Line."""
    file = tmp_path / "rows.json"
    file.write_text(json.dumps({"context": {"num_cpus": 2}, "benchmarks": rows}))
    return {line.what: line for line in targets.table(data.load([str(file)]))}


def find(lines, beginning):
    found = [line for what, line in lines.items() if what.startswith(beginning)]
    assert len(found) == 1, found
    return found[0]


def two_workers(strategy, one, two, workload="cpu/primes"):
    return [row(strategy, workload, 1, one), row(strategy, workload, 2, two)]


def test_what_nobody_measured_is_neither_reached_nor_missed(tmp_path):
    lines = lines_of(tmp_path, [row("event_loop", "cpu/primes", 1, 1.0)])
    assert {line.met for line in lines.values()} == {None}
    assert {line.measured for line in lines.values()} == {"not measured"}


@pytest.mark.parametrize("two, met", [(0.5, True), (0.6, False)])
def test_the_geometric_mean_of_speed_ups_decides(tmp_path, two, met):
    lines = lines_of(tmp_path, two_workers("multi_process", 1.0, two))
    line = find(lines, "multi_process")
    assert line.met is met and line.measured == f"{1 / two:.3g}"


def test_one_slow_workload_misses_the_floor_and_is_named(tmp_path):
    rows = [r for w in ("a", "b", "c", "d")
            for r in two_workers("biased_refcount", 1.0, 0.5, f"cpu/{w}")]
    rows += two_workers("biased_refcount", 1.0, 1.0, "cpu/slow")
    line = find(lines_of(tmp_path, rows), "biased_refcount, 2 workers over 1, cpu")
    assert line.met is False and "slow 1;" in line.measured


def test_cost_is_a_ratio_of_times_and_its_worst_the_highest(tmp_path):
    rows = [row("global_lock", "cpu/a", 1, 1.0), row("biased_refcount", "cpu/a", 1, 1.0),
            row("global_lock", "cpu/b", 1, 1.0), row("biased_refcount", "cpu/b", 1, 1.1)]
    line = find(lines_of(tmp_path, rows), "biased_refcount over global_lock")
    assert line.met is True and line.measured == "1.05 (b 1.1; 2 workloads)"


def test_native_code_is_left_out_of_bytecode(tmp_path):
    rows = two_workers("global_lock", 1.0, 1.0)
    rows += two_workers("global_lock", 1.0, 0.5, "cpu/sha256_chunks")
    lines = lines_of(tmp_path, rows)
    assert find(lines, "global_lock, 2 workers over 1, cpu without").measured == "1"
    assert find(lines, "global_lock, 2 workers over 1, sha256").measured == "2"


def test_what_is_shared_does_not_count_as_unshared(tmp_path):
    rows = [dict(r, sharing="read") for r in two_workers("multi_process", 1.0, 0.9)]
    assert find(lines_of(tmp_path, rows), "multi_process").met is None


def measured(strategy, workload, workers, **metrics):
    return row(strategy, workload, workers, 2.0, fixed_duration=True,
               metrics={name: [value] for name, value in metrics.items()})


def test_under_load(tmp_path):
    rows = [measured("global_lock", "mixed/udp_latency", 2, latency_p50_ms=5.4),
            measured("cpython_threads", "mixed/udp_latency", 2, latency_p50_ms=5.2),
            measured("biased_refcount", "mixed/udp_bandwidth", 1, packets_per_second=50_000),
            measured("biased_refcount", "mixed/udp_bandwidth", 2, packets_per_second=30_000)]
    lines = lines_of(tmp_path, rows)
    assert find(lines, "global_lock, one CPU worker beside: p50").met is True
    assert find(lines, "the same p50 over CPython's").met is True
    assert find(lines, "the same: packets a second").met is False


def test_lost_updates_of_the_one_that_lost_the_least(tmp_path):
    rows = [row(strategy, "shared/unlocked_counter", 2, 1.0, metrics={"lost_updates_share": [s]})
            for strategy, s in (("global_lock_ticks", 0.3), ("tracing_gc", 0.2),
                                ("biased_refcount", 0.0))]
    lines = lines_of(tmp_path, rows)
    assert find(lines, "global_lock_ticks").met is True
    assert find(lines, "strategies without the lock").met is False


@pytest.mark.parametrize("long, met", [(0.010, True), (0.030, False)])
def test_pauses_that_grow_faster_than_the_heap(tmp_path, long, met):
    rows = [row("tracing_gc", f"collector/live_{live}", 1, 1.0,
                metrics={"collection_pause_max_seconds": [seconds, 9.0],
                         "collection_live_objects_max": [live]})
            for live, seconds in ((100_000, 0.001), (1_000_000, long))]
    assert find(lines_of(tmp_path, rows), "pause from").met is met


def run(*arguments):
    return subprocess.run([sys.executable, "-m", "plots.targets", *map(str, arguments)], cwd=ROOT,
                          capture_output=True, text=True, check=False)


@pytest.mark.parametrize("seconds, status", [(1.0, 0), (1.9, 1)])  # of two workers; one takes 2
def test_a_missed_target_is_exit_status_1(tmp_path, seconds, status):
    file = tmp_path / "results.json"
    rows = [row("multi_process", "cpu/a", 1, 2.0), row("multi_process", "cpu/a", 2, seconds)]
    file.write_text(json.dumps({"context": {"num_cpus": 2}, "benchmarks": rows}))
    done = run(file)
    assert (done.returncode, done.stderr) == (status, "")
    assert ("missed" in done.stdout) == (status == 1)


def test_bad_files_and_flags(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    for arguments, word in (([], "usage"), (["--help"], "usage"), ([broken], "not JSON"),
                            ([tmp_path / "missing.json"], "No such file")):
        result = run(*arguments)
        assert result.returncode == 2 and word in result.stderr, result
        assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("slowdowns, ratio", [
    ([1.0, 1.1, 1.9], 2.0),  # the disturbed third one is left out
    ([1.8, 1.6, 1.9], 4.0),  # none was calm: all count
    ([1.0], 4.0),  # not one for each: nothing is known
])
def test_where_some_repetitions_were_calm_they_alone_count(tmp_path, slowdowns, ratio):
    one = row("multi_process", "cpu/a", 1, 0, slowdown=slowdowns)
    one["seconds"] = [2.0, 4.0, 8.0] if ratio == 4.0 else [2.0, 2.0, 8.0]
    lines = lines_of(tmp_path, [one, row("multi_process", "cpu/a", 2, 1.0)])
    assert find(lines, "multi_process").measured == f"{ratio:.3g}"
