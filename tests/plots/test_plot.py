"""plot.py as a user meets it: files in, charts or one clear line out. No picture is compared."""

import dataclasses
import os
import sys

import pytest
from helpers import (ROOT, charts_of, check_pictures, check_refused, load, plot, plot_process, repetitions, row,
                     write)

from plots import data, heatmap, memory, rows, sheet, speedup, style, summary
from plots.report import Estimate

STRATEGIES = ("global_lock", "per_object_lock", "atomic_refcount", "multi_process")
WORKLOADS = ("cpu/primes", "cpu/nbody", "shared/shared_list", "io/sleep")
FAILED = {"run_type": "aggregate", "error_message": "boom"}


def matrix(strategies=STRATEGIES):
    made = []
    for workload in WORKLOADS:
        for strategy in strategies:
            for workers in (1, 2, 4, 16) if workload.startswith("io/") else (1, 2):
                if workload.startswith("shared/") and "process" in strategy:
                    made.append(row(strategy, workload, workers, None, skipped=True,
                                    skip_message="processes cannot share"))
                else:
                    made.append(row(strategy, workload, workers))
    return made


ALL_CHARTS = ("summary", "speedup_cpu", "speedup_shared", "speedup_io", "cost_one_worker",
              "heatmap_2_workers", "heatmap_16_workers", "memory_per_worker")


def test_all_charts_of_one_file_from_the_command_line(tmp_path):
    result = plot_process(write(tmp_path / "r.json", matrix()), "-o", tmp_path / "new" / "charts")
    assert (result.returncode, result.stderr) == (0, "")
    check_pictures(tmp_path / "new" / "charts", ALL_CHARTS)
    assert len(result.stdout.splitlines()) == 2 * len(ALL_CHARTS)


def test_both_schemas_are_the_same_charts(tmp_path):
    one = [row(s, "cpu/a", n, tuple(t / n for t in (1, 2, 3, 4, 5, 6))) for s in STRATEGIES for n in (1, 2)]
    two = [entry for s in STRATEGIES for n in (1, 2)
           for entry in repetitions(s, "cpu/a", n, [t / n for t in (1, 2, 3, 4, 5, 6)])]
    first, second = load(tmp_path, one), load(tmp_path, two, schema_version=2)
    for place, expected in first.by_key.items():
        assert second.by_key[place].fact == expected.fact
        assert second.by_key[place].memory_bytes == (20 * 2**20,) * 6
    assert charts_of(tmp_path, two, schema_version=2) == {
        "summary", "speedup_cpu", "cost_one_worker", "heatmap_2_workers", "memory_per_worker"}


def test_a_newer_schema_is_refused(tmp_path):
    check_refused(plot(write(tmp_path / "r.json", matrix(), schema_version=3), "-o", tmp_path / "c"), "schema 3")


def test_excluded_repetitions_do_not_count_and_are_told(tmp_path):
    made = [entry for n in (1, 2) for entry in repetitions(
        "global_lock", "cpu/a", n, (1.0,) * 6 + (9.0,), excluded=(6,), metrics={"x": [1] * 6 + [7]})]
    results = load(tmp_path, made, schema_version=2)
    found = results.get("global_lock", "cpu/a", 2)
    assert found.fact.seconds.value == pytest.approx(1.0) and found.fact.excluded_blocks == 1
    assert found.metrics == {"x": (1.0,) * 6}
    assert "6 usable blocks a row" in results.footer([found])[1]
    assert "others used 0.9 of 2 cores" in results.footer([found])[1]


def test_files_of_one_machine_size_and_baseline_are_laid_over_each_other(tmp_path):
    first = write(tmp_path / "a.json", [row(s, "cpu/a", n) for s in ("global_lock", "event_loop") for n in (1, 2)])
    second = write(tmp_path / "b.json", [row(s, "cpu/a", n) for s in ("global_lock", "tracing_gc") for n in (1, 2)])
    results, = data.load([first, second])
    assert results.strategies == ["global_lock", "tracing_gc", "event_loop"]
    assert results.suffix == "" and len(results.sessions) == 2
    assert [summary.title_of(results, each) for each in results.concluded("cpu")] == [
        "cpu, 2 workers · a.json", "cpu, 2 workers · b.json"]
    lines = results.footer(list(results.by_key.values()))
    assert [line[:7] for line in lines[1:]] == ["a.json:", "b.json:"]


@pytest.mark.parametrize("context, suffix", [
    ({"size": "quick"}, "_size_quick"), ({"num_cpus": 64}, "_64_cores"), ({"cpu_model": "Other"}, "_other"),
    ({"cold": True}, "_start_up_counted"), ({"gc": "off"}, "_collector_off")])
