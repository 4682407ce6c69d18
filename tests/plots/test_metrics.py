"""The charts of metrics: the ladder, latency and packets under load, losses, pauses."""

import dataclasses
import math

import pytest
from helpers import charts_of, load, plot, row, write

from plots import axes, data, ladder, losses, pauses, under_load
from plots.rows import parse_row

LADDER = tuple(ladder.RUNGS)


def answering(strategy, workers, what="latency", times=(2.0, 2.0), **more):
    """A row of a mixed workload; its metrics are keywords with one number or several."""
    metrics = {name: value if isinstance(value, list) else [value] for name, value in more.items()
               if name.startswith(("latency", "packets"))}
    rest = {name: value for name, value in more.items() if name not in metrics}
    return row(strategy, f"mixed/udp_{what}", workers, times, fixed_duration=True,
               **({"metrics": metrics} if metrics else {}), **rest)


def loaded(strategies, counts=(1, 2, 3, 5)):
    rows = []
    for place, strategy in enumerate(strategies):
        for workers in counts:
            p50 = 0.2 * workers ** (1 + place)
            rows.append(answering(strategy, workers, latency_p50_ms=[p50, p50],
                                  latency_p99_ms=[2 * p50, 3 * p50]))
            rows.append(answering(strategy, workers, "bandwidth",
                                  packets_per_second=[9e4 / workers, 8e4 / workers]))
    return rows


def test_latency_and_packets_are_drawn_and_are_no_speed(tmp_path):
    rows = loaded(("global_lock", "event_loop", "cpython_threads"))
    assert charts_of(tmp_path, rows) == {"latency_under_load", "packets_under_load"}
    results = load(tmp_path, rows)
    assert results.kinds == [] and results.by_key == {}
    assert results.metric("event_loop", under_load.LATENCY, 2, under_load.P50) == (0.8, 0.8)
    assert under_load.loads(results, under_load.LATENCY) == [0, 1, 2, 4]


def test_quantiles_of_all_questions_together_come_before_medians_of_repetitions(tmp_path):
    results = load(tmp_path, loaded(("global_lock",), (1, 2)))
    values = [(0.2, 0.4), (3.0,)]
    place = ("global_lock", under_load.LATENCY, [0, 1], "p50", values)
    assert under_load.pooled(results, *place) == pytest.approx([0.3, 3.0])
    key = ("global_lock", under_load.LATENCY, 2)
    fact = dataclasses.replace(results.measured[key].fact, latency={"questions": 15, "p50": 0.005})
    results.measured[key] = dataclasses.replace(results.measured[key], fact=fact)
    assert under_load.pooled(results, *place) == pytest.approx([0.3, 5.0])
    # A quantile that too few questions lie beyond is not drawn at all.
    assert math.isnan(under_load.pooled(results, *place[:3], "p99", values)[1])


def test_nothing_answered_is_drawn_as_zero(tmp_path):
    rows = [answering("event_loop", n, "bandwidth", packets_per_second=p)
            for n, p in ((1, 9e4), (2, 0))]
    assert charts_of(tmp_path, rows) == {"packets_under_load"}
    assert load(tmp_path, rows).metric("event_loop", under_load.BANDWIDTH, 2, under_load.PACKETS) == (0.0,)


def test_a_row_that_failed_is_named_and_has_no_point(tmp_path):
    failed = answering("biased_refcount", 2, times=None, run_type="aggregate",
                       error_message="ended after 60000 ms", error_kind="timeout")
    rows = loaded(("global_lock",)) + [failed]
    assert charts_of(tmp_path, rows) == {"latency_under_load", "packets_under_load"}
    results = load(tmp_path, rows)
    assert under_load.failures(results, under_load.LATENCY) == [
        "No measurement: biased_refcount with 1 computing (timed out)."]
    assert under_load.failures(results, under_load.BANDWIDTH) == []
    silent = answering("event_loop", 2, metrics={})
    assert under_load.failures(load(tmp_path, [*rows, silent]), under_load.LATENCY)[0].endswith(
        "event_loop with 1 computing (nothing measured).")


def test_switch_intervals(tmp_path):
    rows = [answering("global_lock", workers, latency_p50_ms=us / 1000 * workers,
                      latency_p99_ms=us / 500, switch_interval_us=us)
            for workers in (2, 3) for us in (100, 5000, 100_000)]
    names = charts_of(tmp_path, rows, switch_interval_us=5000)
    assert names == {"latency_under_load", "switch_interval"}
    results = load(tmp_path, rows, switch_interval_us=5000)
    # The file's own interval stands for the strategy; the others only beside it.
    assert results.metric("global_lock", under_load.LATENCY, 2, under_load.P50) == (10.0,)
    swept = results.swept["global_lock", under_load.LATENCY, 3]
    assert {us: r.metrics["latency_p50_ms"] for us, r in swept.items()} == {
        100: (pytest.approx(0.3),), 5000: (15.0,), 100_000: (300.0,)}


