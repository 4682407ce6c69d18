"""What a worker gives up of what setup() made is free for what the worker makes: also where counts are biased."""

import os
import subprocess

import pytest

from test_run_program import STRATEGIES

# Texts, as the header of an object is 8 bytes larger under biased counts.
WORKLOAD = '''"""Drops what setup() made, and makes as much."""
SHARING = "write"
SIZES = {"small": 300_000}
EXPECT = {"small": 300_000}


def setup(size):
    state = [None] * size
    for i in range(size):
        state[i] = "%0100d" % i
    return state


def work(state, size, worker, workers):
    for i in range(size):
        state[i] = None
    for i in range(size):
        state[i] = "%0100d" % i
    return len(state)


def combine(parts):
    return parts[0]
'''


def peak_memory_kib(strategy, path):
    binary = os.path.join(os.environ["GILBENCH_BUILD_DIR"], "run_program")
    process = subprocess.Popen(
        [binary, f"--strategy={strategy}", "--workload", "--workers=1", path], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss


@pytest.mark.parametrize("strategy", [name for name in STRATEGIES if name.startswith("biased")])
def test_objects_of_an_owner_that_waits_are_freed(tmp_path, strategy):
    path = tmp_path / "program.py"
    path.write_text(WORKLOAD)
    taken = peak_memory_kib(strategy, path)
    # As many again would be half as much more; where there is nothing to compare with.
    if "atomic_refcount" in STRATEGIES:
        assert taken <= 1.1 * peak_memory_kib("atomic_refcount", path)
    path.write_text(WORKLOAD.replace("    for i in range(size):\n        state[i] = None\n", "    return size\n"))
    assert taken <= 1.1 * peak_memory_kib(strategy, path)
