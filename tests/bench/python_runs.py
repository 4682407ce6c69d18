"""Runs of bench_workloads with a Python as engine, and their rows: for the tests of --python."""

import json
import os
import subprocess
import sys

from conftest import find_binary, gathered

PYTHON = f"--python={sys.executable}"
THREADS = "--benchmark_filter=_threads[^/]*/"
PROCESSES = "--benchmark_filter=_processes[^/]*/"
MODE_FLAGS = {"threads": THREADS, "processes": PROCESSES}


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


def command(*flags):
    """Without those of our flags that the caller has given."""
    given = {flag.partition("=")[0] for flag in flags}
    ours = [flag for flag in ("--size=small", "--strategies=none", PYTHON) if flag.partition("=")[0] not in given]
    return [find_binary("bench_workloads"), "--benchmark_repetitions=1", "--quiet", *ours, *flags]


def environment():
    return {name: value for name, value in os.environ.items() if not name.startswith("BENCHMARK_")}


def run(*flags, limit=120):
    return subprocess.run(command(*flags), capture_output=True, text=True, timeout=limit, env=environment())


def document_of(folder, *flags, status=0):
    out = folder / "results.json"
    done = run(f"--benchmark_out={out}", *flags)
    assert done.returncode == status, done.stdout + done.stderr
    return json.loads(out.read_text()), done.stderr


def rows_of(folder, *flags, status=0):
    """The rows by name, their repetitions gathered."""
    document, _ = document_of(folder, *flags, status=status)
    return gathered(document["benchmarks"])


def metric(row, name):
    """Of the first repetition."""
    return row["metrics"][name][0]


def only_line(done):
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr
