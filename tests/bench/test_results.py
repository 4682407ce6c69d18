"""What bench_workloads selects, measures and writes."""

import csv
import fcntl
import json
import os
import struct
import subprocess
import termios
import time

import jsonschema
import pytest
from conftest import find_binary, gathered


def one_row(rows):
    assert len(rows) == 1
    return next(iter(rows.values()))


def test_names_and_order(harness):
    harness.add("cpu/b")
    harness.add("cpu/a")
    rows = harness.rows("--workers=1,2")
    assert list(rows) == [
        f"cpu/{workload}/{strategy}/workers:{workers}"
        for workload in "ab"
        for strategy in ("fake_lock", "fake_process")
        for workers in (1, 2)
    ]
    assert [row["family_index"] for row in rows.values()] == list(range(8))


def test_row_holds_what_the_engine_measured(harness):
    harness.add("cpu/a", "seconds=0.5", "cpu=0.25", "uneven")
    row = harness.rows("--strategies=fake_process", "--workers=1,4")["cpu/a/fake_process/workers:4"]
    assert row["seconds"] == [0.125] * 3
    assert row["real_time"] == pytest.approx(125)
    assert row["time_unit"] == "ms"
    assert row["repetitions"] == 3
    assert len(row["slowdown"]) == 3 and min(row["slowdown"]) >= 1
    assert row["startup_seconds"] == pytest.approx(0.004)
    assert row["transfer_seconds"] == pytest.approx(0.0005)
    assert row["memory_written_bytes"] == 4 * 4096
    assert row["cpu_seconds"] == 0.25
    assert row["cpu_time"] == pytest.approx(row["cpu_seconds"] * 1000)
    assert row["peak_rss_bytes"] > 1 << 20
    assert row["voluntary_switches"] == 1000
    assert row["involuntary_switches"] == 2000
    # Times 0.5, 1, 1, 1: (3.5 ** 2) / (4 * 3.25).
    assert row["fairness"] == pytest.approx(3.5**2 / 13)
    assert (row["strategy"], row["workload"], row["kind"]) == ("fake_process", "cpu/a", "cpu")
    assert (row["sharing"], row["workers"], row["answer"]) == ("none", 4, "42")
    assert row["leaked_objects"] == 0


def test_threads_have_no_process_keys(harness):
    harness.add("cpu/a")
    row = one_row(harness.rows("--strategies=fake_lock", "--workers=2"))
    assert "transfer_seconds" not in row and "memory_written_bytes" not in row


def test_every_kind_of_row_validates(harness, schema):
    harness.add("cpu/good")
    harness.add("cpu/bad", "error")
    harness.add("cpu/lost", "killed")
    harness.add("cpu/late", "timeout")
    harness.add("cpu/leaky", "leak")
    harness.add("cpu/wrong", "wrong")
    harness.add("shared/written", sharing="write")
    rows = harness.rows("--workers=1,2", "--benchmark_context=note=hello", code=1)
    assert len(rows) == 28
    results = harness.results()
    jsonschema.validate(results, schema)
    assert results["context"]["note"] == "hello"


def test_google_benchmarks_comparing_tool_finds_what_it_reads(harness):
    """Its compare.py takes times from all but aggregates, and pairs rows of one name by their unit."""
    harness.add("cpu/a", "error@fake_lock")
    harness.add("shared/b", sharing="write")
    rows = harness.rows("--workers=1,2", code=1)
    timed = {name for name, row in rows.items() if row["run_type"] != "aggregate"}
    assert timed == {
        f"{row}/workers:{workers}"
        for row in ("cpu/a/fake_process", "shared/b/fake_lock")
        for workers in (1, 2)
    }
    for name, row in rows.items():
        assert row["run_name"] == row["name"] == name
        assert row["time_unit"] == ("ms" if name in timed else None)
        assert {"real_time", "cpu_time"} & set(row) == ({"real_time", "cpu_time"} if name in timed else set())


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.pop("strategy"),
        lambda row: row.pop("seconds"),
        lambda row: row.update(skipped="and yet it has a time"),
        lambda row: row.update(leaked_objects=1),
        lambda row: row.update(time_unit=None),
        lambda row: row.update(typo=1),
        lambda row: row.update(workers=0),
    ],
)
def test_schema_refuses_a_broken_row(harness, schema, change):
    harness.add("cpu/a")
    harness.rows("--strategies=fake_lock", "--workers=1")
    results = harness.results()
    change(results["benchmarks"][0])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(results, schema)


