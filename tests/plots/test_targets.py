"""The table of targets: figures computed from rows, and a verdict for each that has one."""

import os
import subprocess

import pytest
from helpers import ROOT, repetitions, row as entry, run_here, write

from plots import report, targets
from plots.report import Estimate
from plots.verdicts import MET, MISSED, UNKNOWN, Asked, together

NOISE = (0.99, 1.01, 1.0, 0.98, 1.02, 1.0)


def row(strategy, workload, workers, seconds, **more):
    """Of six blocks, with a little noise."""
    return entry(strategy, workload, workers, [seconds * noise for noise in NOISE], **more)


def lines_of(tmp_path, *files):
    """what -> Line."""
    paths = [str(write(tmp_path / f"rows{number}.json", rows)) for number, rows in enumerate(files)]
    return {line.what: line for line in targets.table(targets.Files(paths))}


def find(lines, beginning):
    found = [line for what, line in lines.items() if what.startswith(beginning)]
    assert len(found) == 1, found
    return found[0]


def two_workers(strategy, one, two, workload="cpu/primes"):
    return [row(strategy, workload, 1, one), row(strategy, workload, 2, two)]


@pytest.mark.parametrize("low, high, verdict", [
    (1.9, 2.0, MET), (1.85, 1.9, MET), (1.7, 1.8, MISSED), (1.8, 1.9, UNKNOWN), (None, None, UNKNOWN)])
def test_intervals_judge(low, high, verdict):
    assert Asked(1.85).verdict(Estimate(1.86, low, high, 9)) == verdict
    assert Asked(1.85).verdict(Estimate(1.86, low, high, 9), enough=False) == UNKNOWN


def test_a_range_and_several_verdicts():
    assert [Asked(5, 6).verdict(Estimate(5, *ends, 9)) for ends in ((5.1, 5.9), (4.9, 5.5), (6.1, 7), (1, 9))] == [
        MET, UNKNOWN, MISSED, UNKNOWN]
    assert together([MET, UNKNOWN]) == UNKNOWN and together([MET, UNKNOWN, MISSED]) == MISSED


def test_what_nobody_measured_is_neither_met_nor_missed(tmp_path):
    lines = lines_of(tmp_path, [row("event_loop", "cpu/primes", 1, 1.0)])
    assert {line.verdict for line in lines.values()} == {""}
    assert {line.measured for line in lines.values()} == {"not measured"}


@pytest.mark.parametrize("two, verdict", [(0.5, MET), (0.6, MISSED), (0.54, UNKNOWN)])
def test_the_mean_of_speed_ups_decides(tmp_path, two, verdict):
    rows = [entry("multi_process", "cpu/a", 1, [1.0] * 6),
            entry("multi_process", "cpu/a", 2, [two * noise for noise in NOISE])]
    line = find(lines_of(tmp_path, rows), "multi_process")
    assert line.verdict == verdict and line.measured.startswith(f"{1 / two:.3g} (")


def test_few_blocks_tell_nothing(tmp_path):
    rows = [entry("multi_process", "cpu/a", n, (1.0 / n, 1.01 / n)) for n in (1, 2)]
    assert find(lines_of(tmp_path, rows), "multi_process").verdict == UNKNOWN


def test_one_slow_workload_misses_the_floor_and_is_named(tmp_path):
    rows = [r for w in ("a", "b", "c", "d", "e", "f")
            for r in two_workers("biased_refcount", 1.0, 0.45, f"cpu/{w}")]
    rows += two_workers("biased_refcount", 1.0, 1.0, "cpu/slow")
    line = find(lines_of(tmp_path, rows), "biased_refcount, 2 workers over 1, cpu")
    assert line.verdict == MISSED and "; slow 1;" in line.measured.replace(" (1 to 1)", "")


def test_cost_is_a_ratio_of_times_and_its_worst_the_highest(tmp_path):
    rows = [row("global_lock", "cpu/a", 1, 1.0), row("biased_refcount", "cpu/a", 1, 1.0),
            row("global_lock", "cpu/b", 1, 1.0), row("biased_refcount", "cpu/b", 1, 1.1)]
    line = find(lines_of(tmp_path, rows), "biased_refcount over global_lock")
    assert line.verdict == MET and line.measured == "1.05; b 1.1; 2 workloads"


def test_native_code_is_left_out_of_bytecode(tmp_path):
    rows = two_workers("global_lock", 1.0, 1.0)
    rows += two_workers("global_lock", 1.0, 0.5, "cpu/sha256_chunks")
    lines = lines_of(tmp_path, rows)
    assert find(lines, "global_lock, 2 workers over 1, cpu without").measured == "1"
    assert find(lines, "global_lock, 2 workers over 1, sha256").measured == "2"


def test_another_python_is_compared_in_its_own_file_alone(tmp_path):
    rows = [row(s, f"{kind}/a", 1, seconds) for kind in ("cpu", "shared")
            for s, seconds in (("global_lock", 1.0), ("cpython_threads", 1.5))]
    lines = lines_of(tmp_path, rows)
    assert find(lines, "global_lock, 1 worker: CPython's time over ours, cpu").verdict == MET
    (tmp_path / "apart").mkdir()
    apart = lines_of(tmp_path / "apart", rows[::2], rows[1::2])
    assert find(apart, "global_lock, 1 worker: CPython's time over ours, cpu").measured == "not measured"


