"""bench_workloads as users run it, over real engines: what the fake ones cannot show."""

import json
import os
import pathlib
import signal
import subprocess
import time

import pytest
from conftest import find_binary, gathered, need
from processes import alive, descendants, wait_until

WORKLOAD = """SHARING = "none"
SIZES = {"small": 1}
EXPECT = {"small": 1}


def work(state, size, worker, workers):
    return 1


def combine(parts):
    return parts[0]
"""


def run(*flags):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BENCHMARK_")}
    return subprocess.run(
        [find_binary("bench_workloads"), "--size=small", "--benchmark_repetitions=1", *flags],
        env=environment, text=True, capture_output=True, timeout=120,
    )  # fmt: skip


def rows_of(path):
    return gathered(json.loads(path.read_text())["benchmarks"])


def measure(folder, *flags):
    """The rows by name."""
    out = folder / "results.json"
    done = run(f"--benchmark_out={out}", *flags)
    assert done.returncode == 0, done.stderr
    return rows_of(out)


def test_an_event_loop_that_is_hogged_answers_nothing_meanwhile(tmp_path):
    """One task computes to the end of the 0.2 seconds, so none of the questions is answered before:
    the median of their waits is about 100 ms. Load on the machine adds to them."""
    need("event_loop")
    rows = measure(tmp_path, "--strategies=event_loop", "--workloads=mixed/udp_*", "--workers=1,2")
    assert len(rows) == 4
    for workers in (1, 2):
        row = rows[f"mixed/udp_latency/event_loop/workers:{workers}"]
        assert 40 <= row["metrics"]["questions"][0] <= 100
        assert sum(row["histograms"]["latency"]["buckets"].values()) == row["metrics"]["questions"][0]
    latency = rows["mixed/udp_latency/event_loop/workers:2"]["metrics"]
    assert latency["latency_p50_ms"][0] > 85
    assert latency["latency_max_ms"][0] > 199
    assert latency["cpu_rounds"][0] > 0
    assert rows["mixed/udp_latency/event_loop/workers:2"]["longest_wait_seconds"] > 0.09
    bandwidth = rows["mixed/udp_bandwidth/event_loop/workers:2"]["metrics"]
    assert (bandwidth["packets_per_second"], bandwidth["packets_answered"]) == ([0], [0])


def test_a_construct_that_is_not_supported_is_named(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(WORKLOAD + "\n\nasync def later():\n    pass\n")
    done = run(f"--program={path}")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{path}:14: async def is not supported\n"


# ---- Ctrl-C ----


@pytest.mark.parametrize("strategy", ["multi_process", "atomic_refcount", "global_lock"])
def test_ctrl_c_saves_finished_rows_and_leaves_no_process(tmp_path, strategy):
    need(strategy)
    marks, out = tmp_path / "marks", tmp_path / "results.json"
    quick, endless = tmp_path / "quick.py", tmp_path / "endless.py"
    quick.write_text(WORKLOAD)
    marks.touch()
    endless.write_text("import os\n" + WORKLOAD.replace("    return 1\n", f"""
    mark = os.open({str(marks)!r}, os.O_WRONLY | os.O_APPEND)
    os.write(mark, b"x")
    while True:
        pass
"""))  # fmt: skip
    process = subprocess.Popen(
        [find_binary("bench_workloads"), f"--program={quick}", f"--program={endless}", "--size=small",
         f"--strategies={strategy}", "--workers=2", "--timeout-s=600", "--benchmark_repetitions=1",
         "--benchmark_enable_random_interleaving=false", f"--benchmark_out={out}"],
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        wait_until(lambda: process.poll() is not None or marks.stat().st_size == 2, 120)
        started = descendants(process.pid)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the whole group
        _, said = process.communicate(timeout=120)
        assert process.returncode == 130, said
        assert "1 rows with times saved" in said
        assert [*rows_of(out)] == [f"program/quick/{strategy}/workers:2"]
        assert started and not any(map(alive, started))
        assert not list(tmp_path.glob("*.tmp"))
    finally:
        process.kill()  # if it has not ended; its processes end with it