def test_context_describes_the_run(harness):
    harness.add("cpu/a")
    harness.rows("--size=small", "--switch-interval-us=250", "--gc=off", "--timeout-s=1.5", "--workers=1")
    context = harness.results()["context"]
    assert context["size"] == "small"
    assert context["switch_interval_us"] == 250
    assert context["gc"] == "off"
    assert context["timeout_seconds"] == 1.5
    assert context["executable"] == "bench_workloads_fake"
    assert set(context["strategies"]) == {"fake_lock", "fake_process"}
    assert {run[3] for run in harness.log()} == {"small"}
    assert {run[4] for run in harness.log()} == {"1500"}
    assert {run[5] for run in harness.log()} == {"250"}


def test_default_workers(harness):
    harness.add("cpu/a")
    harness.add("io/a")
    rows = harness.rows("--strategies=fake_lock", "--benchmark_repetitions=1")
    cores = harness.results()["context"]["usable_cores"]
    doubled = [count for count in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512) if count < cores]
    of_kind = lambda kind: [row["workers"] for row in rows.values() if row["kind"] == kind]
    assert of_kind("cpu") == doubled + [cores]
    assert of_kind("io") == [1, 2, 4, 8, 16]


def test_writing_workload_is_skipped_where_nothing_is_shared(harness):
    harness.add("shared/counter", sharing="write")
    harness.add("shared/config", sharing="read")
    rows = harness.rows("--workers=1,2")
    for workers in (1, 2):
        row = rows[f"shared/counter/fake_process/workers:{workers}"]
        assert "fake_process" in row["skipped"]
        assert "real_time" not in row and "error_message" not in row
        assert "real_time" in rows[f"shared/counter/fake_lock/workers:{workers}"]
        assert "real_time" in rows[f"shared/config/fake_process/workers:{workers}"]
    assert not [run for run in harness.log() if run[0] == "fake_process" and "counter" in run[1]]


def test_engine_may_skip(harness):
    harness.add("cpu/a", "skip@fake_process")
    rows = harness.rows("--workers=1")
    assert rows["cpu/a/fake_process/workers:1"]["skipped"] == "told to skip"
    assert "skipped" not in rows["cpu/a/fake_lock/workers:1"]
    assert len([run for run in harness.log() if run[0] == "fake_process"]) == 1


def test_globs_select(harness):
    for name in ("cpu/primes", "cpu/nbody", "io/sleep", "shared/list"):
        harness.add(name)
    flags = ("--strategies=fake_lock", "--workers=1")
    assert [row["workload"] for row in harness.rows("--workloads=cpu/p*,*/list", *flags).values()] == [
        "cpu/primes",
        "shared/list",
    ]


def test_program_alone_and_beside_ours(harness, tmp_path):
    harness.add("cpu/a")
    mine = tmp_path / "mine.py"
    harness.write(mine)
    other = tmp_path / "other"
    other.mkdir()
    harness.write(other / "mine.py")
    flags = (f"--program={mine}", f"--program={other / 'mine.py'}", "--strategies=fake_lock", "--workers=1")
    alone = harness.rows(*flags)
    assert [row["workload"] for row in alone.values()] == ["program/mine", "program/mine-2"]
    assert {row["kind"] for row in alone.values()} == {"program"}
    beside = harness.rows("--workloads=cpu/*", *flags)
    assert [row["workload"] for row in beside.values()] == ["cpu/a", "program/mine", "program/mine-2"]


def test_google_benchmark_filter_sees_our_names(harness):
    harness.add("cpu/a")
    harness.add("cpu/b")
    assert list(harness.rows("--benchmark_filter=a/fake_lock/workers:2$", "--workers=1,2")) == [
        "cpu/a/fake_lock/workers:2"
    ]
    kept = harness.rows("--benchmark_filter=-fake_lock", "--workers=1")
    assert {row["strategy"] for row in kept.values()} == {"fake_process"}


def test_list_tests_runs_nothing(harness):
    harness.add("cpu/a")
    done = harness.run("--benchmark_list_tests", "--workers=1,2", "--strategies=fake_lock")
    assert done.stdout.split() == ["cpu/a/fake_lock/workers:1", "cpu/a/fake_lock/workers:2"]
    assert done.returncode == 0 and harness.log() == []


def test_list_names_strategies_and_workloads(harness):
    harness.add("cpu/a")
    harness.add("shared/b", sharing="write")
    done = harness.run("--list")
    assert done.returncode == 0 and harness.log() == []
    for text in ("fake_lock", "no worker is faster", "cpu/a", "shared/b", "write", "What it does."):
        assert text in done.stdout


def test_help_shows_our_flags_and_google_benchmarks(harness):
    done = harness.run("--help")
    assert done.returncode == 0
    assert "--switch-interval-us" in done.stdout and "--benchmark_filter" in done.stdout


def test_repetitions_flag(harness):
    harness.add("cpu/a")
    row = one_row(harness.rows("--benchmark_repetitions=5", "--strategies=fake_lock", "--workers=1"))
    assert len(row["seconds"]) == row["repetitions"] == 5
    assert len(harness.log()) == 5


def test_warm_up_is_no_repetition(harness):
    harness.add("cpu/a")
    flags = ("--benchmark_min_warmup_time=0.001", "--strategies=fake_lock", "--workers=1")
    assert len(one_row(harness.rows(*flags))["seconds"]) == 3
    assert len(harness.log()) > 3


def test_interleaving_is_on_unless_turned_off(harness):
    for name in "abcdefgh":
        harness.add(f"cpu/{name}")
    flags = ("--strategies=fake_lock", "--workers=1")
    harness.rows("--benchmark_enable_random_interleaving=false", *flags)
    in_order = [run[1] for run in harness.log()]
    assert in_order == sorted(in_order)
    harness.log_path.unlink()
    harness.rows(*flags)
    mixed = [run[1] for run in harness.log()]
    assert mixed != in_order and sorted(mixed) == in_order


def test_json_and_csv_on_stdout(harness, schema):
    import json

    harness.add("cpu/a")
    harness.add("cpu/b", "error")
    flags = ("--strategies=fake_lock", "--workers=1")
    printed = json.loads(harness.run("--benchmark_format=json", *flags).stdout)
    jsonschema.validate(printed, schema)
    assert len(gathered(printed["benchmarks"])) == 2
    lines = harness.run("--benchmark_format=csv", *flags).stdout.splitlines()
    assert lines[0].startswith("name,iterations,real_time")
    assert [line for line in lines if line.startswith('"cpu/b/') and "told to" in line]


@pytest.mark.parametrize("how", ["console", "csv"])
def test_nothing_is_said_of_how_the_library_was_built(harness, how):
    """Debian's has its assertions, always, and they take no part in what is timed."""
    harness.add("cpu/a")
    done = harness.run("--strategies=fake_lock", "--workers=1", f"--benchmark_format={how}")
    assert "Load Average" in done.stderr and "DEBUG" not in done.stderr


def test_console_table_to_file(harness):
    harness.add("cpu/a")
    done = harness.run(
        f"--benchmark_out={harness.out}", "--benchmark_out_format=console", "--workers=1"
    )
    assert done.returncode == 0
    text = harness.out.read_text()
    assert "cpu/a/fake_lock/workers:1_median" in text and "manual_time" not in text


def test_summary_names_the_winner(harness):
    harness.add("cpu/a")
    harness.add("shared/b", sharing="write")
    flags = ["--workers=1,4", "--benchmark_repetitions=6"]
    done = harness.run(*flags)
    cpu, shared, machine = done.stdout.splitlines()[-3:]
    assert cpu.startswith("cpu with 4 workers: fake_process is the fastest, 4.00 times as fast as fake_lock")
    assert shared.startswith("shared with 4 workers: no verdict: only fake_lock has times")
    assert machine.startswith("The machine: ")
    assert "speed-up" not in harness.run(*flags, "--quiet").stdout


def test_no_verdict_from_three_repetitions(harness):
    harness.add("cpu/a")
    (said,) = [line for line in harness.run("--workers=1,4").stdout.splitlines() if line.startswith("cpu with 4 workers: ")]
    assert "no verdict" in said and "3 usable blocks of the 6 that are needed" in said