def test_sizes_and_machines_never_merge(tmp_path, context, suffix):
    ours = write(tmp_path / "a.json", [row(s, "cpu/a", n, (8.0,) * 6) for s in ("global_lock", "event_loop")
                                       for n in (1, 2)])
    other = write(tmp_path / "b.json", [row("event_loop", "cpu/a", 2, (1.0,) * 6),
                                        row("global_lock", "cpu/a", 1, (2.0,) * 6)], **context)
    first, second = data.load([ours, other])
    assert first.get("event_loop", "cpu/a", 2).fact.speed_over_one.value == pytest.approx(1)
    assert second.get("event_loop", "cpu/a", 2).fact.speed_over_one.value == pytest.approx(2)
    assert (first.suffix, second.suffix) == ("", suffix)
    assert second.label in second.footer(list(second.by_key.values()))[0]
    if "size" in context:
        result = plot(ours, other, "-o", tmp_path / "charts")
        assert result.returncode == 0, result.stderr
        assert {"summary.png", f"summary{suffix}.png"} <= {path.name for path in (tmp_path / "charts").iterdir()}


def test_a_thousand_workers_of_another_size_are_what_they_are(tmp_path):
    """Over its own time with one worker, and not over another size's."""
    folder = ROOT / "results" / "reference"
    full, many = data.load([folder / "xeon-2-cores-upstream.json", folder / "xeon-2-cores-event-loop.json"])
    assert full.get("event_loop", "io/sleep", 1000) is None
    assert many.get("event_loop", "io/sleep", 1000).fact.speed_over_one.value > 500
    assert (many.baseline, many.label) == ("event_loop", "size many, over event_loop")


def test_a_size_of_a_row_is_part_of_its_name(tmp_path):
    results = load(tmp_path, [row("global_lock", "cpu/a", 1), row("global_lock", "cpu/a", 1, size="quick")])
    assert results.workloads("cpu") == ["cpu/a", "cpu/a (quick)"]


def test_the_later_file_counts(tmp_path):
    files = [write(tmp_path / f"{s}.json", [row("global_lock", "cpu/primes", 1, (s,))]) for s in (1, 2)]
    results, = data.load(files)
    assert results.get("global_lock", "cpu/primes", 1).fact.seconds.value == pytest.approx(2)


def test_a_reference_alone_and_two_versions_of_it(tmp_path):
    files = [write(tmp_path / f"{version}.json", [row("cpython_threads", "cpu/primes", n, (seconds,)) for n in (1, 2)],
                   python_version=version) for version, seconds in (("3.11.2", 0.5), ("3.14.0", 0.25))]
    first, = data.load(files[:1])
    assert first.baseline == "cpython_threads"
    assert "CPython 3.11.2" in first.footer(list(first.by_key.values()))[0]
    first, second = data.load(files)
    assert second.strategies == ["cpython_threads_3.14.0"]
    assert first.get("cpython_threads", "cpu/primes", 1).fact.seconds.value == pytest.approx(0.5)


def test_a_second_name_measures_noise_and_is_not_drawn_beside_others(tmp_path):
    made = [row(s, f"cpu/{w}", n) for s in ("global_lock", "global_lock#2", "tracing_gc") for w in "ab" for n in (1, 2)]
    results = load(tmp_path, made)
    assert results.strategies == ["global_lock", "tracing_gc"]
    assert "Noise floor: global_lock under two names" in results.footer(list(results.by_key.values()))[1]
    alone = load(tmp_path, [each for each in made if each["strategy"] != "tracing_gc"])
    assert alone.strategies == ["global_lock", "global_lock#2"]
    assert style.look("global_lock#2").color == style.look("global_lock").color


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
def test_a_row_without_a_time_has_a_reason_and_no_number(tmp_path, more, letter):
    # A time beside an error must not be taken either.
    for seconds in (None, (0.5,)) if more else (None,):
        results = load(tmp_path, [row("global_lock", "cpu/nbody", 1),
                                  row("atomic_refcount", "cpu/nbody", 2, seconds, **more)])
        found = results.get("atomic_refcount", "cpu/nbody", 2)
        assert not found.is_timed and found.letter == letter and found.reason
        assert heatmap.cell_of(results, "atomic_refcount", "cpu/nbody", 2) == letter
        assert speedup.speed_of(results, "atomic_refcount", "cpu/nbody", 2) is None


