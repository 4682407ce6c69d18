"""Engine processes: where rows are run, what a death of one costs, and what the harness says of it."""

import json
import os
import pathlib
import random
import signal
import subprocess
import threading
import time

import jsonschema
import pytest
from conftest import find_binary, gathered, need, without_own_handlers
from processes import alive, arguments, children, descendants, engines, services, wait_until

IN_ORDER = "--benchmark_enable_random_interleaving=false"
ONE = ("--strategies=fake_lock", "--workers=1", "--benchmark_repetitions=1")


def only(rows):
    assert len(rows) == 1
    return next(iter(rows.values()))


def failed_row(harness, *flags):
    return only({name: row for name, row in harness.rows(*flags, code=1).items() if "failure" in row})


# ThreadSanitizer delivers a signal when it sees fit.
needs_signals_at_once = pytest.mark.skipif(
    "tsan" in os.environ.get("GILBENCH_BUILD_DIR", ""), reason="signals come late under the race detector"
)

# ---- a death costs one row ----


@pytest.mark.parametrize(
    "directive, kind, name, words",
    [
        ("crash=SEGV", "signal", "SIGSEGV", "was killed by SIGSEGV"),
        ("crash=ABRT", "signal", "SIGABRT", "was killed by SIGABRT"),
        ("crash=KILL", "signal", "SIGKILL", "was killed by SIGKILL"),
        ("crash=STOP", "stopped", "SIGSTOP", "was stopped by a signal, and was ended"),
        ("exit=3", "exit", None, "ended with exit status 3"),
        ("exit=0", "exit", None, "ended with exit status 0"),
        ("garble", "protocol", None, "sent what is no message"),
        ("close_descriptors=2000", "exit", None, "ended with exit status 1"),
    ],
)
def test_a_death_costs_one_row(harness, schema, directive, kind, name, words):
    harness.add("cpu/a")
    harness.add("cpu/bad", f"{directive}@fake_lock", "print_error=last words@fake_lock")
    harness.add("cpu/c")
    rows = harness.rows("--workers=1,2", code=1)
    jsonschema.validate(harness.results(), schema)
    lost = [rows.pop(f"cpu/bad/fake_lock/workers:{workers}") for workers in (1, 2)]
    for row in lost:
        assert row["error_kind"] == "crash" and "real_time" not in row
        assert words in row["error_message"]
        assert row["failure"]["kind"] == kind and row["failure"].get("signal") == name
        assert row["failure"]["said"].endswith("last words\n")
    assert len(rows) == 10 and all(len(row["seconds"]) == 3 for row in rows.values())


@pytest.mark.parametrize("directive", ["crash=SEGV", "crash=STOP"])
def test_the_row_tells_where_the_program_was(harness, directive):
    path = harness.add("cpu/a", directive)
    row = failed_row(harness, *ONE)
    assert [thread["thread"] for thread in row["failure"]["stacks"]] == ["main"]
    assert row["failure"]["stacks"][0]["frames"] == [{"file": str(path), "line": 7, "function": "work"}]
    assert row["error_message"].endswith(", in work (a.py:7)")


def test_a_death_is_one_line_in_the_table_and_a_stack_on_stderr(harness):
    path = harness.add("cpu/a", "crash=SEGV", "print=said before")
    done = harness.run(*ONE)
    assert done.returncode == 1
    lines = [line for line in done.stdout.splitlines() if line.startswith("cpu/a/")]
    assert len(lines) == 1
    assert lines[0].endswith("error: the engine process was killed by SIGSEGV, in work (a.py:7)")
    assert f'  File "{path}", line 7, in work\n' in done.stderr
    assert "It had said:\nsaid before\n" in done.stderr


def test_one_death_of_three_repetitions(harness):
    harness.add("cpu/a", "crash_in=2 SEGV@fake_lock")
    rows = harness.rows("--workers=1", code=1)
    assert rows["cpu/a/fake_lock/workers:1"]["error_kind"] == "crash"
    assert len(rows["cpu/a/fake_process/workers:1"]["seconds"]) == 3
    assert len(harness.log()) == 5


