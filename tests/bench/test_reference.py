"""bench/reference.py: its rows, its exit status, and what it says of bad input."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
REFERENCE = ROOT / "bench" / "reference.py"

TIMED_KEYS = {
    "real_time",
    "cpu_time",
    "seconds",
    "startup_seconds",
    "cpu_seconds",
    "peak_rss_bytes",
    "voluntary_switches",
    "involuntary_switches",
    "fairness",
    "answer",
}


def program(folder, work, expect=1, name="mine", sharing="none"):
    """Writes a workload file whose work() has the given lines."""
    body = "\n".join("    " + line for line in work.splitlines())
    path = folder / f"{name}.py"
    path.write_text(
        f'"""A test\'s own."""\n'
        f'SHARING = "{sharing}"\n'
        f'SIZES = {{"small": 1, "full": 1}}\n'
        f'EXPECT = {{"small": {expect}, "full": {expect}}}\n'
        f"def work(state, size, worker, workers):\n{body}\n"
        f"def combine(parts):\n    return sum(parts)\n"
    )
    return path


def run(*arguments):
    return subprocess.run(
        [sys.executable, REFERENCE, "--size=small", "--repetitions=1", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
    )


def rows_of(*arguments, status=0):
    done = run(*arguments)
    assert done.returncode == status, done.stderr
    return {row["name"]: row for row in json.loads(done.stdout)["benchmarks"]}


def test_rows_of_both_modes_have_times_and_the_right_answer():
    rows = rows_of("--workloads=cpu/primes", "--workers=1,2")
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
        assert row["peak_rss_bytes"] > 1 << 20
    assert rows["cpu/primes/cpython_processes/workers:2"]["strategy"] == "cpython_processes"


def test_each_repetition_is_timed():
    rows = rows_of("--workloads=io/sleep", "--workers=4", "--modes=threads", "--repetitions=3")
    row = rows["io/sleep/cpython_threads/workers:4"]
    assert len(row["seconds"]) == row["repetitions"] == 3
    assert row["real_time"] == pytest.approx(sorted(row["seconds"])[1] * 1e3)


def test_quick_is_full_where_there_is_no_quick(tmp_path):
    mine = program(tmp_path, "return 1")
    rows = rows_of(f"--program={mine}", "--workloads=cpu/fibonacci", "--size=quick", "--workers=1", "--modes=threads")
    assert rows["program/mine/cpython_threads/workers:1"]["size"] == "full"
    assert "size" not in rows["cpu/fibonacci/cpython_threads/workers:1"]


def test_processes_skip_what_they_cannot_share():
    rows = rows_of("--workloads=shared/shared_*", "--workers=2")
    for workload in ("shared_list", "shared_dict"):
        skipped = rows[f"shared/{workload}/cpython_processes/workers:2"]
        assert "share" in skipped["skipped"]
        assert "real_time" not in skipped and "error_message" not in skipped
        assert "real_time" in rows[f"shared/{workload}/cpython_threads/workers:2"]
    assert "real_time" in rows["shared/shared_config/cpython_processes/workers:2"]


@pytest.mark.parametrize("mode", ["threads", "processes"])
def test_a_wrong_answer_has_no_time(tmp_path, mode):
    path = program(tmp_path, "return 1", expect=5)
    rows = rows_of(f"--program={path}", f"--modes={mode}", "--workers=2", status=1)
    row = rows[f"program/mine/cpython_{mode}/workers:2"]
    assert row["error_kind"] == "wrong_answer"
    assert row["error_message"] == "wrong answer: 2 instead of 5"
    assert "real_time" not in row and "seconds" not in row


@pytest.mark.parametrize("mode", ["threads", "processes"])
def test_an_error_in_a_worker_is_the_rows_and_the_others_go_on(tmp_path, mode):
    path = program(tmp_path, "return 1 // (1 - worker)", expect=1)
    arguments = [f"--program={path}", "--workloads=cpu/nqueens", f"--modes={mode}"]
    rows = rows_of(*arguments, "--workers=1,2", status=1)
    row = rows[f"program/mine/cpython_{mode}/workers:2"]
    lines = row["error_message"].splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[1] == f'  File "{path}", line 6, in work'
    assert lines[-1].startswith("ZeroDivisionError: ")
    assert "real_time" not in row
    assert "real_time" in rows[f"program/mine/cpython_{mode}/workers:1"]
    assert "real_time" in rows[f"cpu/nqueens/cpython_{mode}/workers:2"]


def test_a_killed_worker_process_is_named_with_its_signal(tmp_path):
    work = "import os\nif worker == 1:\n    os.kill(os.getpid(), 9)\nreturn 1"
    path = program(tmp_path, work)
    rows = rows_of(f"--program={path}", "--modes=processes", "--workers=2", status=1)
    row = rows["program/mine/cpython_processes/workers:2"]
    assert row["error_kind"] == "killed"
    assert row["error_message"] == "worker 1 was killed by SIGKILL"


@pytest.mark.parametrize("mode", ["threads", "processes"])
def test_an_endless_loop_ends_at_the_timeout(tmp_path, mode):
    path = program(tmp_path, "while True:\n    pass")
    arguments = [f"--program={path}", f"--modes={mode}", "--workers=2", "--timeout-s=0.5"]
    row = rows_of(*arguments, status=1)[f"program/mine/cpython_{mode}/workers:2"]
    assert row["error_kind"] == "timeout"
    assert "0.5 s" in row["error_message"]


def test_a_workload_that_must_end_in_an_error_is_skipped():
    rows = rows_of("--workloads=mixed/deadlock", "--workers=2", "--modes=threads")
    (row,) = rows.values()
    assert row["skipped"] == "it ends in an error that CPython does not find"


def test_context_says_what_ran_where(tmp_path):
    out = tmp_path / "rows.json"
    done = run("--workloads=cpu/nqueens", "--workers=1", "--modes=threads", f"--out={out}")
    assert done.returncode == 0 and done.stdout == ""
    assert "cpu/nqueens/cpython_threads/workers:1" in done.stderr
    context = json.loads(out.read_text())["context"]
    assert context["python_version"].startswith(".".join(map(str, sys.version_info[:3])))
    assert isinstance(context["gil"], bool)
    assert context["num_cpus"] == os.cpu_count()
    assert context["memory_bytes"] > 0 and context["cpu_model"]
    assert os.listdir(tmp_path) == ["rows.json"]


def test_every_kind_of_row_is_valid_by_the_schema(tmp_path):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((ROOT / "results" / "schema.json").read_text())
    arguments = [f"--program={program(tmp_path, 'return worker.x')}", "--workers=1"]
    done = run(*arguments, "--workloads=shared/shared_list,cpu/nqueens")
    document = json.loads(done.stdout)
    jsonschema.validate(document, schema)
    for key in ("real_time", "skipped", "error_message"):
        assert any(key in row for row in document["benchmarks"])


def test_runs_under_another_python(tmp_path):
    marker = tmp_path / "used"
    python = tmp_path / "other-python"
    python.write_text(f'#!/bin/sh\ntouch {marker}\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    arguments = ["--workloads=cpu/nqueens", "--workers=1", "--modes=threads"]
    rows = rows_of("--python", str(python), *arguments)
    assert list(rows) == ["cpu/nqueens/cpython_threads/workers:1"]
    assert marker.exists()


@pytest.mark.parametrize("answer, words", [
    ("sleep 1000", "no Python"),
    ("echo gilbench 2 7", "Python 2.7, and 3.8 is needed"),
    ("echo gilbench 3 x", "no Python"),
    ("head -c 100000 /dev/zero; sleep 1000", "no Python"),
])
def test_what_answers_as_no_python_does(tmp_path, answer, words):
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{answer}\n")
    python.chmod(0o755)
    code = ("import sys; sys.path.insert(0, sys.argv.pop(1)); import reference; "
            "reference.PATIENCE_S = 1.0; sys.exit(reference.main(sys.argv[1:]))")
    done = subprocess.run([sys.executable, "-c", code, str(REFERENCE.parent), f"--python={python}"],
                          capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1 and words in done.stderr


@pytest.mark.parametrize("text, reason", [
    ("del SIZES", ":9: no constant SIZES"),
    ("del EXPECT", ":9: no constant EXPECT"),
    ("x = 1\ndel x, (EXPECT, SIZES)", ":10: no constant SIZES"),
    ("del work", ":9: no function work"),
    ("del combine", ":9: no function combine"),
    ("SIZES = 1", ":9: SIZES must be a dict"),
    ("SIZES = {**SIZES}", ":9: SIZES must be a dict"),
    ("SIZES = {small: 1}", ":9: SIZES must be a dict"),
    pytest.param("x = " + "(" * 500 + ")" * 500, ":9: ", id="parentheses"),
    pytest.param("x = " + "-" * 100_000 + "1", ":", id="signs"),
])
def test_a_workload_that_unbinds_what_is_needed(tmp_path, text, reason):
    path = program(tmp_path, "return 1")
    path.write_text(path.read_text() + text + "\n")
    done = run(f"--program={path}")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith(f"reference.py: {path}{reason}")


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["--modes=threads,fibres"], ["fibres", "threads, processes"]),
        (["--workloads=cpu/nothing"], ["cpu/nothing", "cpu/primes", "io/sleep"]),
        (["--workers=1,zero"], ["--workers"]),
        (["--workers=0"], ["--workers"]),
        (["--size=huge", "--workloads=cpu/primes"], ["huge", "small, full"]),
        (["--frobnicate"], ["--frobnicate", "--workloads"]),
        (["--python=no-such-python"], ["no-such-python"]),
        (["--python=/bin/true"], ["/bin/true", "no Python"]),
        (["--python=/bin/cat"], ["/bin/cat", "no Python"]),
        (["--python=/usr/bin/yes"], ["/usr/bin/yes", "no Python"]),
        (["--python=/etc/hostname"], ["/etc/hostname"]),
        (["--program=/dev/zero"], ["/dev/zero", "not a plain file"]),
        (["--program=/"], ["Is a directory"]),
        (["--program=no-such-file.py"], ["no-such-file.py", "No such file"]),
        (["--out=no-such-folder/rows.json"], ["no-such-folder/rows.json"]),
        (["--workloads=io/udp_echo", "--upstream=no-such-service"], ["no-such-service"]),
        (["--workloads=mixed/udp_latency", "--udp-client=no-such-client"], ["no-such-client"]),
    ],
)
def test_bad_arguments_are_told_in_one_line(arguments, words):
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    for word in words:
        assert word in lines[0]


def test_a_program_that_is_none_is_told_with_file_and_line(tmp_path):
    no_work = tmp_path / "no_work.py"
    no_work.write_text("x = 1\n")
    assert f"{no_work}:1: no function work" in run(f"--program={no_work}").stderr
    broken = tmp_path / "broken.py"
    broken.write_text("x = 1\ndef work(:\n")
    done = run(f"--program={broken}")
    assert done.returncode == 2
    assert f"{broken}:2: " in done.stderr


@pytest.mark.parametrize("lost", [10**9, 40])
def test_upstream_is_started_for_those_who_need_it_and_ends(tmp_path, lost):
    """Also one that loses every 40th datagram: the workload sends it again."""
    service = tmp_path / "service"
    log = tmp_path / "log"
    service.write_text(
        f"#!{sys.executable}\n"
        "import socket, sys, threading\n"
        "echo = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "echo.bind(('127.0.0.1', 0))\n"
        "def serve():\n"
        "    number = 0\n"
        "    while True:\n"
        "        question = echo.recvfrom(4096)\n"
        "        number += 1\n"
        f"        if number % {lost} != 0:\n"
        "            echo.sendto(*question)\n"
        "threading.Thread(target=serve, daemon=True).start()\n"
        "print('tcp 1')\n"
        "print('udp', echo.getsockname()[1], flush=True)\n"
        "sys.stdin.read()\n"
        f"open({str(log)!r}, 'w').write('ended')\n"
    )
    service.chmod(0o755)
    rows = rows_of("--workloads=io/udp_echo", "--workers=2", f"--upstream={service}")
    assert all("real_time" in row for row in rows.values()) and len(rows) == 2
    assert log.read_text() == "ended"