def test_a_failed_repetition_spoils_its_row(tmp_path):
    entries = repetitions("global_lock", "cpu/a", 1)
    entries.insert(2, row("global_lock", "cpu/a", 1, None, error_message="boom", repetition_index=2))
    found = load(tmp_path, entries, schema_version=2).get("global_lock", "cpu/a", 1)
    assert not found.is_timed and found.letter == "E" and found.metrics == {}


@pytest.mark.parametrize("two, color", [((1.0, 1.1, 0.9, 1.05, 0.95, 1.0), "white"),
                                        ((0.5, 0.51, 0.49, 0.5, 0.5, 0.5), "a colour")])
def test_a_cell_whose_interval_contains_1_is_white(tmp_path, two, color):
    import matplotlib

    results = load(tmp_path, [row("global_lock", "cpu/a", 1, (1.0,) * 6), row("global_lock", "cpu/a", 2, two)])
    shown = heatmap.color_of(heatmap.cell_of(results, "global_lock", "cpu/a", 2), matplotlib.colormaps["RdBu"],
                             matplotlib.colors.Normalize(-1, 1))
    assert (shown == (1.0, 1.0, 1.0, 1.0)) == (color == "white")


def test_means_are_over_the_same_workloads_and_what_is_left_out_is_named(tmp_path):
    made = [row(s, w, n) for s in ("global_lock", "tracing_gc", "event_loop") for w in ("cpu/a", "cpu/b")
            for n in (1, 2)]
    made += [row("global_lock", "cpu/c", n) for n in (1, 2)]
    made += [row("multi_process", "cpu/c", n) for n in (1, 2)]
    conclusion, = load(tmp_path, made).concluded("cpu")
    assert conclusion.workloads == ("cpu/a", "cpu/b")
    assert {each.strategy for each in conclusion.standings} == {"global_lock", "tracing_gc", "event_loop"}
    from plots.footer import left_out_notes
    note, = left_out_notes([conclusion])
    assert "multi_process" in note and "cpu/c" in note


def test_few_blocks_are_told_from_enough(tmp_path):
    made = [row(s, "cpu/a", n, (1.0, 1.1)) for s in ("global_lock", "tracing_gc") for n in (1, 2)]
    results = load(tmp_path, made)
    assert not results.get("tracing_gc", "cpu/a", 2).fact.enough
    assert not any(each.enough for each in results.concluded("cpu")[0].standings)
    assert all(each.enough for each in load(tmp_path, matrix()).concluded("cpu")[0].standings)


def test_numbers_of_workers_at_which_kinds_are_summed_up(tmp_path):
    assert load(tmp_path, matrix()).main_counts() == [2, 16]


@pytest.mark.parametrize("made, charts", [
    # Half the matrix failed, the baseline of one workload among it.
    ([row("global_lock", "cpu/primes", 1, None, **FAILED),
      row("multi_process", "cpu/primes", 2), row("global_lock", "cpu/nbody", 1),
      row("multi_process", "cpu/nbody", 2, None, **FAILED), row("multi_process", "cpu/nbody", 1)],
     {"speedup_cpu", "cost_one_worker"}),
    # A kind and strategies that nobody knows, without memory.
    ([row(s, "odd/one", 1, peak_rss_bytes=None) for s in ("home_made", "$other_{$")],
     {"summary", "speedup_odd", "heatmap_1_workers"}),
    # One block has no interval.
    ([row(s, "cpu/a", n, (1.0 / n,)) for s in ("global_lock", "tracing_gc") for n in (1, 2, 4)],
     {"summary", "speedup_cpu", "cost_one_worker", "heatmap_2_workers", "memory_per_worker"}),
    # Each of the user's own programs is a panel of its own.
    ([row(s, f"program/{w}", n) for s in ("global_lock", "tracing_gc") for w in "ab" for n in (1, 2)],
     {"summary", "speedup_program", "cost_one_worker", "heatmap_2_workers", "memory_per_worker"}),
])
def test_partial_results_are_drawn(tmp_path, made, charts):
    assert charts_of(tmp_path, made) == charts


def test_the_machines_limit_is_drawn_and_told(tmp_path):
    made = [entry for s in ("global_lock", "tracing_gc") for n in (1, 2)
            for entry in repetitions(s, "cpu/a", n, cores_gave=1.75)]
    for index, entry in enumerate(made):
        if "cores_gave" in entry:
            entry["cores_gave"] += index % 7 / 50
    results = load(tmp_path, made, schema_version=2)
    limit, cores = results.machine_limit()
    assert 1.75 < limit.low < limit.value < limit.high < 1.87 and cores == 2
    line = results.footer(list(results.by_key.values()))[1]
    assert f"2 cores at once gave {limit.value:.2f} times" in line
    assert [text for _, text in speedup.guides(results, "cpu")][1] == f"what 2 cores gave: {limit.value:.2f}× of one"
    assert len(speedup.guides(results, "io")) == 1  # waiting needs no cores
    assert summary.limit_of(results.concluded("cpu")[0]) == limit
    assert charts_of(tmp_path, made, schema_version=2) >= {"summary", "speedup_cpu"}


