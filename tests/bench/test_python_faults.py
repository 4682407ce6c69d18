"""Pythons as engines (--python): what faults of a program cost, its services, and what is left behind."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import sys

import pytest
from conftest import ROOT, gathered
from processes import alive, descendants, engines, services, wait_until
from python_runs import MODE_FLAGS, PROCESSES, THREADS, command, document_of, environment, metric, program, rows_of, run

both_modes = pytest.mark.parametrize("mode", ["threads", "processes"])

# ---- faults cost one row ----


@both_modes
def test_a_wrong_answer_has_no_time(tmp_path, mode):
    path = program(tmp_path, "return 1", expect=5)
    rows = rows_of(tmp_path, f"--program={path}", MODE_FLAGS[mode], "--workers=2", status=1)
    row = rows[f"program/mine/cpython_{mode}/workers:2"]
    assert row["error_kind"] == "wrong_answer"
    assert row["error_message"] == "wrong answer: 2 instead of 5"
    assert "real_time" not in row and "seconds" not in row


@both_modes
def test_an_error_in_a_worker_is_the_rows_and_the_others_go_on(tmp_path, mode):
    path = program(tmp_path, "return 1 // (1 - worker)", expect=1)
    flags = [f"--program={path}", "--workloads=cpu/nqueens", MODE_FLAGS[mode]]
    rows = rows_of(tmp_path, *flags, "--workers=1,2", status=1)
    row = rows[f"program/mine/cpython_{mode}/workers:2"]
    lines = row["error_message"].splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[1] == f'  File "{path}", line 6, in work'
    assert lines[-1].startswith("ZeroDivisionError: ")
    assert "real_time" not in row
    assert "real_time" in rows[f"program/mine/cpython_{mode}/workers:1"]
    assert "real_time" in rows[f"cpu/nqueens/cpython_{mode}/workers:2"]


def test_a_missing_module_is_told_once(tmp_path):
    path = program(tmp_path, "return 1")
    path.write_text("import no_such_module\n" + path.read_text())
    document, said = document_of(tmp_path, f"--program={path}", "--workers=1,2", status=1)
    rows = document["benchmarks"]
    assert len(rows) == 4 and all("ModuleNotFoundError" in row["error_message"] for row in rows)
    assert said.count("ModuleNotFoundError") == 1


def test_what_a_python_cannot_compile_is_its_rows_error(tmp_path):
    """Of another version than the one that has parsed it."""
    path = pathlib.Path.home() / ".pyenv/versions/3.8.18/bin/python"
    if not path.exists():
        pytest.skip("no Python 3.8")
    mine = program(tmp_path, "match worker:\n    case _:\n        return 1")
    document, said = document_of(tmp_path, f"--python={path}", f"--program={mine}", "--workers=1,2", status=1)
    assert all(row["error_message"] == f"{mine}:6: SyntaxError: invalid syntax" for row in document["benchmarks"])
    assert said.count("SyntaxError") == 1


def test_a_killed_worker_process_is_named_with_its_signal(tmp_path):
    work = "import os\nif worker == 1:\n    os.kill(os.getpid(), 9)\nreturn 1"
    path = program(tmp_path, work)
    rows = rows_of(tmp_path, f"--program={path}", PROCESSES, "--workers=2", status=1)
    row = rows["program/mine/cpython_processes/workers:2"]
    assert row["error_kind"] == "killed"
    assert row["error_message"] == "worker 1 was killed by SIGKILL"


def test_a_worker_that_leaves_early(tmp_path):
    path = program(tmp_path, "import os\nos._exit(3)")
    rows = rows_of(tmp_path, f"--program={path}", PROCESSES, "--workers=1", status=1)
    assert rows["program/mine/cpython_processes/workers:1"]["error_message"] == \
        "worker 0 ended with exit status 3 and no result"  # fmt: skip


@both_modes
def test_an_endless_loop_ends_at_the_timeout(tmp_path, mode):
    path = program(tmp_path, "while True:\n    pass")
    flags = [f"--program={path}", MODE_FLAGS[mode], "--workers=2", "--timeout-s=0.5"]
    row = rows_of(tmp_path, *flags, status=1)[f"program/mine/cpython_{mode}/workers:2"]
    assert row["error_kind"] == "timeout"
    assert "500 ms" in row["error_message"]


@pytest.mark.parametrize("where", ["setup", "combine", "module", "stubborn"])
def test_an_endless_loop_elsewhere_ends_too(tmp_path, where):
    """Also where the program catches everything."""
    loop = "while True:\n        try:\n            while True:\n                pass\n        except BaseException:\n" \
           "            if stubborn:\n                stubborn.pop()\n            else:\n                raise\n"  # fmt: skip
    path = program(tmp_path, "return 1")
    text = path.read_text() + f"stubborn = {[1] if where == 'stubborn' else []}\n"
    if where == "combine":
        text = text.replace("    return sum(parts)", "    " + loop)
    elif where == "module":
        text += "if True:\n    " + loop
    else:
        text += "def setup(size):\n    " + loop
    path.write_text(text)
    (row,) = rows_of(tmp_path, f"--program={path}", THREADS, "--workers=1", "--timeout-s=0.3", status=1).values()
    assert row["error_kind"] == "timeout"


@pytest.mark.parametrize(
    "work, kind, name, words",
    [
        ("os.kill(os.getpid(), 11)", "signal", "SIGSEGV", "was killed by SIGSEGV"),
        ("os.kill(os.getpid(), 9)", "signal", "SIGKILL", "was killed by SIGKILL"),
        ("os.kill(os.getpid(), 19)", "stopped", "SIGSTOP", "was stopped by a signal"),
        ("os._exit(3)", "exit", None, "ended with exit status 3"),
        ("os._exit(0)", "exit", None, "ended with exit status 0"),
        ("import ctypes; ctypes.string_at(0)", "signal", "SIGSEGV", "was killed by SIGSEGV"),
    ],
)
def test_a_death_costs_one_row(tmp_path, work, kind, name, words):
    bad = program(tmp_path, f"import os\nprint('last words', flush=True)\nif workers == 2:\n    {work}\nreturn 1",
                  name="bad", expect=1)  # fmt: skip
    good = program(tmp_path, "return 1", name="good")
    flags = [f"--program={bad}", f"--program={good}", "--workers=1,2", THREADS]
    rows = rows_of(tmp_path, *flags, "--benchmark_repetitions=2", status=1)
    row = rows.pop("program/bad/cpython_threads/workers:2")
    assert row["error_kind"] == "crash" and words in row["error_message"]
    assert row["failure"]["kind"] == kind and row["failure"].get("signal") == name
    assert "last words" in row["failure"]["said"]
    rows.pop("program/good/cpython_threads/workers:2")  # two workers answer 2
    assert len(rows) == 2 and all(len(row["seconds"]) == 2 for row in rows.values())


def test_the_row_tells_where_the_program_was(tmp_path):
    path = program(tmp_path, "import ctypes\nif worker == 1:\n    ctypes.string_at(0)\nreturn 1")
    rows = rows_of(tmp_path, f"--program={path}", "--workers=2", status=1)
    row = rows["program/mine/cpython_threads/workers:2"]
    assert row["error_message"].endswith("was killed by SIGSEGV, in work (mine.py:8)")
    (current,) = [thread for thread in row["failure"]["stacks"] if "current" in thread]
    assert current["thread"] == "worker"
    assert current["frames"] == [{"file": str(path), "line": 8, "function": "work"}]
    row = rows["program/mine/cpython_processes/workers:2"]
    assert row["error_message"] == "worker 1 was killed by SIGSEGV, in work (mine.py:8)"
    assert (row["error_kind"], row["failure"]["kind"], row["failure"]["signal"]) == ("killed", "worker", "SIGSEGV")


def test_a_hang_is_ended_at_its_limit(tmp_path):
    """It does not listen to what ends others at their time limit."""
    path = program(tmp_path, "return 1")
    path.write_text("import signal\n" + path.read_text() + "def setup(size):\n"
                    "    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})\n    while True:\n        pass\n")  # fmt: skip
    good = program(tmp_path, "return 1", name="good")
    flags = [f"--program={path}", f"--program={good}", THREADS, "--workers=1", "--timeout-s=0.1"]
    rows = rows_of(tmp_path, *flags, status=1)
    row = rows["program/mine/cpython_threads/workers:1"]
    assert row["error_kind"] == row["failure"]["kind"] == "hang"
    assert ", in setup (mine.py:" in row["error_message"]
    assert "real_time" in rows["program/good/cpython_threads/workers:1"]


def test_metrics_that_fail_are_the_rows_error(tmp_path):
    path = program(tmp_path, "return 1")
    path.write_text(path.read_text() + "def metrics(parts):\n    return {'x': parts.y}\n")
    rows = rows_of(tmp_path, f"--program={path}", "--workers=1", THREADS, status=1)
    assert "AttributeError" in rows["program/mine/cpython_threads/workers:1"]["error_message"]


@both_modes
def test_what_cannot_be_said_in_json_or_sent(tmp_path, mode):
    path = program(tmp_path, "raise ValueError(chr(0xD800) + '\\0 ä')")
    (row,) = rows_of(tmp_path, f"--program={path}", "--workers=1", MODE_FLAGS[mode], status=1).values()
    assert row["error_message"].splitlines()[-1].startswith("ValueError: ")
    path = program(tmp_path, "return lambda: 1")
    rows = rows_of(tmp_path, f"--program={path}", "--workers=1", MODE_FLAGS[mode], status=1)
    (row,) = rows.values()
    assert ("TypeError" if mode == "threads" else "pickle") in row["error_message"]


def test_descriptors_that_a_program_closes_harm_no_row(tmp_path):
    bad = program(tmp_path, "import os\nos.closerange(3, 5000)\nreturn 1", name="bad")
    good = program(tmp_path, "return 1", name="good")
    rows = rows_of(tmp_path, f"--program={bad}", f"--program={good}", "--workers=1", THREADS)
    assert len(rows) == 2 and all("real_time" in row for row in rows.values())


# ---- services ----


def test_services_come_from_the_bench(tmp_path):
    rows = rows_of(tmp_path, "--workloads=io/udp_echo,io/upstream_request", "--workers=2")
    assert all("real_time" in row for row in rows.values()) and len(rows) == 4


def test_a_client_asks_the_mixed_workloads(tmp_path):
    rows = rows_of(tmp_path, "--workloads=mixed/udp_*", "--workers=1,3")
    assert len(rows) == 8
    for name, row in rows.items():
        assert metric(row, "packets_per_second" if "bandwidth" in name else "latency_p50_ms") > 0
        assert (metric(row, "cpu_rounds") > 0) == (row["workers"] == 3)
        assert row["fixed_duration"] is True and "speedup" not in row
        assert ("histograms" in row) == ("latency" in name)


def test_a_client_that_is_never_called_is_the_rows_error(tmp_path):
    path = program(tmp_path, "return 1")
    path.write_text('NEEDS = ("udp_client",)\n' + path.read_text())
    (row,) = rows_of(tmp_path, f"--program={path}", "--workers=1", THREADS, status=1).values()
    assert "udp_client" in row["error_message"]


def test_a_service_that_dies_is_the_rows_error(tmp_path):
    process = waiting(tmp_path, THREADS, head='NEEDS = ("upstream",)\n')
    os.kill(services(process.pid, "upstream")[0], signal.SIGKILL)
    assert process.wait(timeout=60) == 1
    rows = gathered(json.loads((tmp_path / "rows.json").read_text())["benchmarks"])
    row = rows["program/slow/cpython_threads/workers:1"]
    assert (row["error_kind"], row["error_message"]) == ("error", "upstream was killed by SIGKILL during the run")


# ---- its end ----


def waiting(folder, *flags, head=""):
    """A bench that has finished one row and waits in the next, of a program that begins with `head`."""
    started = folder / "started"
    slow = program(folder, f"open({str(started)!r}, 'w').close()\nimport time\ntime.sleep(100)", name="slow")
    slow.write_text(head + slow.read_text())
    quick = program(folder, "return 1", name="quick")
    process = subprocess.Popen(
        command(f"--program={quick}", f"--program={slow}", "--workers=1", f"--benchmark_out={folder / 'rows.json'}",
                "--benchmark_enable_random_interleaving=false", *flags),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())  # fmt: skip
    wait_until(lambda: started.exists() or process.poll() is not None)
    assert process.poll() is None
    return process


@both_modes
def test_control_c_saves_the_finished_rows(tmp_path, mode):
    process = waiting(tmp_path, MODE_FLAGS[mode])
    started = descendants(process.pid)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
    rows = json.loads((tmp_path / "rows.json").read_text())["benchmarks"]
    assert {row["workload"] for row in rows} == {"program/quick"}
    wait_until(lambda: not any(map(alive, started)))


class Engine:
    """bench/python_engine.py as the bench sees it."""

    def __init__(self):
        self.socket, theirs = socket.socketpair()
        self.lines = self.socket.makefile()
        words = [sys.executable, ROOT / "bench" / "python_engine.py", f"--engine-process={theirs.fileno()}"]
        self.process = subprocess.Popen(words, pass_fds=[theirs.fileno()])
        theirs.close()

    def say(self, message):
        self.socket.sendall(json.dumps(message).encode() + b"\n")

    def hear(self):
        return json.loads(self.lines.readline())


def test_an_interrupt_between_question_and_run_is_not_lost(tmp_path):
    path = str(program(tmp_path, "import time\ntime.sleep(100)"))
    engine = Engine()
    assert engine.hear()["hello"] == 1
    engine.say({"program": {"path": path, "source": open(path).read()}})
    assert engine.hear() == {"ready": path}
    engine.say({"row": {"name": "a", "strategy": "cpython_threads", "program": path, "size": "small", "workers": 1,
                        "timeout_ms": 60_000}})  # fmt: skip
    assert engine.hear() == {"run": "a"}
    engine.process.send_signal(signal.SIGINT)
    engine.say({"environment": []})
    assert engine.hear() == {"ran": False}
    engine.say({"metrics": {}})
    assert engine.hear()["reply"]["status"] == "interrupted"
    engine.lines.close()
    engine.socket.close()
    assert engine.process.wait(timeout=30) == 0


@both_modes
def test_a_killed_bench_takes_its_processes_along(tmp_path, mode):
    process = waiting(tmp_path, MODE_FLAGS[mode])
    started = descendants(process.pid)
    assert len(started) == (2 if mode == "threads" else 3)
    process.kill()
    process.wait()
    wait_until(lambda: not any(map(alive, started)))


def test_a_killed_engine_takes_its_processes_along(tmp_path):
    process = waiting(tmp_path, PROCESSES)
    seen = set()
    for _ in range(2):  # its block is repeated once
        wait_until(lambda: set(engines(process.pid)) - seen and len(descendants(process.pid)) == 3)
        (engine,) = engines(process.pid)
        started = descendants(engine)
        assert len(started) == 2
        seen.add(engine)
        os.kill(engine, signal.SIGKILL)
        wait_until(lambda: not any(map(alive, started)))
    assert process.wait(timeout=60) == 1
    lost = [row for row in json.loads((tmp_path / "rows.json").read_text())["benchmarks"] if "failure" in row]
    assert [row["failure"]["signal"] for row in lost] == ["SIGKILL"]


def test_no_temporary_file_outlives_its_run(tmp_path):
    """Neither the engine's own nor those of a program that fails."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    work = "import tempfile\ntempfile.mkstemp()\nassert tempfile.gettempdir() != {!r}\nreturn 1 // worker"
    path = program(tmp_path, work.format(str(folder)))
    flags = command(f"--program={path}", "--workers=1", f"--benchmark_out={tmp_path / 'rows.json'}")
    done = subprocess.run(flags, capture_output=True, timeout=60, env={**environment(), "TMPDIR": str(folder)})
    assert done.returncode == 1
    rows = json.loads((tmp_path / "rows.json").read_text())["benchmarks"]
    assert all("ZeroDivisionError" in row["error_message"] for row in rows)
    assert list(folder.iterdir()) == []


def test_no_bytecode_is_left_beside_the_sources(tmp_path):
    before = set(ROOT.glob("bench/__pycache__/*")) | set(tmp_path.glob("__pycache__"))
    flags = command(f"--program={program(tmp_path, 'return 1')}", "--workers=1")
    plain = {name: value for name, value in environment().items() if name != "PYTHONDONTWRITEBYTECODE"}
    assert subprocess.run(flags, capture_output=True, timeout=60, env=plain).returncode == 0
    assert set(ROOT.glob("bench/__pycache__/*")) | set(tmp_path.glob("__pycache__")) == before


def test_prints_are_shown_with_verbose_alone(tmp_path):
    path = program(tmp_path, "print('hello from mine')\nreturn 1")
    flags = (f"--program={path}", "--workers=1", THREADS)
    assert "hello" not in (done := run(*flags)).stdout + done.stderr
    assert "hello from mine\n" in run(*flags, "--verbose").stderr