def test_a_thousand_workers_are_compared_within_their_size(tmp_path):
    full = [row("event_loop", "io/sleep", 1, 0.5)]
    many = [row("event_loop", "io/sleep", n, s, size="many") for n, s in ((1, 24.0), (1000, 0.04))]
    lines = lines_of(tmp_path, full, many)
    assert find(lines, "event_loop, 1,000 workers").measured.startswith("600")
    assert find(lines, "the same: memory beyond").verdict == MET


def test_what_the_machine_gave_stands_above_speed_ups(tmp_path):
    rows = [each for n in (1, 2) for each in repetitions("multi_process", "cpu/a", n, cores_gave=1.3)]
    file = write(tmp_path / "r.json", rows, schema_version=2)
    first = targets.table(targets.Files([str(file)]))[0]
    assert (first.what, first.measured[:3]) == ("the machine: 2 cores at once over one", "1.3")
    assert first.verdict == ""


def measured(strategy, workload, workers, **metrics):
    return row(strategy, workload, workers, 2.0, fixed_duration=True,
               metrics={name: [value, value] for name, value in metrics.items()})


def test_under_load(tmp_path):
    rows = [measured("global_lock", "mixed/udp_latency", 2, latency_p50_ms=5.4),
            measured("cpython_threads", "mixed/udp_latency", 2, latency_p50_ms=5.2),
            measured("biased_refcount", "mixed/udp_bandwidth", 1, packets_per_second=50_000),
            measured("biased_refcount", "mixed/udp_bandwidth", 2, packets_per_second=30_000)]
    lines = lines_of(tmp_path, rows)
    assert find(lines, "global_lock, one CPU worker beside: p50").verdict == MET
    assert find(lines, "the same p50 over CPython's").verdict == MET
    assert find(lines, "the same: packets a second").verdict == MISSED


def test_lost_updates_of_the_one_that_lost_the_least(tmp_path):
    rows = [row(strategy, "shared/unlocked_counter", 2, 1.0, metrics={"lost_updates_share": [s]})
            for strategy, s in (("global_lock_ticks", 0.3), ("tracing_gc", 0.2),
                                ("biased_refcount", 0.0))]
    lines = lines_of(tmp_path, rows)
    assert find(lines, "global_lock_ticks").verdict == MET
    assert find(lines, "strategies without the lock").verdict == MISSED


@pytest.mark.parametrize("long, verdict", [((0.009, 0.010), MET), ((0.030, 0.035), MISSED), ((0.011, 0.014), UNKNOWN)])
def test_pauses_that_grow_faster_than_the_heap(tmp_path, long, verdict):
    rows = [row("tracing_gc", f"collector/live_{live}", 1, 1.0,
                metrics={"collection_pause_max_seconds": list(seconds), "collection_live_objects_max": [live]})
            for live, seconds in ((100_000, (0.001, 0.001)), (1_000_000, long))]
    assert find(lines_of(tmp_path, rows), "pause from").verdict == verdict


def test_repetitions_that_disagree_about_a_metric(tmp_path):
    rows = [row("global_lock", "mixed/udp_latency", 2, 2.0, fixed_duration=True, metrics={"latency_p50_ms": [5.5, 7]})]
    line = find(lines_of(tmp_path, rows), "global_lock, one CPU worker beside: p50")
    assert line.verdict == UNKNOWN and line.measured == "6.25 ms (5.5 to 7)"


@pytest.mark.parametrize("seconds, status", [(1.0, 0), (1.9, 1)])  # of two workers; one takes 2
def test_a_missed_target_is_exit_status_1(tmp_path, seconds, status):
    rows = [row("multi_process", "cpu/a", 1, 2.0), row("multi_process", "cpu/a", 2, seconds)]
    done = run(write(tmp_path / "results.json", rows))
    assert (done.returncode, done.stderr) == (status, "")
    assert ("missed" in done.stdout) == (status == 1)


def run(*arguments):
    return run_here(lambda: targets.main(list(map(str, arguments))))


def test_bad_files_and_flags(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    for arguments, word in (([], "usage"), (["--help"], "usage"), ([broken], "not JSON"),
                            ([tmp_path / "missing.json"], "No such file")):
        result = run(*arguments)
        assert result.returncode == 2 and word in result.stderr, result
        assert len(result.stderr.splitlines()) == 1


def test_files_of_the_users_folder_are_no_modules(tmp_path):
    (tmp_path / "inspect.py").write_text("raise SystemExit('taken for a module')\n")
    write(tmp_path / "r.json", [row("global_lock", "cpu/a", 1, 1.0)])
    done = subprocess.run([ROOT / "run", "targets", "r.json"], cwd=tmp_path, capture_output=True, text=True,
                          env={**os.environ, "GILBENCH_CONCLUDE": report.find_program()}, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.startswith("| what | asked |")
