"""bench_primitives: its rows, its file, its refusals. No times are judged."""

import json
import os
import subprocess
import time

import jsonschema
import pytest
from conftest import find_binary, need, strategies

QUICK = ("--benchmark_repetitions=1", "--benchmark_min_time=0.0001")


def primitives(*flags):
    kept = {k: v for k, v in os.environ.items() if not k.startswith("BENCHMARK_")}
    return subprocess.run(
        [find_binary("bench_primitives"), *flags],
        env=kept,
        text=True,
        capture_output=True,
        timeout=300,
    )


def listed(*flags):
    done = primitives("--list", *flags)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_every_strategy_has_every_primitive():
    names = listed()
    assert len(names) == len(set(names))
    by_subject = {}
    for name in names:
        primitive, subject = name.split("/")[:2]
        by_subject.setdefault(subject, set()).add(primitive)
    every = by_subject["global_lock"]
    assert {"retain_release", "section", "hand_over", "allocate_int", "list_append"} <= every
    for strategy in strategies():
        others = {"hand_over"} if strategy != "global_lock" else set()
        assert by_subject[strategy] == every - others, strategy


def test_only_who_can_share_contends():
    names = listed()
    for subject in {"per_object_lock", "biased_refcount"} & set(strategies()):
        assert f"retain_release/{subject}/contended/threads:2" in names
    assert "retain_release/raw_lock_xadd/contended/threads:2" in names
    for subject in {"multi_process"} & set(strategies()) | {"plain_increment"}:
        assert not [name for name in names if f"/{subject}/contended" in name]
        assert f"retain_release/{subject}/apart/threads:2" in names
    need("event_loop")
    # Its workers have one thread between them.
    assert [name for name in names if "retain_release/event_loop/" in name] == [
        "retain_release/event_loop/alone"]


def test_every_row_runs_and_the_file_is_valid(tmp_path, schema):
    out = tmp_path / "primitives.json"
    done = primitives(*QUICK, f"--benchmark_out={out}")
    assert done.returncode == 0, done.stderr
    results = json.loads(out.read_text())
    jsonschema.validate(results, schema)
    assert [row["name"] for row in results["benchmarks"]] == listed()
    for row in results["benchmarks"]:
        assert row["real_time"] > 0, row["name"]
        assert row["name"].startswith(f"{row['primitive']}/{row['subject']}/{row['mode']}")
    assert "retain+release, global_lock over plain_increment" in done.stdout
    if "atomic_refcount" in strategies():
        assert "retain+release, atomic_refcount over raw_lock_xadd" in done.stdout


def test_repetitions_keep_the_order_of_the_rows(tmp_path):
    out = tmp_path / "primitives.json"
    done = primitives(
        "--benchmark_repetitions=3",
        "--benchmark_min_time=0.0001",
        "--benchmark_filter=^section/.*/alone$",
        f"--benchmark_out={out}",
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(out.read_text())["benchmarks"]
    runs = [row["name"] for row in rows if row["run_type"] == "iteration"]
    names = [name for name in listed() if name.startswith("section/") and name.endswith("/alone")]
    assert runs == [name for name in names for _ in range(3)]
    assert {f"{name}_median" for name in names} <= {row["name"] for row in rows}


def test_strategies_are_chosen():
    names = listed("--strategies=biased_refcount", "--benchmark_filter=^section/")
    assert {name.split("/")[1] for name in names} == {"std_mutex", "biased_refcount"}


@pytest.mark.parametrize(
    "flag, needed",
    [
        ("--strategies=nonsense", ["nonsense", "global_lock"]),
        ("--workloads=cpu/*", ["--workloads", "--strategies"]),
        ("--benchmark_nonsense", ["--benchmark_nonsense"]),
        ("--benchmark_filter=^nothing$", ["^nothing$"]),
        ("--benchmark_out=/nowhere/at/all.json", ["/nowhere/at/all.json"]),
    ],
)
def test_bad_flags_are_one_line_and_exit_2(flag, needed):
    done = primitives(flag)
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    for word in needed:
        assert word in lines[0]


def test_a_killed_run_leaves_its_rows(tmp_path):
    out, journal = tmp_path / "p.json", tmp_path / "p.json.rows"
    flags = ("--benchmark_filter=retain_release/global_lock", "--benchmark_repetitions=3", f"--benchmark_out={out}")
    process = subprocess.Popen([find_binary("bench_primitives"), *flags, "--benchmark_min_time=0.3"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not journal.exists() or journal.read_text().count("\n") < 2:
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.wait()
    lines = journal.read_text().splitlines()
    assert json.loads(lines[0])["context"]["num_cpus"] >= 1
    assert json.loads(lines[1])["primitive"] == "retain_release"
    done = primitives(*flags, "--benchmark_min_time=0.0001")
    assert done.returncode == 0 and "p.json.rows.1" in done.stderr
    assert json.loads(out.read_text())["benchmarks"] and not journal.exists()
