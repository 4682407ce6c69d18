"""Bad input and faults: one clear line, nothing lost, the exit code that was promised."""

import os
import signal
import time

import pytest
from conftest import find_binary, gathered
from processes import alive, children, descendants, services, wait_until


def only_line(done):
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.parametrize(
    "flag, needed",
    [
        ("--strategies=fake_lock,nonsense", ["nonsense", "fake_lock", "fake_process"]),
        ("--workloads=cpu/z*", ["cpu/z*", "cpu/a"]),
        ("--nonsense", ["--nonsense", "--strategies", "--workers"]),
        ("--strat=fake_lock", ["--strat", "--strategies"]),
        ("--benchmark_nonsense=1", ["--benchmark_nonsense"]),
        ("stray", ["--strategies"]),
        ("--workers=0", ["--workers"]),
        ("--workers=two", ["--workers", "two"]),
        ("--workers=", ["--workers"]),
        ("--timeout-s=-1", ["--timeout-s"]),
        ("--timeout-s=soon", ["timeout-s"]),
        ("--switch-interval-us=0", ["--switch-interval-us"]),
        ("--upstream-delay-ms=-1", ["--upstream-delay-ms"]),
        ("--size=huge", ["huge", "small", "full"]),
        ("--benchmark_format=xml", ["xml", "json"]),
        ("--benchmark_repetitions=0", ["--benchmark_repetitions"]),
        ("--benchmark_filter=nothing_like_it", ["nothing_like_it"]),
        ("--benchmark_filter=(", ["--benchmark_filter"]),
    ],
)
def test_bad_flag(harness, flag, needed):
    harness.add("cpu/a")
    done = harness.run(flag)
    assert done.returncode == 2
    line = only_line(done)
    for text in needed:
        assert text in line
    assert harness.log() == []


WORKLESS = """SHARING = "none"
SIZES = {"full": 1}
EXPECT = {"full": 1}


def walk(state, size, worker, workers):
    return 1
"""


@pytest.mark.parametrize("binary", ["bench_workloads_fake", "bench_workloads"])
@pytest.mark.parametrize(
    "text, reason",
    [
        (None, ":1: no such file"),
        ("x = 1\n\ny = = 2  # fake: syntax_error\n", ":3: SyntaxError: invalid syntax"),
        (WORKLESS, ":1: no function work"),
    ],
    ids=["missing", "broken", "workless"],
)
def test_bad_programs(harness, tmp_path, binary, text, reason):
    harness.add("cpu/a")
    harness.binary = find_binary(binary)
    path = tmp_path / "program.py"
    if text is not None:
        path.write_text(text)
    done = harness.run(f"--program={path}", "--workloads=cpu/*", f"--benchmark_out={harness.out}")
    assert (done.returncode, done.stdout) == (2, "")
    assert only_line(done).startswith(f"{path}{reason}")
    assert harness.log() == [] and not harness.out.exists()


@pytest.mark.parametrize("what", ["/dev/zero", "/dev/null", "/", "pipe"])
def test_programs_that_are_no_files(harness, tmp_path, what):
    """None is waited for, and none is read without end."""
    if what == "pipe":
        what = str(tmp_path / "pipe")
        os.mkfifo(what)
    harness.binary = find_binary("bench_workloads")
    done = harness.run(f"--program={what}", f"--benchmark_out={harness.out}")
    assert (done.returncode, done.stdout) == (2, "")
    assert only_line(done).startswith(f"{what}:1: ")
    assert not harness.out.exists()


def test_size_that_a_program_lacks(harness, tmp_path):
    path = tmp_path / "mine.py"
    harness.write(path, "small_only")
    done = harness.run(f"--program={path}")
    assert done.returncode == 2 and "its sizes: small" in only_line(done)


@pytest.mark.parametrize("where", ["missing/results.json", "."])
def test_results_not_writable(harness, tmp_path, where):
    harness.add("cpu/a")
    done = harness.run(f"--benchmark_out={tmp_path / where}")
    assert done.returncode == 2
    assert "cannot write" in only_line(done)
    assert harness.log() == []


def test_results_appear_only_whole(harness):
    harness.add("cpu/a", "wait")
    harness.out.write_text("old")
    process = harness.start(f"--benchmark_out={harness.out}", "--strategies=fake_lock", "--workers=1")
    wait_until(harness.log)
    assert harness.out.read_text() == "old"
    process.kill()
    process.wait()
    assert harness.out.read_text() == "old"


