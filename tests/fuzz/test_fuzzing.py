"""The fuzzers themselves: the same programs from the same seed, planted faults found, nothing invented."""
import importlib
import os
import subprocess
import sys

import pytest

import known_differences
import natives
import session
from judging import NO_ANSWER, Judge
from programs import Program
from running import FOLDER, Binary, CPython

KINDS = list(session.KINDS)


def fuzz(build, *arguments, **environment):
    command = [sys.executable, str(FOLDER / "run"), f"--build={build}", "--jobs=1", *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=300,
                          env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment})


def findings(folder, what):
    return sorted(path for path in folder.glob(f"{what}-*"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_makes_the_same_programs(fake, kind):
    build = fake()
    word = f"--only={kind}/3"
    first, second = (fuzz(build, "--seed=5", word, "--print", PYTHONHASHSEED=h).stdout for h in "17")
    other = fuzz(build, "--seed=6", word, "--print").stdout
    assert first == second
    assert first != other or kind == "transfer"  # no strategy of the fake copies anything


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_found_where_nothing_is_wrong(fake, tmp_path, kind):
    if kind in ("concurrent", "transfer", "results"):
        pytest.skip("needs more than a fake run_program")
    done = fuzz(fake(), "--seed=3", f"--kinds={kind}", "--programs=2", f"--out={tmp_path / 'out'}")
    assert done.returncode == 0, done.stdout.decode()
    assert b"seed 3" in done.stdout and b"2 programs" in done.stdout
    assert b" 2 wasted" not in done.stdout and b" 2 refused" not in done.stdout


def test_a_planted_hang_is_found(fake, tmp_path):
    build, out = fake("time.sleep(600)"), tmp_path / "out"
    done = fuzz(build, "--seed=1", "--kinds=structured", "--programs=1", f"--out={out}", "--timeout=1",
                "--reduce=0")
    assert done.returncode == 1, done.stdout.decode()
    assert len(findings(out, "hang")) == len(findings(out, "*")) == 1


PLANTED = {
    "crash": "if 'isqrt(' in text: os.kill(os.getpid(), signal.SIGSEGV)",
    "leak": "if 'isqrt(' in text: sys.exit('run_program: leaked objects: 2')",
    "difference": "open(path, 'w').write(text.replace('math.isqrt(', 'repr('))",
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_fault_is_found_and_reduced(fake, tmp_path, what):
    build, out = fake(PLANTED[what]), tmp_path / "out"
    done = fuzz(build, "--seed=1", "--kinds=expressions", "--programs=1", f"--out={out}", "--reduce=15")
    assert done.returncode == 1, done.stdout.decode()
    assert findings(out, "*") == findings(out, what), done.stdout.decode()
    # Of several the longest: another may have nothing to be left out.
    folder = max(findings(out, what), key=lambda each: len((each / "program.py").read_text()))
    report = (folder / "report.txt").read_text()
    assert "--seed=1 --only=expressions/" in report
    assert "isqrt" in (folder / "program.py").read_text()
    small = (folder / "reduced.py").read_text()
    # How small is a matter of time: test_reducing.py asks that.
    assert "isqrt" in small and len(small) < len((folder / "program.py").read_text()) - 100, small


def test_a_planted_difference_of_whole_programs_is_found(fake, tmp_path):
    build = fake("open(path, 'w').write(text.replace('print(', 'print(1, '))")
    done = fuzz(build, "--seed=1", "--kinds=structured,mutations", "--programs=2", "--reduce=0",
                f"--out={tmp_path / 'out'}")
    assert done.returncode == 1, done.stdout.decode()


@pytest.fixture
def judge(fake, python, tmp_path):
    cpython = CPython(python)
    yield lambda planted="": Judge(Binary(fake(planted)), cpython, tmp_path, 10)
    cpython.close()


def script(text):
    return Program("structured", 0, text, strategies=("first",))


@pytest.mark.parametrize("text", ["print(1)", "1 / 0", "x = = 1", "import sys\nsys.exit(3)", "raise SystemExit('words')",
                                  "def f():\n    yield\n    return\nfor x in f(): print(x)", "print(object())"])
def test_equal_ends_are_no_finding(judge, text):
    assert judge().judge(script(text)) == []


def test_the_exit_status_and_the_last_line_count(judge):
    planted = "print('ValueError: other', file=sys.stderr); sys.exit(1)"
    [found] = judge(planted).judge(script("raise ValueError('one')"))
    assert (found.what, found.ours, found.theirs) == (
        "difference", "error: ValueError: other", "error: ValueError: one")
    [found] = judge("sys.exit(4)").judge(script("pass"))
    assert (found.ours, found.theirs) == ("exit status 4", "exit status 0")


def test_a_construct_that_is_left_out_is_no_finding(judge):
    planted = "print(path + ':1: yield from is not supported', file=sys.stderr); sys.exit(2)"
    one = judge(planted)
    assert one.judge(script("print(1)")) == []
    assert one.counts["refused"] == 1


def test_a_sanitizers_report_is_a_crash(judge):
    planted = "print('==1==ERROR: AddressSanitizer: heap-use-after-free on', file=sys.stderr); sys.exit(1)"
    [found] = judge(planted).judge(script("pass"))
    assert (found.what, found.detail) == ("crash", "ERROR: AddressSanitizer: heap-use-after-free")


def test_what_ends_nowhere_is_no_finding(judge):
    one = judge()
    one.timeout = 1
    assert one.judge(Program("mutations", 0, "while True: pass", strategies=("first",), endless=True)) == []
    assert one.counts["endless"] == 1


def test_the_order_of_a_set_is_known_and_only_that():
    assert known_differences.reason("[2, 1]", "[1, 2]", "list({1, 2})")
    assert not known_differences.reason("[2, 1]", "[1, 2]", "[1, 2]")
    assert not known_differences.reason("[2, 3]", "[1, 2]", "list({1, 2})")


class Anywhere:
    """What generators ask, answered without a binary."""

    strategies = sharing = ["threads"]
    copying = ["multi_process", "subinterpreters"]
    choose = session.Context.choose
    flags = session.Context.flags


@pytest.mark.parametrize("kind", ["transfer", "concurrent"])
def test_cpython_answers_every_workload(python, tmp_path, kind):
    cpython = CPython(python)
    try:
        for number in range(25):
            rng = session.random_for(1, kind, number)
            module = importlib.import_module(session.KINDS[kind][0])
            program = module.generate(rng, number, Anywhere())
            assert NO_ANSWER in program.text
            path = tmp_path / "program.py"
            path.write_text(program.text + program.driver, encoding="utf-8")
            outcome = cpython.run(path)
            assert outcome.status == 0, program.text + outcome.errors
            assert outcome.output.splitlines()[-1].split(" ")[0] in ("answer", "error")
    finally:
        cpython.close()


def test_natives_are_read_from_the_table():
    rows = [{"class": "list", "name": "append", "binding": "method", "names": []},
            {"class": "list", "name": "list", "binding": "constructor", "names": []},
            {"module": "math", "name": "isclose", "binding": "function", "names": ["a", "b"]},
            {"module": "nowhere", "name": "f", "binding": "function", "names": []},
            {"class": "int", "name": "real", "binding": "property", "names": []}]
    assert natives.table_by_listing(rows) == [("list", "append", ()), ("list", "", ()),
                                              ("math", "isclose", ("a", "b"))]


def test_bad_arguments_are_told(fake):
    build = fake()
    for word in ("--kinds=nonsense", "--strategies=none", "--only=x", "--build=/nowhere"):
        done = fuzz(build, word)
        assert done.returncode == 2 and done.stderr
