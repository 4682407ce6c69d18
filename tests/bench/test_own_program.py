"""`./run new` and `./run check`: a workload file from its first line to its first run."""

import ast
import subprocess
import sys

import pytest
from conftest import ROOT, find_binary

TOOL = ROOT / "bench" / "own_program.py"


def tool(*words, folder):
    return subprocess.run([sys.executable, TOOL, *map(str, words)], cwd=folder, capture_output=True, text=True,
                          timeout=300)  # fmt: skip


def check(path):
    return tool("check", path, find_binary("bench_workloads"), folder=path.parent)


def only_line(done):
    assert done.returncode == 2 and done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


def test_from_the_template_to_the_right_answer(tmp_path):
    assert tool("new", "mine", folder=tmp_path).returncode == 0
    mine = tmp_path / "mine.py"
    before = mine.read_text()
    done = check(mine)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "filled into EXPECT: small, full" in done.stdout
    assert "right with 1 and 2 workers under global_lock" in done.stdout
    after = mine.read_text()
    expect = next(line for line in after.splitlines() if line.startswith("EXPECT"))
    answer = sum(number * number % 7 for number in range(1000))
    assert ast.literal_eval(expect.partition(" = ")[2])["small"] == answer
    assert after.replace(expect, "") == before.replace('EXPECT = {"small": ..., "full": ...}', "")
    again = check(mine)
    assert again.returncode == 0 and "filled" not in again.stdout
    assert mine.read_text() == after


def write(path, work="return 1", expect="{'small': 1}", head=""):
    path.write_text(f'"""It does."""\n{head}\nSHARING = "none"\nSIZES = {{"small": 1}}\nEXPECT = {expect}\n\n\n'
                    f"def work(state, size, worker, workers):\n    {work}\n\n\n"
                    "def combine(parts):\n    return parts[0]\n")  # fmt: skip
    return path


def test_what_is_there_already_stays(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("mine")
    assert "File exists" in only_line(tool("new", "mine", folder=tmp_path))
    assert path.read_text() == "mine"


def test_a_wrong_answer_is_told_and_not_replaced(tmp_path):
    path = write(tmp_path / "mine.py", expect="{'small': 2}")
    text = path.read_text()
    done = check(path)
    assert done.returncode == 1
    assert "CPython, size small: answers 1, and EXPECT says 2" in done.stdout
    assert path.read_text() == text


def test_what_is_not_supported_is_told_once(tmp_path):
    done = check(write(tmp_path / "mine.py", work="return 3 + 0 * len([1 @ 1 for _ in ()])", expect="{'small': 3}"))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1 and "mine.py" in done.stderr


def test_an_error_is_told_once_for_all_strategies(tmp_path):
    done = check(write(tmp_path / "mine.py", work="return [][1]"))
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines == ["CPython, size small: IndexError: list index out of range",
                     "failed under every strategy: IndexError: list index out of range"]


def test_an_answer_that_cannot_be_written_down(tmp_path):
    done = check(write(tmp_path / "mine.py", work="return object()", expect="{'small': ...}"))
    assert done.returncode == 2 and "cannot stand in EXPECT" in done.stderr


@pytest.mark.parametrize("text, said", [("x = (", "mine.py:1"), ("x = 1", "no function work"), ("", "no function work")])
def test_what_is_no_workload(tmp_path, text, said):
    path = tmp_path / "mine.py"
    path.write_text(text)
    assert said in only_line(check(path))


@pytest.mark.parametrize("needs", ['NEEDS = ("upstream")', 'NEEDS = ["upstream"]', 'NEEDS = ("udp_client", "redis")',
                                   "NEEDS = (1,)", "NEEDS = (*(),)", "NEEDS = None", 'NEEDS: tuple = ("redis",)'])
def test_what_is_no_service(tmp_path, needs):
    """The tool and the benchmark binary refuse it in the same words."""
    path = write(tmp_path / "mine.py", head=needs)
    said = f'{path}:2: NEEDS must be a tuple of services, as ("upstream",); services: upstream, udp_client\n'
    assert only_line(check(path)) == f"run: {said}"
    done = subprocess.run([find_binary("bench_workloads"), f"--program={path}"], capture_output=True, text=True,
                          timeout=60)  # fmt: skip
    assert only_line(done) == said


@pytest.mark.parametrize("head, asked", [('NEEDS = ("upstream",)', False), ('NEEDS = ("udp_client",)', False),
                                         ('NEEDS: tuple = ("upstream",)', False), ("NEEDS: tuple", True),
                                         ("# GILBENCH_UPSTREAM_PORT, GILBENCH_UDP_CLIENT_PORT", True)])
def test_what_needs_a_service_has_no_answer_without(tmp_path, head, asked):
    """CPython is asked for the answer, outside the bench, only where NEEDS names no service."""
    done = check(write(tmp_path / "mine.py", expect="{'small': 2}", head=head))
    assert done.returncode == 1
    assert ("CPython, size small: answers 1, and EXPECT says 2" in done.stdout) == asked


def test_constants_with_annotations(tmp_path):
    path = write(tmp_path / "mine.py", expect="{'small': ...}")
    path.write_text(path.read_text().replace("SHARING =", "SHARING: str =").replace("SIZES =", "SIZES: dict =")
                    .replace("EXPECT =", "EXPECT: dict ="))  # fmt: skip
    done = check(path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert 'EXPECT: dict = {"small": 1}\n' in path.read_text()


def test_expect_of_several_lines_and_other_letters(tmp_path):
    path = write(tmp_path / "mine.py", work="return 'é'", expect="{\n    # ünder\n    'small': ...,\n}  # ende", head="# é")
    done = check(path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "EXPECT = {\"small\": 'é'}  # ende\n" in path.read_text()


@pytest.mark.parametrize("expect, said", [("{**{}, 'small': ...}", "no plain text"), ("{'sm' + 'all': ...}", "no plain text"),
                                          ("dict(small=...)", "no dict")])
def test_expect_that_cannot_be_filled_in(tmp_path, expect, said):
    done = check(write(tmp_path / "mine.py", expect=expect))
    assert done.returncode == 2 and said in done.stderr and len(done.stderr.splitlines()) == 1


def test_an_answer_whose_text_is_an_error(tmp_path):
    done = check(write(tmp_path / "mine.py", work="return 10 ** 5000", expect="{'small': ...}"))
    assert done.returncode == 1 and "CPython, size small: ValueError" in done.stdout