def test_strict_fails_without_a_verdict(harness):
    harness.add("cpu/a")
    assert harness.run("--workers=1,4", "--strict").returncode == 4
    assert harness.run("--workers=1,4").returncode == 0
    assert harness.run("--workers=1,4", "--strict", "--benchmark_repetitions=6").returncode == 0
    harness.add("cpu/b", "error")
    assert harness.run("--workers=1,4", "--strict", "--benchmark_repetitions=6").returncode == 1


def test_repetitions_say_where_they_come_from(harness):
    """Each from a block and a process of its own; the rows of a workload share both."""
    harness.add("cpu/a")
    harness.add("cpu/b")
    rows = harness.rows("--workers=1", "--machine-memory=" + str(harness.folder / "memory"))
    entries = [entry for entry in harness.results()["benchmarks"] if "workload" in entry]
    assert len(entries) == 12
    for workload in ("cpu/a", "cpu/b"):
        of = [entry for entry in entries if entry["workload"] == workload]
        places = {(entry["block"], entry["process"]) for entry in of}
        assert len(places) == len({block for block, _ in places}) == 3
        assert len({entry["repetition_index"] for entry in of}) == 3
    assert not {*rows["cpu/a/fake_lock/workers:1"]["block"]} & {*rows["cpu/b/fake_lock/workers:1"]["block"]}
    blocks = {entry["block"]: entry["cores_gave"] for entry in entries}
    assert len(blocks) == 6 and all(entry["cores_gave"] == blocks[entry["block"]] for entry in entries)
    starts = [entry["start_seconds"] for entry in sorted(entries, key=lambda entry: entry["block"])]
    assert min(starts) >= 0
    best = harness.results()["context"]["probe_seconds"]
    assert float((harness.folder / "memory").read_text()) == pytest.approx(best, rel=1e-3)
    assert min(entry["slowdown"] for entry in entries) == 1


def test_every_run_with_a_budget_has_noise_pairs(harness, schema):
    for name in "abcdef":
        harness.add(f"cpu/{name}", "noise=0.1")
    cores = len(os.sched_getaffinity(0))
    environment = {k: v for k, v in harness.environment().items() if k != "BENCHMARK_REPETITIONS"}
    done = subprocess.run([harness.binary, f"--benchmark_out={harness.out}", f"--workers={cores}", "--budget-s=0.01"],
                          env=environment, capture_output=True, text=True, timeout=120)  # fmt: skip
    assert done.returncode == 0, done.stderr
    jsonschema.validate(harness.results(), schema)
    names = list(gathered(harness.results()["benchmarks"]))
    assert [name for name in names if "#2" in name] == [f"cpu/{name}/fake_lock#2/workers:{cores}" for name in "abcd"]
    assert "A/A: fake_lock under two names: 95 % of the ratios are below" in done.stdout
    assert "#2" not in "".join(line for line in done.stdout.splitlines() if line.startswith("  "))
    # Not where the number of blocks was asked for.
    assert not [name for name in harness.rows(f"--workers={cores}") if "#2" in name]


def test_exports(harness):
    harness.add("cpu/a", "noise=0.1")
    harness.add("cpu/b", "error")
    csv_path, markdown = harness.folder / "rows.csv", harness.folder / "words.md"
    done = harness.run("--workers=1,2", f"--export-csv={csv_path}", f"--export-markdown={markdown}", "--benchmark_repetitions=6")
    assert done.returncode == 1
    with open(csv_path, newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["workload"], row["strategy"], row["workers"]) for row in rows] == [
        ("cpu/a", strategy, workers) for strategy in ("fake_lock", "fake_process") for workers in "12"]  # fmt: skip
    for row in rows:
        assert float(row["seconds_low"]) <= float(row["seconds"]) <= float(row["seconds_high"])
    assert float(rows[3]["speedup"]) == pytest.approx(2, rel=0.2) and rows[2]["speedup"] == ""
    text = markdown.read_text()
    assert "### cpu with 2 workers, 1 workload, 6 blocks; speed over fake_lock" in text
    assert "| fake_process |" in text and "- cpu with 2 workers: fake_process is the fastest" in text
    failed = harness.run("--workers=1", "--workloads=cpu/a", "--export-csv=/nonexistent/x.csv")
    assert failed.returncode == 1 and "cannot write /nonexistent/x.csv: No such file" in failed.stderr


