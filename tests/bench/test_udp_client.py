"""The client of the mixed workloads, and how the harness runs it beside a workload."""

import json
import os
import signal
import socket
import subprocess
import time

import jsonschema
import pytest


@pytest.fixture
def client(udp_client_binary):
    """Starts the client with flags; `port` is where it waits for the worker's call."""
    started = []

    def start(*flags):
        process = subprocess.Popen(
            [udp_client_binary, *flags], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        process.port = int(process.stdout.readline().removeprefix("udp "))
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def now(what, seconds, late=0.0):
    """A call to ask for that long, from now on or as one that comes late."""
    return f"{what} {time.monotonic() - late} {seconds}"


class Worker:
    """The other end, in this process: calls the client and sees its datagrams."""

    def __init__(self, client, call):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(30)
        self.socket.sendto(call.encode(), ("127.0.0.1", client.port))
        self.client = ("127.0.0.1", client.port)

    def receive(self):
        return self.socket.recv(65536)

    def answer(self, datagram):
        self.socket.sendto(datagram, self.client)

    def serve(self):
        """Answers everything up to and with "stop"; the datagrams before it."""
        seen = []
        while (datagram := self.receive()) != b"stop":
            seen.append(datagram)
            self.answer(datagram)
        self.answer(b"stop")
        return seen


def number_of(question):
    return int.from_bytes(question[:8], "little")


def result_of(client):
    result = json.loads(client.stdout.readline())
    assert client.wait(30) == 0
    return result


def test_latency_asks_on_its_schedule_and_in_order(client):
    process = client("--least-ms=5", "--most-ms=5")
    seen = Worker(process, now("latency", 0.1)).serve()
    result = result_of(process)
    assert [number_of(question) for question in seen] == list(range(20))
    assert result["questions"] == 20 and result["questions_unanswered"] == 0
    assert 0 < result["latency_p50_ms"] <= result["latency_max_ms"]
    assert "latency_p90_ms" not in result  # only two questions lie beyond it


def test_questions_are_at_random_times_within_limits(client):
    process = client("--least-ms=2", "--most-ms=12")
    worker = Worker(process, now("latency", 1))
    times = []
    while (datagram := worker.receive()) != b"stop":
        times.append(time.monotonic())
        worker.answer(datagram)
    worker.answer(b"stop")
    questions = result_of(process)["questions"]
    assert len(times) == questions and 1 / 0.012 <= questions <= 1 / 0.002
    apart = sorted(after - before for before, after in zip(times, times[1:]))
    # This process is late at times; so the middle of them speaks, and not each.
    assert apart[len(apart) // 4] < 0.0065 < 0.0075 < apart[len(apart) * 3 // 4]


def test_the_histogram_has_every_question_within_a_percent(client):
    process = client("--least-ms=2", "--most-ms=5")
    worker = Worker(process, now("latency", 0.4))
    time.sleep(0.2)  # those that were asked meanwhile wait for up to that long
    worker.serve()
    result = result_of(process)
    buckets = {int(index): count for index, count in result["histograms"]["latency"].items()}
    assert sum(buckets.values()) == result["questions"] and min(buckets.values()) > 0
    assert list(buckets) == sorted(buckets)
    longest_ms = 1.01 ** max(buckets) * 1e-6
    assert longest_ms <= result["latency_max_ms"] * (1 + 1e-6) <= longest_ms * 1.0101
    assert longest_ms > 150
    passed, middle_ms = 0, None
    for index, count in buckets.items():
        passed += count
        if middle_ms is None and passed >= result["questions"] / 2:
            middle_ms = 1.01 ** (index + 0.5) * 1e-6
    assert middle_ms == pytest.approx(result["latency_p50_ms"], rel=0.006)


def test_a_slow_answer_does_not_delay_the_next_question(client):
    """All questions come although none is answered, and the waiting counts for each of them."""
    process = client("--least-ms=5", "--most-ms=5")
    worker = Worker(process, now("latency", 0.1))
    held = [worker.receive() for _ in range(20)]
    late = time.monotonic()
    time.sleep(0.05)
    for question in held:
        worker.answer(question)
    assert worker.serve() == []
    result = result_of(process)
    assert time.monotonic() - late < 30
    assert result["questions_unanswered"] == 0
    # The first was due 95 ms before the last, and both waited for 50 ms more.
    assert result["latency_max_ms"] >= 145
    assert result["latency_p50_ms"] >= 50 + 5 * 9


@pytest.mark.parametrize("late", [0.15, 0.5])
def test_a_late_call_is_asked_everything_all_the_same(client, late):
    """Also one that comes when the time is up. No question before it is forgotten: as long as the
    worker could not be asked, it did not answer."""
    process = client("--least-ms=10", "--most-ms=10")
    seen = Worker(process, now("latency", 0.2, late=late)).serve()
    result = result_of(process)
    assert [number_of(question) for question in seen] == list(range(20))
    assert (result["questions"], result["questions_unanswered"]) == (20, 0)
    assert result["latency_max_ms"] >= 1000 * late
    assert result["latency_p50_ms"] >= 1000 * late - 10 * 10


def test_an_early_call_is_asked_when_it_is_due(client):
    process = client("--least-ms=20", "--most-ms=20")
    early = time.monotonic()
    worker = Worker(process, now("latency", 0.04, late=-0.2))
    worker.answer(worker.receive())
    assert time.monotonic() - early >= 0.2
    assert len(worker.serve()) == 1
    assert result_of(process)["questions"] == 2


def test_unanswered_questions_count_as_latency_to_the_end(client):
    process = client("--least-ms=20", "--most-ms=20")
    worker = Worker(process, now("latency", 0.4))
    first = worker.receive()
    worker.answer(first)
    while worker.receive() != b"stop":
        pass
    worker.answer(b"stop")
    result = result_of(process)
    assert (result["questions"], result["questions_unanswered"]) == (20, 19)
    # It waits for a second beyond the time that is set.
    assert result["latency_max_ms"] >= 1000 and result["latency_p50_ms"] >= 1000


def test_bandwidth_is_ping_pong_of_whole_packets(client):
    process = client()
    worker = Worker(process, now("bandwidth", 0.5))
    first = worker.receive()
    worker.socket.settimeout(0.1)
    with pytest.raises(TimeoutError):  # no second question before the first is answered
        worker.receive()
    worker.socket.settimeout(30)
    worker.answer(first)
    seen = [first, *worker.serve()]
    result = result_of(process)
    assert {len(question) for question in seen} == {1024}
    assert [number_of(question) for question in seen] == list(range(1, len(seen) + 1))
    assert result["packets_answered"] <= len(seen)
    assert result["packets_unanswered"] == 0


def test_bandwidth_is_over_the_whole_time_however_late_the_call(client):
    process = client()
    Worker(process, now("bandwidth", 0.5, late=0.4)).serve()
    result = result_of(process)
    assert result["packets_per_second"] == pytest.approx(result["packets_answered"] / 0.5)
    process = client()
    assert Worker(process, now("bandwidth", 0.1, late=0.1)).serve() == []
    result = result_of(process)
    assert (result["packets_per_second"], result["packets_unanswered"]) == (0, 0)


def test_bandwidth_survives_a_lost_packet(client):
    process = client("--bytes=64")
    worker = Worker(process, now("bandwidth", 2))
    lost = worker.receive()
    seen = worker.serve()
    result = result_of(process)
    assert number_of(seen[0]) == number_of(lost) + 1
    assert result["packets_unanswered"] >= 1 and result["packets_answered"] >= 1
    assert result["packets_per_second"] > 0


def test_a_worker_that_answers_nothing_ends_all_the_same(client):
    process = client()
    worker = Worker(process, now("bandwidth", 0.1))
    while worker.receive() != b"stop":
        pass
    worker.answer(b"stop")
    result = result_of(process)
    assert result["packets_per_second"] == 0


def test_stop_is_said_again_until_it_is_heard(client):
    process = client("--least-ms=20", "--most-ms=20")
    worker = Worker(process, now("latency", 0.02))
    worker.answer(worker.receive())
    assert [worker.receive() for _ in range(3)] == [b"stop"] * 3
    worker.answer(b"stop")
    assert result_of(process)["questions"] == 1


@pytest.mark.parametrize("what", ["latency", "bandwidth"])
def test_a_worker_that_is_gone_is_an_error(client, what):
    process = client()
    worker = Worker(process, now(what, 10))
    worker.receive()
    worker.socket.close()
    assert process.wait(30) == 1
    assert process.stdout.read() == ""


@pytest.mark.parametrize(
    "call",
    ["", "latency", "latency soon 1", "latency {now}", "dance {now} 1", "latency {now} inf",
     "latency {now} 0", "latency {now} -1", "latency nan 1", "latency 1e300 1"],
)  # fmt: skip
def test_a_call_that_it_does_not_understand(client, call):
    process = client()
    Worker(process, call.format(now=time.monotonic()))
    assert process.wait(30) == 1


def test_ends_with_its_stdin(client):
    process = client()
    process.stdin.close()
    assert process.wait(30) == 0


def test_ends_on_sigterm_but_not_on_ctrl_c(client):
    process = client("--least-ms=20", "--most-ms=20")
    process.send_signal(signal.SIGINT)
    worker = Worker(process, now("latency", 100))
    worker.answer(worker.receive())
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == -signal.SIGTERM


@pytest.mark.parametrize("flag", ["--least-ms=0", "--most-ms=1", "--bytes=7", "--bytes=100000", "--nonsense"])
def test_bad_flags(udp_client_binary, flag):
    done = subprocess.run([udp_client_binary, flag], capture_output=True, text=True, timeout=30)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1


# ---- the harness ----


def test_harness_runs_a_client_for_each_repetition(harness, schema):
    harness.add("mixed/a", "call=latency 0.1", "metric=cpu_rounds:7",
                text='FIXED_DURATION = True\nNEEDS = ("udp_client",)')  # fmt: skip
    rows = harness.rows("--workers=1,3", "--benchmark_repetitions=2")
    jsonschema.validate(harness.results(), schema)
    assert len(rows) == 4
    for row in rows.values():
        metrics = row["metrics"]
        assert metrics["questions"] == metrics["answered"]
        assert all(20 <= count <= 50 for count in metrics["questions"])
        assert metrics["cpu_rounds"] == [7, 7]
        assert all(value > 0 for value in metrics["latency_p50_ms"])
        assert row["fixed_duration"] is True


def test_default_workers_of_mixed(harness):
    harness.add("mixed/a", "metric=x:1")
    rows = harness.rows("--strategies=fake_lock", "--benchmark_repetitions=1")
    assert [row["workers"] for row in rows.values()] == [1, 2, 3, 5]


def test_a_program_that_never_calls_is_an_error(harness):
    harness.add("mixed/a", text='NEEDS = ("udp_client",)')
    harness.add("mixed/b")
    rows = harness.rows("--strategies=fake_lock", "--workers=1", code=1)
    failed = rows["mixed/a/fake_lock/workers:1"]
    assert "udp_client" in failed["error_message"] and "metrics" not in failed
    assert "seconds" in rows["mixed/b/fake_lock/workers:1"]


def test_switch_intervals_make_rows(harness, schema):
    harness.add("mixed/a", "metric=pauses:3")
    rows = harness.rows("--workers=2", "--switch-interval-us=100,1000", "--benchmark_repetitions=1")
    jsonschema.validate(harness.results(), schema)
    swept = [f"mixed/a/fake_lock/workers:2{suffix}" for suffix in ("", "/switch_us:1000")]
    assert list(rows) == [*swept, "mixed/a/fake_process/workers:2"]
    assert [rows[name]["switch_interval_us"] for name in swept] == [100, 1000]
    assert {(run[0], run[5]) for run in harness.log()} == {
        ("fake_lock", "100"), ("fake_lock", "1000"), ("fake_process", "100")
    }  # fmt: skip


def test_csv_with_rows_of_different_metrics(harness):
    harness.add("cpu/a")
    harness.add("cpu/b", "metric=pauses:3")
    done = harness.run("--benchmark_format=csv", "--strategies=fake_lock", "--workers=1")
    assert done.returncode == 0
    assert [line for line in done.stdout.splitlines() if line.startswith('"cpu/b/')]


def test_console_shows_metrics(harness):
    harness.add("cpu/a", "metric=pauses:3")
    assert "pauses=3" in harness.run("--strategies=fake_lock", "--workers=1").stdout


def test_interrupted_harness_leaves_no_client(harness):
    harness.add("mixed/a", "wait", text='NEEDS = ("udp_client",)')
    process = harness.start("--strategies=fake_lock", "--workers=1", start_new_session=True)
    deadline = time.monotonic() + 30
    children = []
    while not (harness.log() and children):
        assert time.monotonic() < deadline
        with open(f"/proc/{process.pid}/task/{process.pid}/children") as file:
            children = [int(child) for child in file.read().split()]
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=60) == 130
    assert not [child for child in children if os.path.exists(f"/proc/{child}")]