def test_swept_rows_of_other_workloads_are_no_repetitions_of_each_other(tmp_path):
    rows = [row("global_lock", "cpu/primes", 1, (seconds,), switch_interval_us=us)
            for us, seconds in ((100, 0.7), (5000, 0.5))]
    results = load(tmp_path, rows, switch_interval_us=5000)
    assert results.get("global_lock", "cpu/primes", 1).fact.seconds.value == pytest.approx(0.5)


def ladder_rows(workload="cpu/a"):
    rows = []
    for place, rung in enumerate(LADDER):
        alone = 1.0 if rung == "global_lock" else 3.0 / place
        rows += [row(rung, workload, 1, (alone,)), row(rung, workload, 2, (alone / (1 + place / 8),))]
    return rows


def test_the_ladder_compares_with_the_lock_and_with_itself(tmp_path):
    rows = ladder_rows("cpu/a") + ladder_rows("cpu/b")
    conclusion, = load(tmp_path, rows).concluded("cpu")
    rungs = ladder.rungs_of(conclusion)
    assert list(rungs) == list(LADDER)
    assert rungs["atomic_immortal"].cost.value == pytest.approx(1.5)
    assert rungs["atomic_immortal"].speedup.value == pytest.approx(1.25)


def test_a_ladder_with_a_rung_missing_is_drawn_and_two_rungs_are_none(tmp_path):
    rows = [r for r in ladder_rows() if r["strategy"] != "biased_deferred"]
    assert "ladder" in charts_of(tmp_path, rows)
    few = [r for r in ladder_rows() if r["strategy"] in ("global_lock", "atomic_refcount")]
    assert not ladder.ladder(load(tmp_path, few), tmp_path)


def test_lost_updates(tmp_path):
    rows = []
    for strategy, share in (("global_lock", 0.0), ("global_lock_ticks", 0.1), ("tracing_gc", 0.5)):
        for workers in (1, 2):
            lost = [share, share * 1.1] if workers > 1 else [0.0, 0.0]
            rows.append(row(strategy, "shared/unlocked_counter", workers,
                            metrics={"lost_updates_share": lost}))
    rows.append(row("multi_process", "shared/unlocked_counter", 2, None, run_type="aggregate",
                    skipped="they share no objects"))
    assert len(losses.lost_updates(load(tmp_path, rows), tmp_path)) == 2
    alone = [r for r in rows if r["workers"] == 1]
    assert not losses.lost_updates(load(tmp_path, alone), tmp_path)


def paused(strategy, workload, live, *pauses):
    """A row of these pauses, one per repetition, while so many objects lived."""
    return row(strategy, workload, 1, pauses, metrics={
        "collections": [1] * len(pauses), "collection_live_objects_max": [live] * len(pauses),
        "collection_pause_max_seconds": list(pauses)})


def collected(strategies=("global_lock", "tracing_gc")):
    """What bench_collector writes."""
    return [paused(strategy, f"collector/live_{size}", size + 1257, *(size * ns * 1e-9 for ns in (10, 20, 40)))
            for strategy in strategies for size in (10_000, 100_000, 1_000_000)]


def test_pauses_are_drawn_only_over_several_sizes(tmp_path):
    of_workloads = [paused("tracing_gc", f"cpu/{name}", live, live * 1e-8) for name, live in (("a", 1e5), ("b", 1e6))]
    assert not pauses.collector_pauses(load(tmp_path, of_workloads), tmp_path)
    one_size = [row for row in collected() if row["workload"] == "collector/live_10000"]
    result = plot(write(tmp_path / "one.json", one_size), "-o", tmp_path / "none")
    assert result.returncode == 2 and result.stderr.startswith("plot.py: nothing to draw")


def test_the_collectors_own_file_has_pauses_and_no_speeds(tmp_path):
    assert charts_of(tmp_path, collected()) == {"collector_pauses"}
    results = load(tmp_path, collected())
    assert results.kinds == [] and results.by_key == {} and results.conclusions == []
    line = pauses.points(results)
    assert list(line) == ["global_lock", "tracing_gc"]
    assert [alive for alive, _, _ in line["tracing_gc"]] == [11_257, 101_257, 1_001_257]
    assert line["tracing_gc"][1][1] == pytest.approx([1, 2, 4])


