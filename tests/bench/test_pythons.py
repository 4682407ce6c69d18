"""Pythons as engines (--python): their rows beside ours, several of them, and who is no Python."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT, find_binary, need
from python_runs import PYTHON, THREADS, command, document_of, environment, metric, only_line, program, rows_of, run

TIMED_KEYS = {"real_time", "cpu_time", "seconds", "startup_seconds", "cpu_seconds", "peak_rss_bytes", "voluntary_switches",
              "involuntary_switches", "fairness", "answer"}  # fmt: skip


# ---- rows ----


def test_rows_of_both_modes_have_times_and_the_right_answer(tmp_path):
    rows = rows_of(tmp_path, "--workloads=cpu/primes", "--workers=1,2")
    assert list(rows) == [
        "cpu/primes/cpython_threads/workers:1",
        "cpu/primes/cpython_threads/workers:2",
        "cpu/primes/cpython_processes/workers:1",
        "cpu/primes/cpython_processes/workers:2",
    ]
    for name, row in rows.items():
        assert TIMED_KEYS <= set(row)
        assert "error_message" not in row and "skipped" not in row
        assert row["run_name"] == name and row["run_type"] == "iteration"
        assert (row["workload"], row["kind"], row["sharing"]) == ("cpu/primes", "cpu", "none")
        assert row["answer"] == "1229"
        assert row["time_unit"] == "ms"
        assert len(row["seconds"]) == 1
        assert row["real_time"] == pytest.approx(row["seconds"][0] * 1e3)
        assert 0 < row["fairness"] <= 1 + 1e-9
        assert row["peak_rss_bytes"] > 1 << 20 and row["pss_bytes"] > 1 << 20
        assert 0 < row["cpu_seconds"] < 60
    assert rows["cpu/primes/cpython_processes/workers:2"]["strategy"] == "cpython_processes"


def test_beside_ours_in_the_same_blocks(tmp_path):
    need("global_lock")
    rows = rows_of(tmp_path, "--strategies=global_lock", "--workloads=cpu/primes", "--workers=1",
                   "--benchmark_repetitions=3")  # fmt: skip
    strategies = ["global_lock", "cpython_threads", "cpython_processes"]
    assert [row["strategy"] for row in rows.values()] == strategies
    assert all(len(row["seconds"]) == 3 and row["answer"] == "1229" for row in rows.values())


def test_each_repetition_is_from_a_process_of_its_own(tmp_path):
    """The module's body runs anew, and in another process each time: also in one block."""
    log = tmp_path / "log"
    path = program(tmp_path, "return int(worker == 0)")
    path.write_text(path.read_text() + f"import os\nwith open({str(log)!r}, 'a') as file:\n"
                    "    print(os.getpid(), os.getppid(), file=file)\n")  # fmt: skip
    rows = rows_of(tmp_path, f"--program={path}", "--workers=1,2", "--benchmark_repetitions=3")
    assert len(rows) == 4 and all(len(row["seconds"]) == 3 for row in rows.values())
    pids, parents = zip(*(line.split() for line in log.read_text().splitlines()))
    assert len(pids) == len(set(pids)) == 12 and len(set(parents)) == 3


def test_quick_is_full_where_there_is_no_quick(tmp_path):
    mine = program(tmp_path, "return 1")
    rows = rows_of(tmp_path, f"--program={mine}", "--workloads=cpu/fibonacci", "--size=quick", "--workers=1", THREADS)
    assert rows["program/mine/cpython_threads/workers:1"]["size"] == "full"
    assert "size" not in rows["cpu/fibonacci/cpython_threads/workers:1"]


def test_processes_skip_what_they_cannot_share(tmp_path):
    rows = rows_of(tmp_path, "--workloads=shared/shared_*", "--workers=2")
    for workload in ("shared_list", "shared_dict"):
        skipped = rows[f"shared/{workload}/cpython_processes/workers:2"]
        assert "share" in skipped["skipped"]
        assert "real_time" not in skipped and "error_message" not in skipped
        assert "real_time" in rows[f"shared/{workload}/cpython_threads/workers:2"]
    assert "real_time" in rows["shared/shared_config/cpython_processes/workers:2"]


def test_a_workload_that_must_end_in_an_error_is_skipped(tmp_path):
    rows = rows_of(tmp_path, "--workloads=mixed/deadlock", "--workers=2", THREADS)
    (row,) = rows.values()
    assert row["skipped"] == "it ends in an error that this Python does not find"


@pytest.mark.parametrize("kind", ["cpu", "shared"])
def test_every_split_of_the_work_gives_the_same_answer(tmp_path, kind):
    for row in rows_of(tmp_path, f"--workloads={kind}/*", THREADS, "--workers=3,7,50").values():
        assert "real_time" in row, row