def test_control_c_saves_the_finished_rows(tmp_path):
    started = tmp_path / "started"
    work = f"open({str(started)!r}, 'w').close()\nimport time\ntime.sleep(100)"
    path = program(tmp_path, work, name="slow")
    quick = program(tmp_path, "return 1", name="quick")
    out = tmp_path / "rows.json"
    child = subprocess.Popen(
        [sys.executable, REFERENCE, "--size=small", f"--program={quick}", f"--program={path}",
         "--workers=1", "--modes=processes", f"--out={out}"],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while not started.exists():
        assert child.poll() is None
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    assert child.wait(30) == 130
    rows = json.loads(out.read_text())["benchmarks"]
    assert [row["workload"] for row in rows] == ["program/quick"]


@pytest.mark.parametrize("kind", ["cpu", "shared"])
def test_every_split_of_the_work_gives_the_same_answer(kind):
    arguments = [f"--workloads={kind}/*", "--modes=threads", "--workers=3,7,50"]
    for row in rows_of(*arguments).values():
        assert "real_time" in row, row


def test_metrics_of_the_program_are_in_the_row(tmp_path):
    path = program(tmp_path, "return worker + 1", expect=3)
    path.write_text(path.read_text() + 'def metrics(parts):\n    return {"largest": max(parts)}\n')
    rows = rows_of(f"--program={path}", "--workers=2", "--repetitions=2")
    for mode in ("threads", "processes"):
        assert rows[f"program/mine/cpython_{mode}/workers:2"]["metrics"] == {"largest": [2.0, 2.0]}
    plain = rows_of("--workloads=cpu/nqueens", "--workers=1", "--modes=threads")
    assert "metrics" not in plain["cpu/nqueens/cpython_threads/workers:1"]


def test_metrics_that_fail_are_the_rows_error(tmp_path):
    path = program(tmp_path, "return 1")
    path.write_text(path.read_text() + "def metrics(parts):\n    return {'x': parts.y}\n")
    row = rows_of(f"--program={path}", "--workers=1", "--modes=threads", status=1)
    assert "AttributeError" in row["program/mine/cpython_threads/workers:1"]["error_message"]


def test_rows_without_a_time_are_aggregates_without_a_unit(tmp_path):
    """Google Benchmark's compare.py takes a time from every row that is no aggregate."""
    path = program(tmp_path, "return 1 // (1 - worker)")
    arguments = [f"--program={path}", "--workloads=shared/shared_list,cpu/nqueens", "--workers=2"]
    rows = rows_of(*arguments, status=1)
    for row in rows.values():
        timed = "real_time" in row
        assert row["run_type"] == ("iteration" if timed else "aggregate")
        assert row["time_unit"] == ("ms" if timed else None)
        assert ("cpu_time" in row) == timed
    assert {"real_time" in row for row in rows.values()} == {True, False}


def udp_client(folder, body):
    """A client that is called by the worker and then goes on as `body` says."""
    client = folder / "client"
    client.write_text(
        f"#!{sys.executable}\n"
        "import socket, time\n"
        "endpoint = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "endpoint.bind(('127.0.0.1', 0))\n"
        "print('udp', endpoint.getsockname()[1], flush=True)\n"
        "call, worker = endpoint.recvfrom(100)\n" + body
    )
    client.chmod(0o755)
    return client


def test_a_client_asks_the_mixed_workloads(tmp_path):
    body = (
        "endpoint.sendto(b'stop', worker)\n"
        "endpoint.recvfrom(100)\n"
        "what, start, seconds = call.split()\n"
        "assert float(seconds) == 0.2 and abs(float(start) - time.monotonic()) < 60\n"
        "print('{\"asked_%s\": 1}' % what.decode(), flush=True)\n"
    )
    arguments = ["--workloads=mixed/udp_*", "--workers=1,3"]
    rows = rows_of(*arguments, f"--udp-client={udp_client(tmp_path, body)}")
    assert len(rows) == 8
    for name, row in rows.items():
        what = "bandwidth" if "bandwidth" in name else "latency"
        assert row["metrics"][f"asked_{what}"] == [1]
        assert (row["metrics"]["cpu_rounds"][0] > 0) == (row["workers"] == 3)
        assert row["fixed_duration"] is True and "speedup" not in row


def test_default_workers_of_mixed(tmp_path):
    body = "endpoint.sendto(b'stop', worker)\nendpoint.recvfrom(100)\nprint('{\"x\": 1}')\n"
    client = udp_client(tmp_path, body)
    rows = rows_of("--workloads=mixed/udp_latency", "--modes=threads", f"--udp-client={client}")
    assert [row["workers"] for row in rows.values()] == [1, 2, 3, 5]


def test_a_client_that_measures_nothing_is_the_rows_error(tmp_path):
    body = "endpoint.sendto(b'stop', worker)\n"
    arguments = ["--workloads=mixed/udp_latency", "--modes=threads", "--workers=1"]
    row = rows_of(*arguments, f"--udp-client={udp_client(tmp_path, body)}", status=1)
    assert "udp client" in row["mixed/udp_latency/cpython_threads/workers:1"]["error_message"]
