"""run_program as a user meets it: output, exit codes, one clear line for what it cannot do."""

import os
import pathlib
import re
import signal
import subprocess
import time

import pytest

WORKLOAD = '''"""Count."""
SHARING = "none"
SIZES = {"small": 10}
EXPECT = {"small": %s}


def work(state, size, worker, workers):
    return len(range(worker, size, workers))


def combine(parts):
    return sum(parts)
'''


def run_program(*arguments):
    binary = pathlib.Path(os.environ["GILBENCH_BUILD_DIR"]) / "run_program"
    return subprocess.run([binary, *map(str, arguments)], capture_output=True, text=True, timeout=60)


# Every strategy of this build, as the binary names them to who asks for another.
STRATEGIES = run_program("--strategy=?", "x.py").stderr.partition("strategies: ")[2].split(", ")
STRATEGIES[-1] = STRATEGIES[-1].rstrip()


def write(folder, text):
    path = folder / "program.py"
    path.write_text(text)
    return path


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_script_prints(tmp_path, strategy):
    done = run_program(f"--strategy={strategy}", write(tmp_path, "print('a', 1 + 2 ** 70)\n"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "a 1180591620717411303425\n", "")


def test_an_error_ends_with_its_traceback(tmp_path):
    path = write(tmp_path, "print('before')\ndef f():\n    return 1 / 0\nf()\n")
    done = run_program(path)
    assert done.returncode == 1
    assert done.stdout == "before\n"
    assert done.stderr == (
        "Traceback (most recent call last):\n"
        f'  File "{path}", line 4, in <module>\n    f()\n'
        f'  File "{path}", line 3, in f\n    return 1 / 0\n'
        "ZeroDivisionError: division by zero\n"
    )


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_workload_says_answer_seconds_and_what_leaked(tmp_path, strategy):
    path = write(tmp_path, WORKLOAD % 10)
    done = run_program(f"--strategy={strategy}", "--workload", "--workers=3", path)
    assert done.returncode == 0, done.stderr
    values = {line.rpartition(" ")[0].strip(): line.split()[-1] for line in done.stdout.splitlines()}
    assert values["answer"] == "10"
    assert values["leaked objects"] == "0"
    assert float(values["seconds"]) > 0


def test_without_the_collector_what_is_left_is_told(tmp_path):
    path = write(tmp_path, WORKLOAD % 10 + "\nring = []\nring.append(ring)\n")
    for words in ([], ["--gc=on"]):
        done = run_program("--workload", *words, path)
        assert "uncollected_objects" not in done.stdout
    done = run_program("--workload", "--gc=off", path)
    assert done.returncode == 0, done.stderr
    values = {line.rpartition(" ")[0].strip(): line.split()[-1] for line in done.stdout.splitlines()}
    assert (values["leaked objects"], values["uncollected_objects"]) == ("0", "1")


def test_a_wrong_answer_is_an_error(tmp_path):
    done = run_program("--workload", write(tmp_path, WORKLOAD % 11))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "wrong answer: expected 11, got 10\n"


def test_a_workload_without_end_is_ended(tmp_path):
    text = WORKLOAD % 10 + "\ndef combine(parts):\n    while True:\n        pass\n"
    done = run_program("--workload", "--timeout-s=0.2", write(tmp_path, text))
    assert done.returncode == 1
    assert done.stderr.startswith("timeout"), done.stderr


def test_dis_prints_instructions_and_runs_nothing(tmp_path):
    done = run_program("--dis", write(tmp_path, "print('ran')\n"))
    assert done.returncode == 0
    assert "<module>" in done.stdout
    assert "\nran" not in done.stdout


@pytest.mark.parametrize(
    "arguments, needed",
    [
        (["--strategy=nonsense", "x.py"], ["nonsense", *STRATEGIES]),
        (["--nonsense", "x.py"], ["nonsense", "--strategy", "--workload", "--workers"]),
        (["--strat=x", "x.py"], ["strat", "--strategy"]),
        ([], ["FILE.py", "--strategy"]),
        (["--workers=0", "x.py"], ["--workers"]),
        (["--workers=many", "x.py"], ["workers"]),
        (["--timeout-s=0", "x.py"], ["--timeout-s"]),
        (["no_such_file.py"], ["no_such_file.py"]),
    ],
)
def test_usage_errors_are_one_line(arguments, needed):
    done = run_program(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    for word in needed:
        assert word in done.stderr


@pytest.mark.parametrize(
    "text, line, reason",
    [
        ("x = 1\nasync def f(): pass\n", 2, "async def is not supported"),
        ("x = = 1\n", 1, "SyntaxError: invalid syntax"),
    ],
)
def test_a_refused_program_is_named_by_file_line_and_construct(tmp_path, text, line, reason):
    path = write(tmp_path, text)
    done = run_program(path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{path}:{line}: {reason}\n"


def test_a_workload_without_work_is_refused(tmp_path):
    path = write(tmp_path, (WORKLOAD % 10).replace("def work", "def play"))
    done = run_program("--workload", path)
    assert done.returncode == 2
    assert done.stderr == f"{path}:1: no function work(state, size, worker, workers)\n"


def test_an_unknown_size_is_refused(tmp_path):
    done = run_program("--workload", "--size=huge", write(tmp_path, WORKLOAD % 10))
    assert done.returncode == 2
    assert "huge" in done.stderr and "small" in done.stderr


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_ctrl_c_ends_a_run(tmp_path, strategy):
    ready = tmp_path / "ready"
    path = write(tmp_path, (WORKLOAD % 10).replace(
        "    return len",
        f"    import os\n    os.close(os.open({str(ready)!r}, os.O_CREAT | os.O_WRONLY))\n"
        "    while True:\n        pass\n    return len"))
    binary = pathlib.Path(os.environ["GILBENCH_BUILD_DIR"]) / "run_program"
    process = subprocess.Popen([binary, f"--strategy={strategy}", "--workload", "--workers=2", path],
                               stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 30
        while not ready.exists():
            assert time.monotonic() < deadline and process.poll() is None
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=30)
        assert (process.returncode, error) == (130, "interrupted\n")
    finally:
        process.kill()


@pytest.mark.skipif("per_object_lock" not in STRATEGIES, reason="not in this build")
def test_the_naive_lock_order_ends_in_a_deadlock_that_is_told():
    path = pathlib.Path(__file__).parents[2] / "workloads" / "mixed" / "opposite_extend.py"
    flags = ("--strategy", "per_object_lock", "--workload", "--workers", "2", "--size", "full")
    done = run_program(*flags, "--naive-lock-order", path)
    assert done.returncode == 1
    assert "RuntimeError: deadlock: worker " in done.stderr
    assert done.stderr.count(" holds the list at 0x") == 2


ABANDONED = '''def raises():
    try:
        yield 1
    finally:
        raise KeyError("in the end")


def answers():
    try:
        yield 1
    except GeneratorExit:
        yield 2


def chained():
    try:
        yield 1
    finally:
        try:
            1 / 0
        except ZeroDivisionError:
            raise ValueError("instead")


for make in (raises, answers, chained):
    generator = make()
    next(generator)
    generator = None
print("end")
'''


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_what_closing_a_generator_raises_is_told_and_ignored(tmp_path, strategy):
    path = write(tmp_path, ABANDONED)
    done = run_program(f"--strategy={strategy}", path)
    assert (done.returncode, done.stdout) == (0, "end\n")
    told = re.sub("0x[0-9a-f]+", "0x", done.stderr).split("Exception ignored in: ")
    assert sorted(told) == sorted([
        "",
        "<generator object raises at 0x>\nTraceback (most recent call last):\n"
        f'  File "{path}", line 5, in raises\n    raise KeyError("in the end")\n'
        "KeyError: 'in the end'\n",
        "<generator object answers at 0x>\nRuntimeError: generator ignored GeneratorExit\n",
        "<generator object chained at 0x>\nTraceback (most recent call last):\n"
        f'  File "{path}", line 22, in chained\n    raise ValueError("instead")\n'
        "ValueError: instead\n",
    ])