def test_programs_that_ours_do_not_compile_are_measured_all_the_same(tmp_path):
    path = program(tmp_path, "async def never():\n    await None\nreturn 1")
    rows = rows_of(tmp_path, f"--program={path}", "--workers=1")
    assert len(rows) == 2 and all("real_time" in row for row in rows.values())


def test_parts_of_the_programs_own_classes(tmp_path):
    path = program(tmp_path, "return Part()", expect=7)
    path.write_text(path.read_text().replace("sum(parts)", "parts[0].value")
                    + "class Part:\n    def __init__(self):\n        self.value = 7\n")  # fmt: skip
    rows = rows_of(tmp_path, f"--program={path}", "--workers=1")
    assert [row["answer"] for row in rows.values()] == ["7", "7"]


def test_metrics_of_the_program_are_in_the_row(tmp_path):
    path = program(tmp_path, "return worker + 1", expect=3)
    path.write_text(path.read_text() + 'def metrics(parts):\n    return {"largest": max(parts), "odd": float("nan")}\n')
    rows = rows_of(tmp_path, f"--program={path}", "--workers=2")
    for mode in ("threads", "processes"):
        row = rows[f"program/mine/cpython_{mode}/workers:2"]
        assert metric(row, "largest") == 2 and metric(row, "odd") is None
    plain = rows_of(tmp_path, "--workloads=cpu/nqueens", "--workers=1", THREADS)
    assert "metrics" not in plain["cpu/nqueens/cpython_threads/workers:1"]


@pytest.mark.parametrize("mode", ["threads", "processes"])
def test_what_the_workers_use_is_counted_and_nothing_else(tmp_path, mode):
    """One worker sleeps, the other computes for as long as both and a while after; so does the main thread."""
    spin = "import time\n{0}end = time.perf_counter() + {1}\n{0}while time.perf_counter() < end:\n{0}    pass\n"
    path = program(tmp_path, "import time\nif worker == 0:\n    time.sleep(0.2)\n    return 1\n"
                   + spin.format("", 0.4) + "return 0")  # fmt: skip
    path.write_text(path.read_text() + "def setup(size):\n    " + spin.format("    ", 0.5))
    (row,) = rows_of(tmp_path, f"--program={path}", f"--benchmark_filter=_{mode}/", "--workers=2").values()
    assert 0.4 <= row["seconds"][0] < 10
    assert 0 < row["cpu_seconds"] < 0.45
    assert 0.5 <= row["fairness"] < 0.6
    assert row["voluntary_switches"] >= 1


def test_context_says_which_pythons_ran(tmp_path):
    jsonschema = pytest.importorskip("jsonschema")
    document, _ = document_of(tmp_path, f"--program={program(tmp_path, 'return worker.x')}", "--workers=1",
                              "--workloads=shared/shared_list,cpu/nqueens", status=1)  # fmt: skip
    jsonschema.validate(document, json.loads((ROOT / "results" / "schema.json").read_text()))
    version = sys.version.split()[0]
    assert document["context"]["python"] == {"cpython_threads": version, "cpython_processes": version}
    assert f"CPython {version}" in document["context"]["strategies"]["cpython_threads"]
    assert all(row["version"] == version for row in document["benchmarks"])
    for key in ("real_time", "skipped", "error_message"):
        assert any(key in row for row in document["benchmarks"])


def test_rows_without_a_time_are_aggregates_without_a_unit(tmp_path):
    """Google Benchmark's compare.py takes a time from every row that is no aggregate."""
    path = program(tmp_path, "return 1 // (1 - worker)")
    rows = rows_of(tmp_path, f"--program={path}", "--workloads=shared/shared_list,cpu/nqueens", "--workers=2", status=1)
    for row in rows.values():
        timed = "real_time" in row
        assert row["run_type"] == ("iteration" if timed else "aggregate")
        assert row["time_unit"] == ("ms" if timed else None)
        assert ("cpu_time" in row) == timed
    assert {"real_time" in row for row in rows.values()} == {True, False}


# ---- several Pythons ----


def other_pythons():
    """Paths of those that are installed, beside this one, of 3.8 or later, by their version."""
    found = {}
    for folder in (pathlib.Path.home() / ".pyenv/versions").glob("3.*"):
        path = folder / "bin" / "python"
        if path.exists() and tuple(map(int, folder.name.split(".")[:2])) >= (3, 8):
            found[folder.name] = path
    found.pop(sys.version.split()[0], None)
    return found


