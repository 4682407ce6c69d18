"""plot.py as a user meets it: files in, charts or one clear line out. No picture is compared."""

import json
import math
import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from plots import data, style  # noqa: E402

CONTEXT = {
    "cpu_model": "Example CPU 9000",
    "num_cpus": 2,
    "compiler": "g++ 12.2.0",
    "commit": "0123456789abcdef",
    "date": "2026-01-02T03:04:05+00:00",
    "size": "full",
}
STRATEGIES = ("global_lock", "per_object_lock", "atomic_refcount", "multi_process")
WORKLOADS = ("cpu/primes", "cpu/nbody", "shared/shared_list", "io/sleep")


def row(strategy, workload, workers, times=(0.4, 0.5, 0.6), **more):
    result = {
        "name": f"{workload}/{strategy}/workers:{workers}",
        "run_type": "iteration",
        "strategy": strategy,
        "workload": workload,
        "kind": workload.split("/")[0],
        "sharing": "none",
        "workers": workers,
        "time_unit": "ms",
        "peak_rss_bytes": 20 * 2**20,
    }
    if times:
        result.update(seconds=list(times), real_time=sorted(times)[len(times) // 2] * 1e3)
    return {**result, **more}


def matrix(strategies=STRATEGIES):
    rows = []
    for workload in WORKLOADS:
        for strategy in strategies:
            for workers in (1, 2, 4, 16) if workload.startswith("io/") else (1, 2):
                if workload.startswith("shared/") and "process" in strategy:
                    rows.append(row(strategy, workload, workers, None, skipped=True,
                                    skip_message="processes cannot share"))
                else:
                    rows.append(row(strategy, workload, workers))
    return rows


def write(path, rows, **context):
    path.write_text(json.dumps({"context": {**CONTEXT, **context}, "benchmarks": rows}))
    return path


def plot(*arguments, **more):
    command = [sys.executable, str(ROOT / "plot.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, **more)


def load(*rows, **context):
    return data.Results([({**CONTEXT, **context}, [data.parse_row(r) for r in rows])])


def check_pictures(folder, names):
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        f"{name}.{kind}" for name in names for kind in ("png", "svg"))
    for path in folder.glob("*.png"):
        content = path.read_bytes()
        assert content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) > 5000, path
    for path in folder.glob("*.svg"):
        text = path.read_text()
        assert "<svg" in text and text.rstrip().endswith("</svg>") and len(text) > 5000, path


ALL_CHARTS = ("summary", "speedup_cpu", "speedup_shared", "speedup_io", "cost_one_worker",
              "heatmap_2_workers", "heatmap_16_workers", "memory_per_worker")


def test_all_charts_of_one_file(tmp_path):
    result = plot(write(tmp_path / "r.json", matrix()), "-o", tmp_path / "new" / "charts")
    assert (result.returncode, result.stderr) == (0, "")
    check_pictures(tmp_path / "new" / "charts", ALL_CHARTS)
    assert len(result.stdout.splitlines()) == 2 * len(ALL_CHARTS)


def test_reference_is_merged(tmp_path):
    ours = write(tmp_path / "ours.json", matrix())
    reference = write(tmp_path / "cpython.json", matrix(("cpython_threads", "cpython_processes")),
                      python_version="3.11.2")
    result = plot(ours, reference, "-o", tmp_path / "charts")
    assert result.returncode == 0, result.stderr
    check_pictures(tmp_path / "charts", ALL_CHARTS)
    merged = data.load([ours, reference])
    assert merged.strategies == [*STRATEGIES, "cpython_threads", "cpython_processes"]
    assert merged.speeds("cpython_threads", "cpu/primes", 1)  # against our global_lock
    assert len(merged.machine_lines()) == 2
    assert "CPython 3.11.2" in merged.machine_lines()[1]


def test_charts_of_a_reference_alone(tmp_path):
    reference = write(tmp_path / "r.json", matrix(("cpython_threads", "cpython_processes")),
                      python_version="3.11.2")
    assert data.load([reference]).baseline == "cpython_threads"
    result = plot(reference, "-o", tmp_path / "charts")
    assert result.returncode == 0, result.stderr
    check_pictures(tmp_path / "charts", ALL_CHARTS)


def test_two_versions_of_python_stay_apart():
    files = [({**CONTEXT, "python_version": version},
              [data.parse_row(row("cpython_threads", "cpu/primes", 1, (seconds,)))])
             for version, seconds in (("3.11.2", 0.5), ("3.14.0", 0.25))]
    results = data.Results(files)
    assert results.strategies == ["cpython_threads", "cpython_threads 3.14.0"]
    assert results.get("cpython_threads 3.14.0", "cpu/primes", 1).seconds == (0.25,)


def test_sizes_of_a_workload_stay_apart(tmp_path):
    full = write(tmp_path / "full.json", [row("global_lock", "cpu/primes", 1, (8.0,)),
                                          row("global_lock", "cpu/nbody", 1, (2.0,))])
    quick = write(tmp_path / "quick.json", [row("cpython_threads", "cpu/primes", 1, (1.0,)),
                                            row("cpython_threads", "cpu/nbody", 1, (3.0,), size="full")],
                  size="quick")
    results = data.load([full, quick])
    assert results.get("cpython_threads", "cpu/primes", 1) is None
    assert results.get("cpython_threads", "cpu/primes (quick)", 1).seconds == (1.0,)
    assert results.get("cpython_threads", "cpu/nbody", 1).seconds == (3.0,)
    assert results.ratios(("cpython_threads", 1), ("global_lock", 1)) == {"cpu/nbody": 1.5}


def test_the_later_file_counts():
    files = [(CONTEXT, [data.parse_row(row("global_lock", "cpu/primes", 1, (s,)))]) for s in (1, 2)]
    assert data.Results(files).get("global_lock", "cpu/primes", 1).seconds == (2.0,)


@pytest.mark.parametrize("more, letter", [
    ({"skipped": True, "skip_message": "processes cannot share"}, "S"),
    ({"skipped": "processes cannot share"}, "S"),
    ({"error_occurred": True, "error_message": "wrong answer: 3 instead of 4"}, "W"),
    ({"error_occurred": True, "error_message": "timed out after 60 s"}, "T"),
    ({"error_occurred": True, "error_message": "worker 1 was killed by signal 9 (SIGKILL)"}, "K"),
    ({"error_message": "17 objects leaked", "error_kind": "leak"}, "L"),
    ({"error_message": "ZeroDivisionError: division by zero"}, "E"),
    ({}, "E"),
])
def test_a_row_without_a_time_has_a_reason_and_no_number(more, letter):
    # A time beside an error must not be taken either.
    for seconds in (None, (0.5,)) if more else (None,):
        parsed = data.parse_row(row("atomic_refcount", "cpu/nbody", 2, seconds, **more))
        assert parsed.seconds == () and parsed.median is None
        assert parsed.letter == letter and parsed.reason
        results = load(row("global_lock", "cpu/nbody", 1),
                       row("atomic_refcount", "cpu/nbody", 2, seconds, **more))
        assert results.speeds("atomic_refcount", "cpu/nbody", 2) == ()
        assert results.mean_speed("atomic_refcount", "cpu", 2) is None


@pytest.mark.parametrize("time", [0, -1, None, "1", True, math.nan, math.inf])
def test_a_time_that_is_none_is_not_zero(time):
    assert data.parse_row(row("global_lock", "cpu/primes", 1, None, real_time=time)).seconds == ()
    assert data.parse_row(row("global_lock", "cpu/primes", 1, None, seconds=[time])).seconds == ()


def test_units_of_real_time():
    for unit, value in (("s", 0.5), ("ms", 500), ("us", 5e5), ("ns", 5e8)):
        parsed = data.parse_row(row("global_lock", "cpu/primes", 1, None, real_time=value,
                                    time_unit=unit))
        assert parsed.seconds == (pytest.approx(0.5),)


def test_speed_is_relative_to_the_baseline_with_one_worker():
    results = load(row("global_lock", "cpu/primes", 1, (1.0, 2.0, 4.0)),
                   row("multi_process", "cpu/primes", 2, (1.0, 0.5, 2.0)))
    assert results.speeds("multi_process", "cpu/primes", 2) == (2.0, 4.0, 1.0)
    assert results.mean_speed("multi_process", "cpu", 2) == (pytest.approx(2), 1, 4, 1, 1)


def test_geometric_mean_over_the_workloads_that_have_a_time():
    rows = [row("global_lock", w, 1, (1.0,)) for w in ("cpu/a", "cpu/b", "cpu/c")]
    rows += [row("multi_process", "cpu/a", 2, (1.0,)), row("multi_process", "cpu/b", 2, (0.25,)),
             row("multi_process", "cpu/c", 2, None, error_message="boom")]
    middle, low, high, timed, everything = load(*rows).mean_speed("multi_process", "cpu", 2)
    assert middle == low == high == pytest.approx(2.0)
    assert (timed, everything) == (2, 3)


def test_repetitions_of_one_name_are_pooled_and_aggregates_left_out(tmp_path):
    file = write(tmp_path / "r.json", [
        row("global_lock", "cpu/primes", 1, (0.5,)), row("global_lock", "cpu/primes", 1, (0.7,)),
        row("global_lock", "cpu/primes", 1, (0.6,), run_type="aggregate", aggregate_name="mean")])
    assert data.load([file]).get("global_lock", "cpu/primes", 1).seconds == (0.5, 0.7)


def test_workers_at_which_strategies_are_compared():
    results = load(*matrix())
    assert results.all_cores("cpu") == 2
    assert results.all_cores("io") == 16
    assert load(*matrix(), num_cpus=64).all_cores("cpu") == 2


@pytest.mark.parametrize("rows, charts", [
    # Half the matrix failed, the baseline of one workload among it: two workers cannot be compared.
    ([row("global_lock", "cpu/primes", 1, None, error_message="boom"),
      row("multi_process", "cpu/primes", 2), row("global_lock", "cpu/nbody", 1),
      row("multi_process", "cpu/nbody", 2, None, error_message="timed out"),
      row("multi_process", "cpu/nbody", 1)],
     ("speedup_cpu", "cost_one_worker", "heatmap_2_workers", "memory_per_worker")),
    # A single row, without memory, of a kind and strategy that nobody knows.
    ([row("home_made", "odd/one", 1, peak_rss_bytes=None)],
     ("summary", "speedup_odd", "heatmap_1_workers")),
])
def test_partial_results_are_drawn(tmp_path, rows, charts):
    result = plot(write(tmp_path / "r.json", rows), "-o", tmp_path / "charts")
    assert (result.returncode, result.stderr) == (0, "")
    check_pictures(tmp_path / "charts", charts)


def check_refused(result, *words):
    assert result.returncode == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert result.stderr.startswith("plot.py: ")
    for word in words:
        assert word in result.stderr


@pytest.mark.parametrize("content, words", [
    (None, "No such file"),
    ("{\"benchmarks\": [", "not JSON"),
    ("[" * 100000, "not JSON"),
    (b"\xff\xfe\x00", "not JSON"),
    ("[1, 2]", "not a result"),
    ("{\"context\": {}}", "not a result"),
    ("{\"benchmarks\": []}", "not a result"),
    ("{\"benchmarks\": [{\"name\": \"BM_other/1\", \"real_time\": 1.0}]}", "strategy"),
    ("{\"benchmarks\": [3, null, {\"strategy\": 1, \"workload\": []}]}", "strategy"),
])
def test_files_that_are_not_ours(tmp_path, content, words):
    path = tmp_path / "other.json"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    check_refused(plot(path, "-o", tmp_path / "charts"), "other.json", words)
    assert not (tmp_path / "charts").exists()


def test_one_bad_file_among_good_ones(tmp_path):
    good = write(tmp_path / "good.json", matrix())
    check_refused(plot(good, tmp_path / "gone.json", "-o", tmp_path / "charts"), "gone.json")


def test_a_folder_that_cannot_be_written(tmp_path):
    file = write(tmp_path / "r.json", matrix())
    (tmp_path / "taken").write_text("a file")
    check_refused(plot(file, "-o", tmp_path / "taken"), "cannot write", "taken")
    check_refused(plot(file, "-o", tmp_path / "taken" / "below"), "cannot write", "taken")


def test_nothing_timed(tmp_path):
    file = write(tmp_path / "r.json", [row("global_lock", "cpu/primes", 1, None,
                                           error_message="boom")])
    check_refused(plot(file, "-o", tmp_path / "charts"), "no row has a time")


def test_usage_errors_name_what_is_missing(tmp_path):
    result = plot(write(tmp_path / "r.json", matrix()))
    assert result.returncode == 2 and "-o" in result.stderr


def test_finds_another_python_when_this_one_has_no_matplotlib(tmp_path):
    # A folder in front of the library path whose matplotlib cannot be imported plays a bare Python;
    # -E and a wrapper first on the PATH play one that has it.
    (tmp_path / "bare" / "matplotlib").mkdir(parents=True)
    (tmp_path / "bare" / "matplotlib" / "__init__.py").write_text("raise ImportError('not here')\n")
    (tmp_path / "bin").mkdir()
    wrapper = tmp_path / "bin" / "python3"
    marker = tmp_path / "was_used"
    wrapper.write_text(f'#!/bin/sh\n: > {marker}\nexec {sys.executable} -E "$@"\n')
    wrapper.chmod(0o755)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "bare"),
                   "PATH": str(tmp_path / "bin")}
    file = write(tmp_path / "r.json", matrix())
    result = plot(file, "-o", tmp_path / "charts", env=environment)
    assert (result.returncode, result.stderr) == (0, "")
    assert marker.exists()
    check_pictures(tmp_path / "charts", ALL_CHARTS)


