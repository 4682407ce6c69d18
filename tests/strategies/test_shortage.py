"""Programs under a limit of the address space: an error with a name, never a signal or a hang.

Not under sanitizers, which need more of the address space than any limit leaves.
"""

import os
import pathlib
import resource
import subprocess

import pytest

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("GILBENCH_SANITIZE")), reason="a sanitizer needs the whole address space"
)
BINARY = pathlib.Path(os.environ["GILBENCH_BUILD_DIR"]) / "run_program"
KIB = 1024
MIB = 1024 * KIB


def run_within(limit, *arguments):
    def prepare():
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    return subprocess.run(
        [BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=120, preexec_fn=prepare
    )


def strategies():
    told = subprocess.run([BINARY, "--strategy=?", "x.py"], capture_output=True, text=True).stderr
    return told.partition("strategies: ")[2].split(", ")


STRATEGIES = [name.strip() for name in strategies()]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_small_objects_until_memory_ends(tmp_path, strategy):
    path = tmp_path / "program.py"
    path.write_text(
        "kept = []\n"
        "try:\n"
        "    while True:\n"
        "        kept.append((len(kept), str(len(kept)), {len(kept): [kept]}))\n"
        "except MemoryError as error:\n"
        "    many = len(kept) > 1000\n"
        "    kept = None\n"
        "    print('MemoryError', many, error.args)\n"
        "print('after')\n"
    )
    done = run_within(400 * MIB, f"--strategy={strategy}", path)
    assert (done.returncode, done.stdout) == (0, "MemoryError True ()\nafter\n"), done.stderr


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_an_uncaught_memory_error_is_told(tmp_path, strategy):
    path = tmp_path / "program.py"
    path.write_text("kept = []\nwhile True:\n    kept.append([len(kept)])\n")
    done = run_within(400 * MIB, f"--strategy={strategy}", path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "MemoryError"


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_many_workers_little_memory(tmp_path, strategy):
    path = tmp_path / "program.py"
    path.write_text(
        "'''Nothing, by many.'''\n"
        "SHARING = 'none'\n"
        "SIZES = {'small': 1}\n"
        "EXPECT = {'small': 64}\n"
        "def work(state, size, worker, workers): return 1\n"
        "def combine(parts): return sum(parts)\n"
    )
    done = run_within(
        400 * MIB, f"--strategy={strategy}", "--workload", "--workers=64", "--timeout-s=60", path
    )
    if done.returncode == 0:
        assert done.stdout.startswith("answer         64\n")
    else:
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert done.stderr.startswith(("RuntimeError: can't start new thread", "MemoryError", "OSError"))