def test_own_programs_that_wait_are_tried_with_many_workers(harness, tmp_path):
    for name, directives in (("waits", ["sleep=0.2", "seconds=0.2"]), ("computes", ["cpu=0.2", "seconds=0.2"])):
        harness.write(tmp_path / f"{name}.py", *directives)
    flags = [f"--program={tmp_path / name}.py" for name in ("waits", "computes")]
    of = lambda rows, name: [row["workers"] for row in rows.values() if row["workload"] == f"program/{name}"]
    rows = harness.rows(*flags, "--strategies=fake_process", "--benchmark_repetitions=1")
    assert of(rows, "waits") == [1, 2, 4, 8, 16]
    assert max(of(rows, "computes")) == harness.results()["context"]["usable_cores"]
    assert of(harness.rows(*flags, "--strategies=fake_process", "--workers=1,2"), "waits") == [1, 2]


def shown_on(terminal):
    """What is written to it until its other end is closed; closes this one."""
    text = b""
    try:
        while chunk := os.read(terminal, 4096):
            text += chunk
    except OSError:  # the other end is closed
        pass
    os.close(terminal)
    return text


def test_sentences_are_wrapped_on_a_terminal(harness):
    harness.add("cpu/a")
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    process = harness.start("--workers=1", "--benchmark_repetitions=6", stdout=theirs, stderr=subprocess.DEVNULL)
    os.close(theirs)
    text = shown_on(ours)
    assert process.wait(timeout=60) == 0
    plain = text.decode().replace("\x1b[1m", "").replace("\x1b[0m", "")
    lines = plain[plain.index("cpu with 1 worker: "):].splitlines()
    assert len(lines) > 2 and all(len(line) <= 60 for line in lines), lines
    assert lines[1].startswith("    ")


def test_context_says_how_it_was_asked(harness):
    harness.add("cpu/a")
    harness.rows("--workers=1", "--strategies=fake_lock")
    context = harness.results()["context"]
    assert context["schema_version"] == 2
    assert context["command_line"] == ["--benchmark_out=" + harness.out.name, "--workers=1", "--strategies=fake_lock"]
    assert "quarter of a core" in context["exclusion_rule"]


def test_the_table_says_what_conclude_says_of_the_file(harness):
    harness.add("cpu/a", "noise=0.1")
    harness.add("cpu/b", "noise=0.3")
    done = harness.run(f"--benchmark_out={harness.out}", "--workers=1,2", "--benchmark_repetitions=7")
    said = subprocess.run([find_binary("conclude"), harness.out], capture_output=True, text=True, check=True)
    main = [each["sentence"] for each in json.loads(said.stdout)["conclusions"] if each["main"]]
    assert len(main) == 1 and main[0] in done.stdout.splitlines()


def test_an_error_of_all_rows_is_said_once(harness):
    harness.add("cpu/a", "error")
    done = harness.run("--workers=1,2")
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if line.startswith("cpu/a/")]
    assert len(said) == 1, done.stderr
    rows = [line for line in done.stdout.splitlines() if line.startswith("cpu/a/") and "error:" in line]
    assert len(rows) == 4


def test_the_date_is_that_of_the_start(harness, schema):
    harness.add("cpu/a", "sleep=1.2")
    harness.rows("--workers=1", "--strategies=fake_lock", "--benchmark_repetitions=1")
    context = harness.results()["context"]
    jsonschema.validate(harness.results(), schema)
    assert context["date"] < context["end"]


# ---- blocks and the budget ----


def blocks_of(harness, *flags):
    """The number of blocks of each row, without a number that was asked for."""
    environment = {k: v for k, v in harness.environment().items() if k != "BENCHMARK_REPETITIONS"}
    done = subprocess.run([harness.binary, f"--benchmark_out={harness.out}", *flags], env=environment,
                          capture_output=True, text=True, timeout=60)  # fmt: skip
    assert done.returncode == 0, done.stderr
    clocks = [line.rpartition("about ")[2].removesuffix(" left") for line in done.stderr.splitlines() if "about" in line]
    assert clocks and all(len(clock) == len("0:00") for clock in clocks), "more than ten minutes"
    return {name: len(row["seconds"]) for name, row in gathered(harness.results()["benchmarks"]).items()}


def test_ten_blocks_whatever_the_budget(harness, schema):
    harness.add("cpu/a", "noise=0.5")
    assert blocks_of(harness, "--budget-s=0.01", "--workers=1") == {
        "cpu/a/fake_lock/workers:1": 10, "cpu/a/fake_process/workers:1": 10}  # fmt: skip
    jsonschema.validate(harness.results(), schema)
    assert harness.results()["context"]["budget_seconds"] == 0.01


