"""Result files from elsewhere: drawn, or one line and exit status 2. Journals are result files too."""

import json
import os
import random
import subprocess
import sys

import pytest
from helpers import ROOT, check_refused, plot, row, run_here, write

from plots import data, rows as result_rows, targets as target_table
from plots.footer import describe_context

EXTREME = "1" + "0" * 400


def targets(file):
    return run_here(lambda: target_table.main([str(file)]))


def document(*rows, **context):
    return {"context": context, "benchmarks": list(rows)}


def with_text(path, **changes):
    """A file of one row in which these values stand as they are written here."""
    base = row("global_lock", "cpu/a", 1, (1.0,))
    marked = {**base, **{name: f"@{name}@" for name in changes}}
    text = json.dumps(document(marked, num_cpus=2))
    for name, value in changes.items():
        text = text.replace(f'"@{name}@"', value)
    path.write_text(text)
    return path


REFUSED = {
    "seconds of 400 digits": {"seconds": f"[{EXTREME}]"},
    "seconds of 5,000 digits": {"seconds": f"[{'9' * 5000}]"},
    "seconds without end": {"seconds": "[1e308]"},
    "seconds near nothing": {"seconds": "[5e-324]"},
    "a time in their place": {"seconds": "null", "real_time": EXTREME},
    "seconds as text": {"seconds": '"1.0"'},
    "memory of 400 digits": {"peak_rss_bytes": EXTREME},
    "a metric of 400 digits": {"metrics": f'{{"x": [{EXTREME}]}}'},
    "a metric near nothing": {"metrics": '{"latency_p50_ms": [5e-324]}'},
    "an interval of 400 digits": {"switch_interval_us": EXTREME},
    "half of a pair in a workload": {"workload": r'"cpu/\ud800"'},
    "half of a pair in a strategy": {"strategy": r'"\udfff"'},
    "half of a pair in a kind": {"kind": r'"\udfff"'},
    "a workload without a kind": {"workload": '"primes"'},
    "a workload without a name": {"workload": '"cpu/"'},
    "no workload": {"workload": '""'},
    "a long workload": {"workload": f'"cpu/{"x" * 5000}"'},
    "a long strategy": {"strategy": f'"{"x" * 5000}"'},
    "a long kind": {"kind": f'"{"x" * 5000}"'},
    "two lines of a workload": {"workload": r'"cpu/a\nb"'},
    "a strategy as a number": {"strategy": "1"},
    "a workload as a list": {"workload": "[]"},
    "no worker": {"workers": "0"},
    "half a worker": {"workers": "0.5"},
    "workers as truth": {"workers": "true"},
    "workers of 400 digits": {"workers": EXTREME},
    "workers that are missing": {"workers": "null"},
    "an error's kind as a list": {"error_message": '"x"', "error_kind": "[]"},
    "an error as a number": {"error_message": "1"},
    "a reason as an object": {"skipped": "{}"},
    "a version as a list": {"version": "[]"},
    "a unit as a list": {"seconds": "null", "real_time": "1", "time_unit": "[]"},
}