def test_memory_is_what_conclude_says_or_of_older_files_the_peaks(tmp_path):
    made = [row(s, "cpu/a", n, peak_rss_bytes=(20 + 10 * n) * 2**20) for s in ("global_lock", "x") for n in (1, 3)]
    results = load(tmp_path, made)
    conclusion, = results.concluded("cpu")
    (alone,), (added,) = memory.memory_of(results, conclusion)["x"]
    assert (alone.value, added.value, added.has_interval) == (30, 10, False)
    many = results.get("x", "cpu/a", 3)
    said = dataclasses.replace(many.fact, memory=Estimate(2.0**20, 0.0, 2.0**21, 9))
    found = memory.added_of(dataclasses.replace(many, fact=said), results.get("x", "cpu/a", 1))
    assert found == Estimate(1.0, 0.0, 2.0, 9)


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
    file = write(tmp_path / "r.json", [row("global_lock", "cpu/primes", 1, None, error_message="boom")])
    check_refused(plot(file, "-o", tmp_path / "charts"), "no row has a time")


def test_one_row_alone_has_its_memory(tmp_path):
    assert charts_of(tmp_path, [row("global_lock", "cpu/primes", 1)]) == {"memory_per_worker"}


@pytest.mark.parametrize("program", ["/nowhere/conclude", "/bin/false", "/bin/echo"])
def test_without_a_program_to_ask_there_is_one_line(tmp_path, monkeypatch, program):
    monkeypatch.setenv("GILBENCH_CONCLUDE", program)
    check_refused(plot(write(tmp_path / "r.json", matrix()), "-o", tmp_path / "charts"), program)


def test_where_no_program_was_built_the_way_to_it_is_told(tmp_path, monkeypatch):
    from plots import report
    monkeypatch.delenv("GILBENCH_CONCLUDE", raising=False)
    monkeypatch.setattr(report, "ROOT", str(tmp_path))
    check_refused(plot(write(tmp_path / "r.json", matrix()), "-o", tmp_path / "charts"), "./run conclude")


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
    file = write(tmp_path / "r.json", [row(s, "cpu/a", 1, peak_rss_bytes=None) for s in ("global_lock", "tracing_gc")])
    result = plot_process(file, "-o", tmp_path / "charts", env=environment)
    assert (result.returncode, result.stderr) == (0, "")
    assert marker.exists()
    check_pictures(tmp_path / "charts", ("summary", "speedup_cpu", "cost_one_worker", "heatmap_1_workers"))


def test_says_how_to_get_matplotlib_where_no_python_has_it(tmp_path):
    (tmp_path / "bare" / "matplotlib").mkdir(parents=True)
    (tmp_path / "bare" / "matplotlib" / "__init__.py").write_text("raise ImportError('not here')\n")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "bare"), "PATH": str(tmp_path)}
    result = plot_process(write(tmp_path / "r.json", matrix()), "-o", tmp_path / "charts", env=environment)
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
    assert style.rank("home_made") > style.rank("pypy_processes")


def test_versions_of_a_python_look_alike_and_stand_together():
    names = ["cpython_threads_3.14.0", "cpython_processes", "cpython_threads", "global_lock_ticks", "global_lock"]
    assert sorted(names, key=style.rank) == [
        "global_lock", "global_lock_ticks", "cpython_threads", "cpython_threads_3.14.0", "cpython_processes"]
    first, second = style.look("cpython_threads"), style.look("cpython_threads_3.14.0")
    assert first.color == second.color and first.line != second.line


def test_the_machine_is_named(tmp_path):
    results = load(tmp_path, matrix())
    line = results.footer(list(results.by_key.values()))[0]
    for words in ("Example CPU 9000", "2 cores", "g++ 12.2.0", "0123456789ab", "2026-01-02",
                  "size full"):
        assert words in line


def test_a_name_that_begins_with_an_underscore_is_in_the_legend(tmp_path):
    chart = sheet.Sheet("title", "question", [], strategies=["_mine", "global_lock"])
    legend, = chart.figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [" _mine", "global_lock"]
    chart.save(tmp_path, "legend")


def test_letters_have_words():
    assert set(rows.LETTERS.values()) | {"S", "B"} == set(rows.REASONS)
