"""What a row says beside its time, from the engine to `conclude`: memory, waiting, latencies, --cold."""

import json
import subprocess

import jsonschema
import pytest
from conftest import find_binary

MIB = 1 << 20


def seconds_of(row):
    return row["seconds"][0] if isinstance(row["seconds"], list) else row["seconds"]


def conclude(harness):
    done = subprocess.run([find_binary("conclude"), harness.out], text=True, capture_output=True,
                          timeout=60)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {(row["strategy"], row["workers"]): row for row in json.loads(done.stdout)["rows"]}


def test_memory_waiting_and_cpu_are_the_engines_own(harness, schema):
    harness.add("cpu/a", "cpu=0.25")
    rows = harness.rows("--workers=1,3", "--benchmark_repetitions=1")
    jsonschema.validate(harness.results(), schema)
    for row in rows.values():
        assert row["pss_bytes"] == (10 + 2 * row["workers"]) * MIB
        assert row["cpu_seconds"] == 0.25 and row["cpu_time"] == 250
        assert (row["voluntary_switches"], row["involuntary_switches"]) == (1000, 2000)
        assert row["waiting_cores"] == pytest.approx(0.1)
    # Nothing in the runtime makes processes wait.
    assert "longest_wait_seconds" not in rows["cpu/a/fake_process/workers:3"]
    assert rows["cpu/a/fake_lock/workers:3"]["longest_wait_seconds"] == 0.005
    found = conclude(harness)
    memory = found["fake_lock", 3]["memory_per_worker_bytes"]
    assert memory == {"mean": 2 * MIB, "low": None, "high": None, "blocks": 1}
    assert found["fake_lock", 1]["memory_per_worker_bytes"] is None


def test_cold_times_count_the_start_up(harness, schema):
    harness.add("cpu/a", "seconds=0.5")
    flags = ("--strategies=fake_lock", "--workers=4", "--benchmark_repetitions=1")
    warm = harness.rows(*flags)["cpu/a/fake_lock/workers:4"]
    assert "cold" not in harness.results()["context"]
    cold = harness.rows(*flags, "--cold")["cpu/a/fake_lock/workers:4"]
    jsonschema.validate(harness.results(), schema)
    assert harness.results()["context"]["cold"] is True
    assert warm["startup_seconds"] == cold["startup_seconds"] == pytest.approx(0.004)
    assert seconds_of(warm) == pytest.approx(0.5)
    assert seconds_of(cold) == pytest.approx(0.504)
    assert cold["real_time"] == pytest.approx(504)


def test_latencies_are_pooled(harness, schema):
    harness.add("mixed/a", "call=latency 0.2", "metric=cpu_rounds:7",
                text='FIXED_DURATION = True\nNEEDS = ("udp_client",)')  # fmt: skip
    row = next(iter(harness.rows("--strategies=fake_lock", "--workers=2",
                                 "--benchmark_repetitions=1").values()))
    jsonschema.validate(harness.results(), schema)
    histogram = row["histograms"]["latency"]
    assert (histogram["unit"], histogram["growth"]) == ("ns", 1.01)
    latency = conclude(harness)["fake_lock", 2]["latency"]
    assert latency["questions"] == sum(histogram["buckets"].values()) >= 40
    assert 0 < latency["p50"] < 1
    assert "p99" not in latency