def test_a_worker_process_that_dies_tells_its_stack(harness):
    harness.add("cpu/a", "crash_worker=SEGV", "killed")
    row = failed_row(harness, *ONE)
    assert row["error_kind"] == "killed"
    assert row["error_message"] == "worker 1 was killed by SIGKILL, in work (a.py:7)"
    assert (row["failure"]["kind"], row["failure"]["signal"]) == ("worker", "SIGSEGV")


def test_a_hang_is_ended_at_its_limit(harness):
    harness.add("cpu/a", "hang@fake_lock")
    start = time.monotonic()
    rows = harness.rows("--workers=1", "--timeout-s=0.1", code=1)
    assert 5 < time.monotonic() - start < 30
    row = rows["cpu/a/fake_lock/workers:1"]
    assert row["error_kind"] == row["failure"]["kind"] == "hang"
    assert "did not answer within 6 s, and was ended, in work (a.py:7)" in row["error_message"]
    assert row["failure"]["stacks"][0]["thread"] == "main"
    assert len(rows["cpu/a/fake_process/workers:1"]["seconds"]) == 3


def test_only_the_end_of_what_was_said_is_kept(harness):
    harness.add("cpu/a", "print=" + "x" * 10_000 + "end", "exit=1")
    said = failed_row(harness, *ONE)["failure"]["said"]
    assert len(said) == 4096 and said.endswith("xxxend\n")


# ---- what an engine process has ----