@pytest.mark.parametrize(
    "directive, kind, message",
    [
        ("error", "error", "ValueError: told to"),
        ("wrong", "wrong_answer", "wrong answer: 41 instead of 42"),
        ("timeout", "timeout", "timeout after 60 s"),
        ("killed", "killed", "worker 1 was killed by SIGKILL"),
        ("leak", "leak", "3 objects leaked"),
        ("throw", "error", "the engine broke"),
    ],
)
def test_failed_row_is_marked_and_the_others_go_on(harness, directive, kind, message):
    harness.add("cpu/bad", f"{directive}@fake_lock")
    harness.add("cpu/good")
    rows = harness.rows("--workers=1", code=1)
    failed = rows.pop("cpu/bad/fake_lock/workers:1")
    assert message in failed["error_message"]
    assert failed["error_kind"] == kind
    assert failed["error_occurred"] is True
    assert failed["time_unit"] is None
    for key in ("real_time", "cpu_time", "seconds", "answer", "skipped"):
        assert key not in failed
    assert len(rows) == 3
    assert all(len(row["seconds"]) == 3 for row in rows.values())
    assert len(harness.log()) == 10  # 3 rows of 3 runs, and the failed one is not repeated


def test_traceback_goes_to_stderr_once(harness):
    path = harness.add("cpu/bad", "error")
    done = harness.run("--strategies=fake_lock", "--workers=1")
    assert done.returncode == 1
    assert done.stderr.count("Traceback (most recent call last):") == 1
    assert f'File "{path}", line 7, in work' in done.stderr
    table = [line for line in done.stdout.splitlines() if line.startswith("cpu/bad/")]
    assert len(table) == 1 and table[0].endswith("error: ValueError: told to")


@pytest.mark.parametrize("run", [1, 2, 3])
def test_one_failed_repetition_fails_the_row(harness, run):
    harness.add("cpu/a", f"error_in={run}")
    row = harness.rows("--strategies=fake_lock", "--workers=1", code=1)["cpu/a/fake_lock/workers:1"]
    assert "seconds" not in row and row["error_kind"] == "error"
    assert len(harness.log()) == run


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_saves_finished_rows_and_leaves_no_child(harness, number):
    harness.add("cpu/a")
    harness.add("cpu/b", "wait", text='NEEDS = ("upstream",)')
    harness.add("cpu/c")
    process = harness.start(
        f"--benchmark_out={harness.out}",
        "--strategies=fake_process",
        "--workers=1",
        "--benchmark_enable_random_interleaving=false",
        start_new_session=True,
    )
    # The three runs of cpu/a, then cpu/b waits in an engine process beside the upstream service.
    wait_until(lambda: len(harness.log()) == 4 and len(children(process.pid)) == 2)
    started = descendants(process.pid)
    os.killpg(process.pid, number)  # as a terminal does: to the whole group
    assert process.wait(timeout=60) == 130
    names = list(gathered(harness.results()["benchmarks"]))
    assert names == ["cpu/a/fake_process/workers:1"]
    assert len(harness.log()) == 4
    assert not [pid for pid in started if alive(pid)]
    assert not list(harness.folder.glob("*.tmp"))


@pytest.mark.parametrize("run", [1, 2, 3])
def test_interrupted_row_keeps_the_repetitions_it_has(harness, run):
    harness.add("cpu/a", f"interrupt_in={run}")
    harness.add("cpu/b")
    flags = ("--strategies=fake_lock", "--workers=1", "--benchmark_enable_random_interleaving=false")
    rows = harness.rows(*flags, code=130)
    assert {name: len(row["seconds"]) for name, row in rows.items()} == (
        {"cpu/a/fake_lock/workers:1": run - 1} if run > 1 else {}
    )
    assert len(harness.log()) == run


def test_killed_harness_takes_its_service_along(harness):
    harness.add("io/a", "wait", text='NEEDS = ("upstream",)')
    process = harness.start("--strategies=fake_lock", "--workers=1")
    wait_until(lambda: harness.log() and services(process.pid, "upstream"))
    (service,) = services(process.pid, "upstream")
    process.kill()
    process.wait()
    wait_until(lambda: not alive(service))


def test_harness_without_standard_input_keeps_its_service(harness):
    harness.add("io/a", "wait", text='NEEDS = ("upstream",)')
    process = harness.start("--strategies=fake_lock", "--workers=1", preexec_fn=lambda: os.close(0))
    wait_until(lambda: harness.log() and services(process.pid, "upstream"))
    (service,) = services(process.pid, "upstream")
    time.sleep(0.2)  # a service that finds its own stdin closed ends at once
    assert alive(service)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
