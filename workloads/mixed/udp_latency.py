"""Answer a datagram that comes every 2 to 5 ms, while the other workers compute."""

import os
import socket
import time

SHARING = "none"
NEEDS = ("udp_client",)
FIXED_DURATION = True  # SIZES are seconds; what the client measures is the result
SIZES = {"small": 0.2, "full": 2.0}
EXPECT = {"small": "stop", "full": "stop"}


# Seconds from setup() to the first question: starting the workers is no part of an answer.
START_UP = 0.1


def setup(size):
    return time.perf_counter() + START_UP


def work(state, size, worker, workers):
    return answer(state, size) if worker == 0 else burn(state + size)


def answer(start, seconds):
    """Calls the client, then gives back its datagrams; returns the last one, which ends it."""
    client = ("127.0.0.1", int(os.environ["GILBENCH_UDP_CLIENT_PORT"]))
    endpoint = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    endpoint.bind(("127.0.0.1", 0))
    # Room for the questions of 2 seconds, as far as the system allows: one that is lost has no answer.
    endpoint.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    endpoint.sendto(f"latency {start} {seconds}".encode(), client)
    datagram = b""
    while datagram != b"stop":
        datagram, sender = endpoint.recvfrom(2048)
        endpoint.sendto(datagram, sender)
    endpoint.close()
    return datagram.decode()


def burn(end):
    """Computes until the time is up; returns how many rounds."""
    rounds = 0
    while time.perf_counter() < end:
        value = 1
        for _ in range(1_000):
            value = value * 48_271 % 2_147_483_647
        assert value == 429_183_498
        rounds += 1
    return rounds


def combine(parts):
    return parts[0]


def metrics(parts):
    return {"cpu_rounds": sum(parts[1:])}