def look_into(harness, *flags):
    """The harness and its engine process, while that waits in a row."""
    harness.add("cpu/a", "wait")
    process = harness.start(*ONE, *flags, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(lambda: harness.log())
    (engine,) = engines(process.pid)
    return process, engine


def test_an_engine_process_has_four_descriptors(harness, tmp_path):
    with open(tmp_path / "inherited", "w") as file:
        os.set_inheritable(file.fileno(), True)
        harness.add("cpu/a", "wait")
        process = harness.start(*ONE, f"--benchmark_out={harness.out}", close_fds=False,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        wait_until(lambda: harness.log())
        (engine,) = engines(process.pid)
        folder = pathlib.Path(f"/proc/{engine}/fd")
        # The fake engine's log, of which the line has been read, may not be closed yet.
        wait_until(lambda: len(list(folder.iterdir())) == 4)
        links = {int(fd.name): os.readlink(fd) for fd in folder.iterdir()}
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
    (socket,) = links.keys() - {0, 1, 2}
    assert socket > 1000 and links[socket].startswith("socket:")
    assert links[0] == "/dev/null"
    assert links[1].startswith("pipe:") and links[2].startswith("pipe:")


@pytest.mark.parametrize("directive", ["close_descriptors=200", "write_descriptors=200"])
def test_a_program_that_harms_descriptors_harms_no_results(harness, directive):
    harness.add("cpu/a", directive)
    harness.add("cpu/b")
    rows = harness.rows("--workers=1")
    assert len(rows) == 4 and all(len(row["seconds"]) == 3 for row in rows.values())


def test_prints_are_shown_with_verbose_alone(harness):
    harness.add("cpu/a", "print=hello from a", "print_error=and below")
    assert "hello" not in (done := harness.run(*ONE)).stdout + done.stderr
    done = harness.run(*ONE, "--verbose")
    assert "hello" not in done.stdout
    assert "hello from a\n" in done.stderr and "and below\n" in done.stderr


def test_a_flood_of_output_holds_nothing_up(harness):
    harness.add("cpu/a", *["print=" + "x" * 60_000] * 40)
    assert "seconds" in only(harness.rows(*ONE))


def test_no_python_is_started_by_an_engine_process(tmp_path):
    """Each process that is made is in the trace; the parent parses once, so there is one python3."""
    strace = subprocess.run(["sh", "-c", "command -v strace"], capture_output=True, text=True).stdout.strip()
    if not strace:
        pytest.skip("no strace")
    program = tmp_path / "program.py"
    program.write_text(
        'SHARING = "none"\nSIZES = {"small": 1}\nEXPECT = {"small": 1}\n'
        "def work(state, size, worker, workers):\n    return 1\n"
        "def combine(parts):\n    return 1\n"
    )
    trace = tmp_path / "trace"
    subprocess.run(
        [strace, "-f", "-s", "4096", "-e", "trace=execve", "-o", trace, find_binary("bench_workloads"), f"--program={program}",
         "--size=small", "--workers=1", "--strategies=global_lock", "--benchmark_repetitions=3"],
        check=True, capture_output=True, timeout=120,
        env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"},  # which traces the process itself
    )  # fmt: skip
    text = trace.read_text()
    assert text.count("ast_to_json.py") == 1
    assert text.count("--engine-process=") == 3


def test_ready_soon(harness):
    """The limit is 60 ms on an idle machine; here it is printed, and bounded against mistakes."""
    harness.add("cpu/a")
    harness.rows(*ONE)
    seconds = harness.results()["context"]["engine_ready_seconds"]
    print(f"ready after {seconds * 1000:.1f} ms")
    assert 0 < seconds < 5


def test_each_repetition_has_processes_of_its_own(harness):
    harness.add("cpu/a", "sleep=0.05")
    process = harness.start("--strategies=fake_lock", "--workers=1,2", stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)  # fmt: skip
    seen = set()
    while process.poll() is None:
        seen.update(engines(process.pid))
        time.sleep(0.002)
    assert process.returncode == 0
    assert len(seen) == 3


# ---- nothing is left behind ----


@pytest.mark.parametrize("strategy", ["fake_lock", "fake_process"])
def test_a_killed_harness_takes_its_processes_along(harness, strategy):
    harness.add("io/a", "wait", text='NEEDS = ("upstream",)')
    process = harness.start(f"--strategies={strategy}", "--workers=1", stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)  # fmt: skip
    expected = 2 if strategy == "fake_lock" else 3
    wait_until(lambda: harness.log() and len(descendants(process.pid)) == expected)
    started = descendants(process.pid)
    process.kill()
    process.wait()
    wait_until(lambda: not any(map(alive, started)))


def test_an_engine_that_dies_takes_its_workers_along(harness):
    harness.add("cpu/a", "wait")
    harness.add("cpu/b", "sleep=0.2")
    process = harness.start("--strategies=fake_process", "--workers=1", "--benchmark_repetitions=1", IN_ORDER,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    for runs in (1, 2):  # the block is repeated once
        wait_until(lambda: len(harness.log()) == runs and len(descendants(process.pid)) == 2)
        started = descendants(process.pid)
        os.kill(engines(process.pid)[0], signal.SIGKILL)
        wait_until(lambda: len(harness.log()) == runs + 1)
        assert not any(map(alive, started))
    assert process.wait(timeout=60) == 1


SIGNALS = [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL, signal.SIGSTOP]


def killer(process, random_, number):
    """Sends the signal to an engine process a random time after the first one has been started."""
    while process.poll() is None and not engines(process.pid):
        time.sleep(0.002)
    time.sleep(random_.uniform(0, 0.15))
    while process.poll() is None and not engines(process.pid):
        time.sleep(0.001)
    for engine in engines(process.pid):
        try:
            os.kill(engine, number)
            return
        except ProcessLookupError:
            pass


def kill_at_random(start, out, rows_expected, random_, number):
    """Runs the harness, which start() starts, and kills an engine process of it."""
    process = start()
    seen = set()
    thread = threading.Thread(target=killer, args=(process, random_, number))
    thread.start()
    while process.poll() is None:
        seen.update(descendants(process.pid))
        time.sleep(0.002)
    thread.join()
    said = process.stderr.read()
    process.stderr.close()
    rows = list(gathered(json.loads(out.read_text())["benchmarks"]).values())
    lost = [row for row in rows if "seconds" not in row]
    assert len(rows) == rows_expected and len(lost) <= 1, said
    assert all(len(row["seconds"]) == 2 and row["answer"] == "42" for row in rows if row not in lost)
    assert all(row["error_kind"] == "crash" for row in lost)
    assert process.returncode in ({1} if lost else {0, 1}), said
    wait_until(lambda: not any(map(alive, seen)))
    return len(lost)


def seeded():
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    return random.Random(seed)


@pytest.mark.parametrize("part", range(2 if os.environ.get("GILBENCH_SANITIZE") else 10))
def test_killed_a_hundred_times(harness, part):
    """Ten times ten: each costs one row at the most, and leaves neither a process nor a file. Under a
    sanitizer, where each takes seconds, twenty of them."""
    random_ = seeded()
    for name in "abc":
        harness.add(f"cpu/{name}", "sleep=0.005")

    def start():
        return harness.start(f"--benchmark_out={harness.out}", "--workers=1", "--benchmark_repetitions=2",
                             "--strategies=fake_process", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                             text=True)  # fmt: skip

    for number in random_.sample(SIGNALS * 3, 10):
        kill_at_random(start, harness.out, 3, random_, number)
        assert sorted(path.name for path in harness.folder.iterdir()) == ["results.json", "runs.log", "workloads"]


BUSY = """SHARING = "none"
SIZES = {"small": 20000}
EXPECT = {"small": 42}


def work(state, size, worker, workers):
    total = 0
    for i in range(size):
        total += i
    return total


def combine(parts):
    return 42
"""


@pytest.mark.parametrize("strategy", ["global_lock", "multi_process"])
def test_real_engines_killed_at_random(tmp_path, strategy):
    need(strategy)
    random_ = seeded()
    for name in "abc":
        (tmp_path / f"{name}.py").write_text(BUSY)
    out = tmp_path / "results.json"
    flags = [f"--program={tmp_path / name}.py" for name in "abc"]

    def start():
        return subprocess.Popen(
            [find_binary("bench_workloads"), *flags, "--size=small", f"--strategies={strategy}", "--workers=2",
             "--benchmark_repetitions=2", f"--benchmark_out={out}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    for number in random_.sample(SIGNALS * 2, 6):
        kill_at_random(start, out, 3, random_, number)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.py", "b.py", "c.py", "results.json"]


# ---- services ----


def test_upstream_that_dies_is_started_again(harness):
    harness.add("io/a", "wait", text='NEEDS = ("upstream",)')
    harness.add("io/b", "environment", text='NEEDS = ("upstream",)')
    process = harness.start(f"--benchmark_out={harness.out}", *ONE, IN_ORDER, "--upstream-delay-ms=0",
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    wait_until(lambda: harness.log() and services(process.pid, "upstream"))
    (service,) = services(process.pid, "upstream")
    os.kill(service, signal.SIGKILL)
    assert process.wait(timeout=60) == 1
    first, second, *_ = gathered(harness.results()["benchmarks"]).values()
    assert first["error_kind"] == "error"
    assert first["error_message"] == "upstream was killed by SIGKILL during the run"
    assert "GILBENCH_UPSTREAM_PORT=" in second["answer"]


def test_client_that_dies_fails_its_row_alone(harness):
    harness.add("mixed/a", "wait", text='NEEDS = ("udp_client",)')
    harness.add("mixed/b", "call=latency 0.05", text='NEEDS = ("udp_client",)')
    process = harness.start(f"--benchmark_out={harness.out}", *ONE, IN_ORDER, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)  # fmt: skip
    wait_until(lambda: harness.log() and services(process.pid, "udp_client"))
    os.kill(services(process.pid, "udp_client")[0], signal.SIGKILL)
    assert process.wait(timeout=60) == 1
    first, second = gathered(harness.results()["benchmarks"]).values()
    assert first["error_message"] == "udp_client was killed by SIGKILL during the run"
    assert "seconds" in second


# ---- a kill from outside ----


def kill_engine_once(harness, process, runs):
    """Kills the engine process when there have been so many runs."""
    wait_until(lambda: len(harness.log()) >= runs)
    for engine in engines(process.pid):
        os.kill(engine, signal.SIGKILL)


def test_a_block_whose_process_was_killed_is_repeated(harness, schema):
    for name in "ab":
        harness.add(f"cpu/{name}", "sleep=0.3")
    process = harness.start(f"--benchmark_out={harness.out}", "--workers=1", "--benchmark_repetitions=2",
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)  # fmt: skip
    kill_engine_once(harness, process, 2)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    results = harness.results()
    jsonschema.validate(results, schema)
    rows = gathered(results["benchmarks"])
    assert len(rows) == 4 and all(len(row["seconds"]) == 2 for row in rows.values())
    # Rows of a workload are side by side still.
    for name in "ab":
        assert rows[f"cpu/{name}/fake_lock/workers:1"]["block"] == rows[f"cpu/{name}/fake_process/workers:1"]["block"]
    assert len(harness.log()) in (9, 10)  # 8, and what was lost


def test_a_row_whose_process_is_killed_again_has_an_error(harness):
    harness.add("cpu/a", "crash=KILL@fake_lock", "sleep=0.01")
    rows = harness.rows("--workers=1", "--benchmark_repetitions=2", code=1)
    lost, kept = rows["cpu/a/fake_lock/workers:1"], rows["cpu/a/fake_process/workers:1"]
    assert lost["error_kind"] == "crash" and lost["failure"]["signal"] == "SIGKILL"
    assert len(kept["seconds"]) == 2
    assert sum(run[0] == "fake_lock" for run in harness.log()) == 2


# ---- other builds ----


def test_another_build_is_a_strategy_beside_ours(harness, schema, tmp_path):
    harness.add("cpu/a")
    other = tmp_path / "older"
    other.symlink_to(harness.binary)
    rows = harness.rows(f"--engine=before={other}", "--strategies=fake_lock", "--workers=1,2")
    results = harness.results()
    jsonschema.validate(results, schema)
    assert [*rows] == [f"cpu/a/{name}/workers:{workers}" for name in ("fake_lock", "before") for workers in (1, 2)]
    row = rows["cpu/a/before/workers:2"]
    assert (row["strategy"], row["engine"], row["engine_strategy"]) == ("before", "before", "fake_lock")
    assert len(row["seconds"]) == 3
    assert set(results["context"]["strategies"]) == {"fake_lock", "before"}
    assert set(results["context"]["engines"]["before"]) >= {"compiler", "flags", "commit"}


def test_several_strategies_of_another_build(harness):
    harness.add("cpu/a")
    rows = harness.rows(f"--engine=before={harness.binary}", "--workers=1")
    assert [row["strategy"] for row in rows.values()] == [
        "fake_lock", "fake_process", "before_fake_lock", "before_fake_process"]  # fmt: skip


def test_one_strategy_of_another_build_is_chosen(harness):
    harness.add("cpu/a")
    rows = harness.rows(f"--engine=old={harness.binary}:fake_process", "--strategies=fake_lock", "--workers=1")
    assert [row["strategy"] for row in rows.values()] == ["fake_lock", "old"]
    assert rows["cpu/a/old/workers:1"]["engine_strategy"] == "fake_process"


def test_builds_run_side_by_side(harness):
    for name in "ab":
        harness.add(f"cpu/{name}")
    harness.rows(f"--engine=old={harness.binary}:fake_process", "--strategies=fake_lock", "--workers=1",
                 "--benchmark_repetitions=8")  # fmt: skip
    runs = [(strategy, path) for strategy, path, *_ in harness.log()]
    pairs = [runs[i : i + 2] for i in range(0, len(runs), 2)]
    for first, second in pairs:
        assert first[1] == second[1] and {first[0], second[0]} == {"fake_lock", "fake_process"}
    assert len({first[0] for first, _ in pairs}) == 2


@pytest.mark.parametrize(
    "flag, needed",
    [
        ("--engine=before", "NAME=PATH"),
        ("--engine=Before=/bin/true", "NAME=PATH"),
        ("--engine=before=/nonexistent", "/nonexistent: No such file"),
        ("--engine=before=/bin/true", "is no gilbench engine"),
        ("--engine=before=/bin/cat", "is no gilbench engine"),
        ("--engine=before={binary}:nonsense", "its strategies: fake_lock, fake_process"),
        ("--engine=fake_lock={binary}:fake_lock", "there is a strategy 'fake_lock' already"),
    ],
)
def test_bad_engine(harness, flag, needed):
    harness.add("cpu/a")
    done = harness.run(flag.format(binary=harness.binary))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1 and needed in done.stderr
    assert harness.log() == []


# ---- the same with real engines ----

PROGRAM = """import os, time
SHARING = "none"
SIZES = {"small": 1}
EXPECT = {"small": 1}


def wait(mark):
    file = os.open(mark, os.O_WRONLY | os.O_APPEND)
    os.write(file, b"x")
    while True:
        time.sleep(0.01)


def work(state, size, worker, workers):
    print("working", worker)
    wait(MARK)


def combine(parts):
    return parts[0]
"""


@pytest.fixture
def real(tmp_path):
    marks = tmp_path / "marks"
    marks.touch()
    program, quick = tmp_path / "program.py", tmp_path / "quick.py"
    program.write_text(PROGRAM.replace("MARK", repr(str(marks))))
    quick.write_text(PROGRAM.replace("    wait(MARK)", "    return 1"))
    out = tmp_path / "results.json"

    def start(*flags):
        process = subprocess.Popen(
            [find_binary("bench_workloads"), f"--program={program}", f"--program={quick}", "--size=small",
             "--workers=2", "--benchmark_repetitions=1", IN_ORDER, f"--benchmark_out={out}", *flags],
            env=without_own_handlers(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        wait_until(lambda: process.poll() is not None or marks.stat().st_size == 2, 120)
        return process

    yield start, lambda: {row["workload"]: row for row in json.loads(out.read_text())["benchmarks"]}


@needs_signals_at_once
def test_a_real_crash_tells_every_thread(real, schema):
    start, rows = real
    process = start("--strategies=global_lock")
    os.kill(engines(process.pid)[0], signal.SIGABRT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1, said
    lost, kept = rows()["program/program"], rows()["program/quick"]
    assert "seconds" in kept
    assert lost["failure"]["signal"] == "SIGABRT"
    assert "working 0\n" in lost["failure"]["said"] and "working 1\n" in lost["failure"]["said"]
    stacks = {thread["thread"]: thread["frames"] for thread in lost["failure"]["stacks"]}
    for worker in ("worker 0", "worker 1"):
        functions = [(frame["function"], frame["line"]) for frame in stacks[worker]]
        assert functions[-1] == ("work", 16)
        assert functions[0][0] == "wait" and 8 <= functions[0][1] <= 11


@needs_signals_at_once
def test_a_real_worker_that_dies_tells_its_stack(real):
    need("multi_process")
    start, rows = real
    process = start("--strategies=multi_process")
    (engine,) = engines(process.pid)
    os.kill(children(engine)[1], signal.SIGSEGV)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1, said
    lost = rows()["program/program"]
    assert lost["error_kind"] == "killed" and lost["error_message"].startswith("worker 1 ")
    assert lost["failure"]["signal"] == "SIGSEGV"
    (stack,) = lost["failure"]["stacks"]
    assert stack["frames"][-1]["function"] == "work"
    assert "seconds" in rows()["program/quick"]


HARM = """import os
import threading
SHARING = "none"
SIZES = {"small": 1}
EXPECT = {"small": 2}
ONE_AT_A_TIME = threading.Lock()  # or a race detector would tell of theirs


def work(state, size, worker, workers):
    with ONE_AT_A_TIME:
        for descriptor in range(3, 200):
            try:
                os.write(descriptor, b"garbage")
            except OSError:
                pass
        for descriptor in range(0, 200):
            try:
                os.close(descriptor)
            except OSError:
                pass
    return 1


def combine(parts):
    return sum(parts)
"""


@pytest.mark.parametrize("strategy", ["global_lock", "multi_process"])
def test_a_real_program_that_harms_descriptors_has_a_time(tmp_path, strategy):
    need(strategy)
    program, out = tmp_path / "program.py", tmp_path / "results.json"
    program.write_text(HARM)
    done = subprocess.run(
        [find_binary("bench_workloads"), f"--program={program}", "--size=small", "--workers=2",
         f"--strategies={strategy}", "--benchmark_repetitions=3", f"--benchmark_out={out}"],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (row,) = gathered(json.loads(out.read_text())["benchmarks"]).values()
    assert len(row["seconds"]) == 3 and row["answer"] == "2"