def test_two_versions_stay_apart(tmp_path):
    others = other_pythons()
    if not others:
        pytest.skip("no other Python")
    version, path = sorted(others.items())[-1]
    document, _ = document_of(tmp_path, PYTHON, f"--python={path}", "--workloads=cpu/primes", "--workers=1", THREADS)
    assert [row["strategy"] for row in document["benchmarks"]] == ["cpython_threads", f"cpython_threads_{version}"]
    assert [row["version"] for row in document["benchmarks"]] == [sys.version.split()[0], version]
    pytest.importorskip("jsonschema").validate(document, json.loads((ROOT / "results" / "schema.json").read_text()))


@pytest.mark.parametrize("version, path", sorted(other_pythons().items()))
def test_under_every_python_that_is_installed(tmp_path, version, path):
    rows = rows_of(tmp_path, f"--python={path}", "--workloads=cpu/word_count,cpu/sha256_chunks", "--workers=2")
    assert len(rows) == 4 and all("real_time" in row and row["version"] == version for row in rows.values()), rows


def test_one_that_is_named_twice_is_a_pair(tmp_path):
    rows = rows_of(tmp_path, PYTHON, PYTHON, "--workloads=cpu/primes", "--workers=1", THREADS)
    assert [row["strategy"] for row in rows.values()] == ["cpython_threads", "cpython_threads#2"]


def test_pypy_takes_part(tmp_path):
    if not shutil.which("pypy3"):
        pytest.skip("no pypy3")
    rows = rows_of(tmp_path, PYTHON, "--python=pypy3", "--workloads=cpu/primes,shared/shared_config,io/upstream_request",
                   "--workers=2")  # fmt: skip
    strategies = {"cpython_threads", "cpython_processes", "pypy_threads", "pypy_processes"}
    assert {row["strategy"] for row in rows.values()} == strategies and len(rows) == 12
    assert all("real_time" in row for row in rows.values()), rows
    assert {row["answer"] for name, row in rows.items() if "primes" in name} == {"1229"}


def test_by_a_name_on_path(tmp_path):
    marker = tmp_path / "used"
    python = tmp_path / "other-python"
    python.write_text(f'#!/bin/sh\ntouch {marker}\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    flags = command("--python=other-python", "--workloads=cpu/nqueens", "--workers=1", THREADS)
    path = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(flags, capture_output=True, text=True, timeout=60, env={**environment(), **path})
    assert done.returncode == 0 and "cpu/nqueens/cpython_threads/workers:1" in done.stdout
    assert marker.exists()


# ---- who is no Python ----


@pytest.mark.parametrize(
    "flags, words",
    [
        (["--python=no-such-python"], ["no-such-python", "no such program"]),
        (["--python=./no-such-python"], ["no-such-python", "No such file"]),
        (["--python=/bin/true"], ["/bin/true", "no Python"]),
        (["--python=/bin/cat"], ["/bin/cat", "no Python"]),
        (["--python=/etc/hostname"], ["/etc/hostname"]),
        (["--python=/"], ["Is a directory"]),
        (["--python="], ["python"]),
        (["--python=/bin/sh"], ["/bin/sh", "no Python"]),
    ],
)
def test_what_is_no_python_is_told_in_one_line(flags, words):
    line = only_line(run(*flags, "--workloads=cpu/primes"))
    for word in words:
        assert word in line


def test_none_of_ours_and_no_python_is_nothing_to_measure():
    done = subprocess.run([find_binary("bench_workloads"), "--strategies=none"], capture_output=True, text=True, timeout=60)
    assert "--python" in only_line(done)


def test_what_never_answers_is_given_up(tmp_path):
    """Both at once: each takes as long as a slow Python may take to start."""
    answers = {"silent": "sleep 1000", "endless": "yes", "flood": "head -c 1000000 /dev/zero; sleep 1000"}
    running = []
    for name, answer in answers.items():
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{answer}\n")
        path.chmod(0o755)
        running.append(subprocess.Popen(command(f"--python={path}"), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        text=True, env=environment()))  # fmt: skip
    for process, name in zip(running, answers):
        out, error = process.communicate(timeout=120)
        assert (process.returncode, out) == (2, "")
        assert len(error.splitlines()) == 1 and f"{name}: no Python: " in error


@pytest.mark.parametrize("version", ["2.7", "3.6", "3.7"])
def test_one_that_is_too_old_says_so(version):
    for path in (pathlib.Path.home() / ".pyenv/versions").glob(f"{version}.*/bin/python"):
        line = only_line(run(f"--python={path}", "--workloads=cpu/primes"))
        assert f"Python {version}, and 3.8 is needed" in line
        return
    pytest.skip(f"no Python {version}")


def test_the_list_has_them():
    done = run("--list", "--workloads=cpu/primes")
    assert done.returncode == 0
    assert re.search(r"cpython_threads +CPython [\d.]+t?, one thread per worker", done.stdout)
