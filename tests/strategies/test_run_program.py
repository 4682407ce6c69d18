"""run_program as a user meets it: output, exit codes, one clear line for what it cannot do."""

import errno
import itertools
import os
import pathlib
import resource
import re
import signal
import socket
import subprocess
import threading
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


# What each strategy's essay says of sys.getrefcount().
REFERENCES = """import sys
a = []
b = a
def f():
    x = [1]
    y = [x, x]
    return sys.getrefcount(x)
print(sys.getrefcount(a), sys.getrefcount([]), f())
print(sys.getrefcount(None), sys.getrefcount(f))
"""
NEVER_COUNTED = 2**32 - 1
IMMORTAL = ["atomic_immortal", "biased_immortal", "biased_deferred", "biased_refcount"]
DEFERRED = ["biased_deferred", "biased_refcount"]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_program_may_ask_for_counts(tmp_path, strategy):
    done = run_program(f"--strategy={strategy}", write(tmp_path, REFERENCES))
    assert (done.returncode, done.stderr) == (0, "")
    ours, shared = ([int(word) for word in line.split()] for line in done.stdout.splitlines())
    if strategy == "tracing_gc":
        assert ours + shared == [0] * 5
        return
    assert ours == [3, 1, 4]
    assert (shared[0] == NEVER_COUNTED) == (strategy in IMMORTAL)
    assert (shared[1] == NEVER_COUNTED) == (strategy in DEFERRED)
    assert 2 <= shared[1]


def test_getrefcount_wants_one_object(tmp_path):
    done = run_program(write(tmp_path, "import sys\nsys.getrefcount()\n"))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("TypeError: ")


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


@pytest.mark.parametrize("text", ["del SIZES", "del EXPECT", "del work", "del combine", "SIZES = 3"])
def test_a_workload_that_unbinds_what_is_needed_is_refused(tmp_path, text):
    path = write(tmp_path, WORKLOAD % 10 + text + "\n")
    done = run_program("--workload", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1 and done.stderr.startswith(f"{path}:"), done.stderr


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("text, last", [
    ("if SIZES: del SIZES", "NameError: name 'SIZES' is not defined"),
    ("if SIZES: del EXPECT", "NameError: name 'EXPECT' is not defined"),
    ("if SIZES: del work", "run_program: the program has no work()"),
    ("for SIZES in [3]: pass", "TypeError: 'int' object is not subscriptable"),
    ("for EXPECT in [None]: pass", "TypeError: 'NoneType' object is not subscriptable"),
    ("SIZES.clear()", "KeyError: 'small'"),
    ("EXPECT.clear()", "KeyError: 'small'"),
])
def test_what_is_unbound_at_run_time_is_an_error_of_the_run(tmp_path, strategy, text, last):
    done = run_program(f"--strategy={strategy}", "--workload", write(tmp_path, WORKLOAD % 10 + text + "\n"))
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert done.stderr.splitlines()[-1] == last


@pytest.mark.parametrize("mode", [[], ["--workload"], ["--dis"]])
@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/", "/dev/stdin", "no_such_file.py"])
def test_what_is_no_file_is_refused(mode, path):
    binary = pathlib.Path(os.environ["GILBENCH_BUILD_DIR"]) / "run_program"
    done = subprocess.run([binary, *mode, path], capture_output=True, text=True, timeout=60,
                          stdin=subprocess.PIPE)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1 and done.stderr.startswith(f"{path}:1: ")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    done = run_program(tmp_path / "pipe")
    assert done.returncode == 2 and done.stderr.endswith("not a plain file\n")


def test_a_file_without_an_end_in_sight_is_refused(tmp_path):
    path = tmp_path / "program.py"
    with open(path, "wb") as file:
        file.truncate(1 << 36)  # takes no room
    done = run_program(path)
    assert (done.returncode, done.stderr) == (2, f"{path}:1: more than 64 MiB\n")


PRINTING = {
    "at the end": "print('x')\n",
    "when asked": "print('x', flush=True)\n",
    "when much": "for number in range(100_000): print(number)\n",
}


@pytest.mark.parametrize("text", PRINTING.values(), ids=PRINTING)
@pytest.mark.parametrize("where", ["device", "pipe"])
def test_output_that_cannot_be_written_is_exit_status_1(tmp_path, text, where):
    if where == "device":
        output = os.open("/dev/full", os.O_WRONLY)
    else:
        reader, output = os.pipe()
        os.close(reader)
    binary = pathlib.Path(os.environ["GILBENCH_BUILD_DIR"]) / "run_program"
    done = subprocess.run([binary, write(tmp_path, text)], stdout=output, stderr=subprocess.PIPE, text=True,
                          timeout=60)
    os.close(output)
    reason = "No space left on device" if where == "device" else "Broken pipe"
    assert done.returncode == 1
    assert done.stderr == f"run_program: cannot write to standard output: {reason}\n"


def test_help_and_answers_that_cannot_be_written(tmp_path):
    binary = pathlib.Path(os.environ["GILBENCH_BUILD_DIR"]) / "run_program"
    path = write(tmp_path, WORKLOAD % 10)
    for words in (["--help"], ["--dis", path], ["--workload", path]):
        with open("/dev/full", "w") as full:
            done = subprocess.run([binary, *words], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
        assert done.returncode == 1 and "cannot write to standard output" in done.stderr


@pytest.mark.parametrize("numbers", [(0,), (1,), (2,), (0, 1, 2)])
def test_closed_descriptors_lead_to_nowhere(tmp_path, numbers):
    """A file that the program opens has none of their numbers, and its output goes to no file."""
    made = tmp_path / "made"
    path = write(tmp_path, f"import os\nfd = os.open({str(made)!r}, os.O_CREAT | os.O_WRONLY)\n"
                 "print('said', flush=True)\nos.write(fd, str(fd > 2).encode())\n")
    binary = pathlib.Path(os.environ["GILBENCH_BUILD_DIR"]) / "run_program"

    def close():
        for number in numbers:
            os.close(number)

    done = subprocess.run([binary, path], preexec_fn=close, timeout=60)
    assert done.returncode == 0
    assert made.read_text() == "True"


def test_a_file_beyond_the_limit_is_an_error_of_the_program(tmp_path):
    """As under CPython, which ignores SIGXFSZ as well."""
    made = tmp_path / "made"
    path = write(tmp_path, f"import os\nfd = os.open({str(made)!r}, os.O_CREAT | os.O_WRONLY)\n"
                 "try:\n    while True: os.write(fd, b'x' * 1000)\n"
                 "except OSError as error:\n    print(error.errno)\n")
    binary = pathlib.Path(os.environ["GILBENCH_BUILD_DIR"]) / "run_program"

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))

    done = subprocess.run([binary, path], preexec_fn=limit, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, f"{errno.EFBIG}\n")