def test_the_collectors_file_beside_others(tmp_path):
    workload = paused("biased_refcount", "cpu/a", 5e4, 0.1)
    ours = write(tmp_path / "ours.json", [workload, row("global_lock", "cpu/a", 1)])
    # It collects on request alone, and no size is chosen.
    collector = write(tmp_path / "collector.json", collected(), gc="off", size="")
    result = plot(collector, ours, "-o", tmp_path / "charts")
    assert (result.returncode, result.stderr) == (0, "")
    assert {"collector_pauses", "summary"} <= {path.stem for path in (tmp_path / "charts").iterdir()}
    for files in ((ours, collector), (collector, ours)):
        results, = data.load(files)
        assert results.kinds == ["cpu"]
        # Only the one that knows its heap is drawn.
        assert "biased_refcount" not in pauses.points(results)


def test_collectors_of_two_machines_are_two_charts(tmp_path):
    files = [write(tmp_path / f"{cores}.json", collected(), num_cpus=cores) for cores in (2, 16)]
    sets = data.load(files)
    paths = [path for results in sets for path in pauses.collector_pauses(results, tmp_path)]
    assert len(set(paths)) == 4 and sets[1].suffix == "_16_cores"


def test_a_collection_that_failed_is_named(tmp_path):
    failed = row("subinterpreters", "collector/live_1000000", 1, None, run_type="aggregate",
                 error_message="timeout", error_kind="timeout")
    rows = collected() + [failed]
    assert charts_of(tmp_path, rows) == {"collector_pauses"}
    assert pauses.failures(load(tmp_path, rows)) == [
        "No measurement: subinterpreters, live_1000000 (timed out)."]


def test_metrics_that_are_no_numbers_are_left_out():
    parsed = parse_row(row("global_lock", "cpu/a", 1, metrics={
        "good": [1, None, 2.5], "one": 3, "none": [None], "null": None, "odd": "text",
        "worse": [float("nan"), True]}))
    assert parsed.metrics == {"good": (1.0, 2.5), "one": (3.0,)}
    assert parse_row(row("global_lock", "cpu/a", 1, metrics=[1])).metrics == {}
    failed = parse_row(row("global_lock", "cpu/a", 1, None, error_message="boom",
                           metrics={"x": [1]}))
    assert failed.metrics == {}


def test_rows_without_a_time_are_aggregates_and_still_reasons(tmp_path):
    results = load(tmp_path, [
        row("global_lock", "cpu/a", 1),
        row("multi_process", "cpu/a", 1, None, run_type="aggregate", skipped="no sharing"),
        row("tracing_gc", "cpu/a", 1, None, run_type="aggregate", error_occurred=True,
            error_message="boom")])
    assert results.get("multi_process", "cpu/a", 1).letter == "S"
    assert results.get("tracing_gc", "cpu/a", 1).letter == "E"


def test_repetitions_of_one_name_pool_their_metrics(tmp_path):
    results = load(tmp_path, [row("global_lock", "cpu/a", 1, (1.0,), metrics={"x": [1]}),
                              row("global_lock", "cpu/a", 1, (1.0,), metrics={"x": 2, "y": 3})])
    assert results.metric("global_lock", "cpu/a", 1, "x") == (1.0, 2.0)
    assert results.metric("global_lock", "cpu/a", 1, "y") == (3.0,)


def test_sizes_of_a_metric_are_charts_of_their_own(tmp_path):
    rows = [answering("global_lock", n, latency_p50_ms=n, latency_p99_ms=n, size=size)
            for n in (1, 2) for size in ("full", "long")]
    assert charts_of(tmp_path, rows) == {"latency_under_load", "latency_under_load_1"}


def test_axes_with_many_powers_of_two_leave_some_out():
    from matplotlib.figure import Figure
    panel = Figure().subplots()
    axes.log_axis(panel.xaxis, 0.9, 1100)
    assert list(panel.get_xticks()) == [1, 4, 16, 64, 256, 1024]


def test_whiskers_are_within_reach_and_none_with_one_block():
    from plots.report import Estimate
    wide, one = Estimate(1.0, 0.001, 1000.0, 2), Estimate(2.0, None, None, 1)
    low, high = axes.span([wide, one])
    assert 0.5 < low <= 1 and 2 <= high < 4
    from matplotlib.figure import Figure
    panel = Figure().subplots()
    axes.whisker(panel, 0, one)
    assert not panel.containers
    axes.whisker(panel, 0, wide)
    assert panel.containers


@pytest.mark.parametrize("low, high, least", [(0.1, 1000, 5), (0.14, 0.6, 2), (3, 4000, 3)])
def test_log_axes_have_ticks_to_read(low, high, least):
    assert sum(low <= tick <= high for tick in axes.decades(low, high)) >= least


def test_three_rungs_are_no_ladder(tmp_path):
    """Most of its steps would be several."""
    rungs = ("global_lock", "atomic_refcount", "biased_refcount")
    rows = [each for each in ladder_rows() if each["strategy"] in rungs]
    assert not ladder.ladder(load(tmp_path, rows), tmp_path)