def test_says_how_to_get_matplotlib_where_no_python_has_it(tmp_path):
    (tmp_path / "bare" / "matplotlib").mkdir(parents=True)
    (tmp_path / "bare" / "matplotlib" / "__init__.py").write_text("raise ImportError('not here')\n")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "bare"), "PATH": str(tmp_path)}
    result = plot(write(tmp_path / "r.json", matrix()), "-o", tmp_path / "charts", env=environment)
    check_refused(result, "./run setup")


def test_looks_are_fixed_and_distinct():
    for name in ("global_lock", "per_object_lock", "atomic_refcount", "multi_process",
                 "global_lock_ticks", "biased_refcount", "tracing_gc", "subinterpreters",
                 "event_loop", "unsynchronized", "atomic_immortal", "biased_immortal",
                 "biased_deferred", "cpython_threads", "cpython_processes"):
        assert name in style.LOOKS
    looks = list(style.LOOKS.values())
    assert len({look.marker for look in looks}) == len(looks)
    assert len({(look.color, look.line) for look in looks}) == len(looks)
    assert len({style.look(name).color for name in STRATEGIES}) == len(STRATEGIES)


def test_an_unknown_strategy_keeps_a_look_of_its_own():
    assert style.look("home_made") == style.look("home_made")
    assert style.look("home_made") not in style.LOOKS.values()
    assert style.rank("home_made") > style.rank("cpython_processes")


def test_the_machine_is_named():
    line, = load(*matrix()).machine_lines()
    for words in ("Example CPU 9000", "2 cores", "g++ 12.2.0", "0123456789ab", "2026-01-02",
                  "size full"):
        assert words in line