def test_a_million_hexadecimal_digits(tmp_path):
    """CPython reads them in 0.01 s. Quadratic time would be 24 s and more; the limit is generous."""
    digits = {"0x": "7" * 1_000_000, "0o": "7" * 1_000_000, "0b": "1" * 1_000_000}
    text = "".join(f"{name} = {prefix}{digits[prefix]}\n" for name, prefix in zip("xyz", digits))
    text += "n = -" + "0x" + digits["0x"] + "\n"
    text += "print(x.bit_length(), y.bit_length(), z.bit_length(), x % 1009, -n == x)\n"
    text += "print(int(hex(x), 16) == x, int(oct(y), 8) == y, int(bin(z), 2) == z, int(format(x, 'x'), 16) == x)\n"
    path = write(tmp_path, text)
    start = time.monotonic()
    done = run_program(path)
    assert time.monotonic() - start < (60 if os.environ.get("GILBENCH_SANITIZE") else 10)
    remainder = int(digits["0x"], 16) % 1009
    assert done.stdout == (f"3999999 3000000 1000000 {remainder} True\nTrue True True True\n"), done.stderr


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_lost_datagram_is_sent_again(strategy):
    """By an echo service that loses some and answers one too late, when it has been sent again."""
    endpoint = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    endpoint.bind(("127.0.0.1", 0))

    def serve():
        for number in itertools.count(1):
            question, sender = endpoint.recvfrom(4096)
            if question == b"end":
                return
            if number == 20:
                time.sleep(0.7)
            if number % 35 != 0:
                endpoint.sendto(question, sender)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    path = pathlib.Path(__file__).parents[2] / "workloads" / "io" / "udp_echo.py"
    environment = {**os.environ, "GILBENCH_UPSTREAM_UDP_PORT": str(endpoint.getsockname()[1])}
    binary = pathlib.Path(os.environ["GILBENCH_BUILD_DIR"]) / "run_program"
    done = subprocess.run([binary, f"--strategy={strategy}", "--workload", "--workers=2", path],
                          env=environment, capture_output=True, text=True, timeout=60)
    endpoint.sendto(b"end", endpoint.getsockname())
    thread.join(timeout=10)
    endpoint.close()
    assert done.returncode == 0, done.stderr
    assert "51200" in done.stdout


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


def test_a_trace_tells_each_instruction_before_it_runs(tmp_path):
    text = "def double(x):\n    return x + x\n\nprint(double(21))\n"
    done = run_program("--trace", write(tmp_path, text))
    assert (done.returncode, done.stdout) == (0, "42\n")
    lines = done.stderr.splitlines()
    assert all(line.startswith("main | ") for line in lines)
    inside = [line for line in lines if line.startswith("main |  double  2  ")]
    assert any("RETURN" in line for line in inside), inside
    # Those of --dis, in the order in which they ran.
    listed = run_program("--dis", write(tmp_path, text)).stdout
    for line in lines:
        assert re.sub(r"^main \| +\S+  ", "  ", line) in listed


@pytest.mark.parametrize("strategy", [name for name in STRATEGIES if name in ("global_lock_ticks", "event_loop")])
def test_a_trace_changes_no_answer(tmp_path, strategy):
    done = run_program(f"--strategy={strategy}", "--trace", "--workload", "--workers=2", write(tmp_path, WORKLOAD % 10))
    assert done.returncode == 0, done.stderr
    assert "worker 1 | " in done.stderr


def test_a_trace_where_objects_have_locks_is_refused(tmp_path):
    if "biased_refcount" not in STRATEGIES:
        pytest.skip("not built")
    done = run_program("--strategy=biased_refcount", "--trace", write(tmp_path, "pass\n"))
    assert done.returncode == 2
    assert done.stderr.startswith("run_program: --trace: not under biased_refcount; strategies: global_lock, ")