@pytest.mark.parametrize("changes", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_drawn_is_told_in_one_line(tmp_path, changes):
    file = with_text(tmp_path / "r.json", **changes)
    with pytest.raises(data.DataError) as error:
        data.load([file])
    assert len(str(error.value).splitlines()) == 1 and str(error.value).startswith(str(file))
    assert len(str(error.value)) < 500


def test_exit_status_and_line_of_the_tools(tmp_path):
    file = with_text(tmp_path / "r.json", seconds=f"[{EXTREME}]")
    check_refused(plot(file, "-o", tmp_path / "charts"), "r.json", "not JSON")
    done = targets(file)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("targets: ") and len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("name, value", [
    ("num_cpus", 0), ("num_cpus", "2"), ("num_cpus", 10**400), ("num_cpus", True), ("cpu_model", 3),
    ("cpu_model", "x" * 5000), ("date", []), ("size", {}), ("switch_interval_us", 10**400)])
def test_a_context_is_checked(tmp_path, name, value):
    file = write(tmp_path / "r.json", [row("global_lock", "cpu/a", 1)], **{name: value})
    with pytest.raises(data.DataError, match=name):
        data.load([file])


def footer_of(file):
    results, = data.load([file])
    return results.footer(list(results.by_key.values()))


def test_a_context_that_is_none(tmp_path):
    file = tmp_path / "r.json"
    file.write_text(json.dumps({"context": [], "benchmarks": [row("global_lock", "cpu/a", 1)]}))
    check_refused(plot(file, "-o", tmp_path / "charts"), "context")
    file.write_text(json.dumps({"benchmarks": [row("global_lock", "cpu/a", 1)]}))
    assert footer_of(file)[0] == "machine not recorded"


@pytest.mark.parametrize("workload", ["cpu/$x_{$", r"cpu/$\frac{1}{$", "cpu/a$b$c", "cpu/" + "x" * 196,
                                      "cpu/素数", "cpu/../../../above", "cpu/%s{}<&>"])
def test_names_are_drawn_as_they_are(tmp_path, workload):
    rows = [row(strategy, workload, workers, metrics={"x": [1.0]})
            for strategy in ("global_lock", "$odd_{$") for workers in (1, 2)]
    rows.append(row("atomic_refcount", workload, 2, None, error_message=r"$\badly{ \ud800 wrong"))
    file = write(tmp_path / "r.json", rows, cpu_model="$Core_{$")
    result = plot(file, "-o", tmp_path / "charts")
    assert (result.returncode, result.stderr) == (0, "")
    assert {path.parent for path in (tmp_path / "charts").rglob("*")} == {tmp_path / "charts"}
    assert targets(file).returncode == 0


def test_a_name_with_dollars_is_no_mathematics():
    import matplotlib
    from matplotlib.figure import Figure

    from plots import style

    with matplotlib.rc_context(style.SETTINGS):
        figure = Figure()
        text = figure.text(0.5, 0.5, "$x_{$")
        figure.savefig(os.devnull, format="svg")
        assert not text.get_parse_math()


def test_a_kind_with_slashes_stays_in_its_folder(tmp_path):
    rows = [row("global_lock", "cpu/a", n, kind="../../up") for n in (1, 2)]
    result = plot(write(tmp_path / "r.json", rows), "-o", tmp_path / "charts")
    assert (result.returncode, result.stderr) == (0, "")
    assert not [path for path in tmp_path.iterdir() if path.name not in ("r.json", "charts")]


def test_the_widest_times_that_are_drawn(tmp_path):
    rows = [row("global_lock", "cpu/a", 1, (1e-9,) * 6),
            row("biased_refcount", "cpu/a", 1, (1e9,) * 6),
            row("biased_refcount", "cpu/a", 2, (1,))]
    file = write(tmp_path / "r.json", rows)
    result = plot(file, "-o", tmp_path / "charts")
    assert (result.returncode, result.stderr) == (0, "")
    assert targets(file).returncode == 1  # a target is missed


def test_more_than_can_be_shown(tmp_path):
    rows = [row("global_lock", f"cpu/w{n}", 1) for n in range(data.MOST_WORKLOADS + 1)]
    check_refused(plot(write(tmp_path / "r.json", rows), "-o", tmp_path / "charts"), "401 workloads")
    rows = [row(f"s{n}", "cpu/a", 1) for n in range(data.MOST_STRATEGIES + 1)]
    check_refused(plot(write(tmp_path / "r.json", rows), "-o", tmp_path / "charts"), "101 strategies")


def test_files_without_an_end_or_without_a_name(tmp_path):
    check_refused(plot("/dev/zero", "-o", tmp_path / "charts"), "MiB")
    check_refused(plot(tmp_path, "-o", tmp_path / "charts"), "Is a directory")
    with pytest.raises(data.DataError):
        data.load(["a\0b"])


def test_counts_that_are_zero_are_no_division(tmp_path):
    zero = {"latency_p50_ms": [0], "packets_per_second": [0]}
    rows = [row(strategy, f"mixed/udp_{what}", n, fixed_duration=True, metrics=zero)
            for strategy in ("global_lock", "biased_refcount", "cpython_threads")
            for what in ("latency", "bandwidth") for n in (1, 2)]
    same = {"collection_pause_max_seconds": [0.1], "collection_live_objects_max": [1000]}
    rows += [row("global_lock", f"collector/live_{n}", 1, metrics=metrics)
             for n in (100000, 1000000) for metrics in (same,)]
    rows += [row("biased_refcount", f"collector/live_{n}", 1,
                 metrics={name: [-1] for name in same}) for n in (100000, 1000000)]
    file = write(tmp_path / "r.json", rows)
    done = targets(file)
    assert (done.returncode, done.stderr) == (1, "")  # a target is missed
    result = plot(file, "-o", tmp_path / "charts")
    assert result.returncode in (0, 2) and len(result.stderr.splitlines()) <= 1, result.stderr


def journal(path, *rows, ending="\n"):
    lines = [{"context": {"cpu_model": "Example CPU", "num_cpus": 2}}, *rows]
    path.write_text("\n".join(map(json.dumps, lines)) + ending)
    return path


def test_a_journal_is_drawn(tmp_path):
    rows = [row(strategy, "cpu/a", n) for strategy in ("global_lock", "multi_process") for n in (1, 2)]
    file = journal(tmp_path / "r.json.rows", *rows)
    result = plot(file, "-o", tmp_path / "charts")
    assert (result.returncode, result.stderr) == (0, "")
    assert "2 cores" in footer_of(file)[0]
    assert targets(file).returncode == 1  # a target is missed


def test_a_journal_whose_last_line_was_being_written(tmp_path):
    file = journal(tmp_path / "r.rows", row("global_lock", "cpu/a", 1), row("global_lock", "cpu/b", 1),
                   ending="")
    assert data.load([file])[0].workloads("cpu") == ["cpu/a"]
    file.write_text(file.read_text() + "\n{\"name\": \"cpu/c\", \"secon")
    assert data.load([file])[0].workloads("cpu") == ["cpu/a", "cpu/b"]
    file.write_text(file.read_text() + "\0" * 100)  # a power cut in some file systems
    assert data.load([file])[0].workloads("cpu") == ["cpu/a", "cpu/b"]


def test_the_later_line_of_a_name_counts(tmp_path):
    file = journal(tmp_path / "r.rows", row("global_lock", "cpu/a", 1, (1.0, 2.0)),
                   row("global_lock", "cpu/a", 1, (2.0, 3.0)))
    assert data.load([file])[0].get("global_lock", "cpu/a", 1).fact.seconds.value == pytest.approx(6 ** 0.5)


@pytest.mark.parametrize("rows, words", [
    ([], "no row names"), ([[1]], "no row names"),
    ([{"strategy": "global_lock", "workload": "cpu/a", "workers": "x"}], "row 1: workers")])
def test_a_journal_without_rows_or_with_wrong_ones(tmp_path, rows, words):
    check_refused(plot(journal(tmp_path / "r.rows", *rows), "-o", tmp_path / "charts"), words)


def test_a_broken_line_of_a_journal_is_named(tmp_path):
    file = journal(tmp_path / "r.rows", row("global_lock", "cpu/a", 1))
    file.write_text(file.read_text() + "{broken\n" + json.dumps(row("global_lock", "cpu/b", 1)) + "\n")
    check_refused(plot(file, "-o", tmp_path / "charts"), "r.rows:3: not JSON")


@pytest.mark.parametrize("what", ["plot", "targets"])
def test_names_that_cannot_be_printed_are_exit_status_1(tmp_path, what):
    file = write(tmp_path / "r.json", [row("global_lock", "cpu/a", 1)])
    command = ["-m", "plots.targets"] if what == "targets" else ["plot.py", "-o", tmp_path / "charts"]
    with open("/dev/full", "w") as full:
        done = subprocess.run([sys.executable, *map(str, command), str(file)], cwd=ROOT, stdout=full,
                              stderr=subprocess.PIPE, text=True, timeout=120)
    assert done.returncode == 1
    assert "cannot write to standard output" in done.stderr and len(done.stderr.splitlines()) == 1


ODD = [None, True, 0, -1, 1.5, 10**400, 5e-324, float("nan"), float("inf"), "", "\ud800", "$x_{$",
       "x" * 300, [], [[]], {}, {"a": []}, [None, "1", 10**400]]


def test_a_value_in_anothers_place_is_never_a_traceback():
    """Every key of a row and of a context gets every odd value, and some pairs of them."""
    base = row("global_lock", "cpu/a", 1, metrics={"x": [1.0]}, excluded=None, version="3",
               fixed_duration=False, switch_interval_us=5, error_kind=None, error_message=None,
               skipped=None, skip_message=None)
    context = {"num_cpus": 2, "usable_cores": 2, "schema_version": 2, "cpu_model": "m",
               "python_version": "3", "compiler": "c", "commit": "0", "date": "2026", "size": "full",
               "switch_interval_us": 5, "host_name": "h"}
    chance = random.Random(7)
    cases = [({key: value}, {}) for key in base for value in ODD]
    cases += [({}, {key: value}) for key in context for value in ODD]
    cases += [({key: chance.choice(ODD) for key in chance.sample(sorted(base), 3)},
               {chance.choice(sorted(context)): chance.choice(ODD)}) for _ in range(500)]
    for in_row, in_context in cases:
        try:
            checked = result_rows.checked_context({**context, **in_context}, "context")
            describe_context(checked).encode()
            rows = [r for raw in ({**base, **in_row}, base) if (r := result_rows.parse_row(raw))]
            result_rows.merge(*rows) if len(rows) == 2 else None
            for found in rows:
                found.reason.encode()
        except data.DataError as error:
            assert "\n" not in str(error), (in_row, in_context)