def test_the_budget_goes_where_intervals_are_widest(harness):
    harness.add("cpu/calm")
    harness.add("cpu/noisy", "noise=0.9@fake_lock")
    start = time.monotonic()
    blocks_of(harness, "--budget-s=0.01", "--workers=1")  # how long ten blocks take here
    blocks = blocks_of(harness, f"--budget-s={2 + 2 * (time.monotonic() - start)}", "--workers=1")
    assert {blocks[f"cpu/calm/{name}/workers:1"] for name in ("fake_lock", "fake_process")} == {10}
    assert blocks["cpu/noisy/fake_lock/workers:1"] == blocks["cpu/noisy/fake_process/workers:1"] > 10


def test_short_times_are_taken_several_times_in_a_block(harness, schema):
    harness.add("cpu/short", "seconds=0.001")
    harness.add("cpu/long", "seconds=0.02")
    blocks = blocks_of(harness, "--budget-s=0.01", "--workers=1", "--strategies=fake_lock")
    assert blocks == {"cpu/long/fake_lock/workers:1": 10, "cpu/short/fake_lock/workers:1": 30}
    jsonschema.validate(harness.results(), schema)
    rows = gathered(harness.results()["benchmarks"])
    assert len(set(rows["cpu/short/fake_lock/workers:1"]["block"])) == 10
    assert len(harness.rows("--workers=1", "--strategies=fake_lock")["cpu/short/fake_lock/workers:1"]["seconds"]) == 3


def test_a_set_time_begins_with_one_block(harness):
    harness.add("mixed/a", "sleep=0.3", text="FIXED_DURATION = True")
    harness.add("cpu/b")
    blocks = blocks_of(harness, "--budget-s=0.01", "--workers=1", "--strategies=fake_lock")
    assert blocks == {"cpu/b/fake_lock/workers:1": 10, "mixed/a/fake_lock/workers:1": 1}


def test_quick_is_full_where_there_is_no_quick(harness, schema):
    harness.add("cpu/a")
    rows = harness.rows("--size=quick", "--workers=1", "--strategies=fake_lock")
    assert rows["cpu/a/fake_lock/workers:1"]["size"] == "full"
    jsonschema.validate(harness.results(), schema)
    assert "size" not in harness.rows("--size=small", "--workers=1", "--strategies=fake_lock").popitem()[1]


def test_a_strategy_named_twice_measures_noise(harness, schema):
    for name in "abc":
        harness.add(f"cpu/{name}", "noise=0.2")
    done = harness.run(f"--benchmark_out={harness.out}", "--strategies=fake_lock,fake_lock", "--workers=1",
                       "--benchmark_repetitions=6")  # fmt: skip
    assert done.returncode == 0, done.stderr
    results = harness.results()
    jsonschema.validate(results, schema)
    rows = gathered(results["benchmarks"])
    again = rows["cpu/a/fake_lock#2/workers:1"]
    assert (again["strategy"], again["engine_strategy"]) == ("fake_lock#2", "fake_lock")
    assert "engine_strategy" not in rows["cpu/a/fake_lock/workers:1"]
    assert "A/A: fake_lock under two names" in done.stdout.splitlines()[-1]


def test_progress_lines_count_the_runs(harness):
    harness.add("cpu/a")
    done = harness.run("--workers=1", "--strategies=fake_lock")
    lines = [line for line in done.stderr.splitlines() if line.startswith("[")]
    assert [line.split("]")[0] for line in lines] == ["[1/3", "[2/3", "[3/3"]
    assert "left" not in lines[0] and lines[1].endswith(" left")
    assert "\r" not in done.stderr
    assert "[1/3]" not in harness.run("--workers=1", "--strategies=fake_lock", "--quiet").stderr


def test_progress_rewrites_one_line_on_a_terminal(harness):
    harness.add("cpu/a")
    ours, theirs = os.openpty()
    process = harness.start("--workers=1", "--strategies=fake_lock", stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    text = shown_on(ours)
    assert process.wait(timeout=60) == 0
    assert b"\r\x1b[K[1/3] cpu/a/fake_lock/workers:1" in text
    assert b"\r\x1b[K[3/3]" in text
