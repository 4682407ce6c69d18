"""Send `size` datagrams of 512 bytes to an echo service, one at a time from each worker."""

import os
import socket

SHARING = "none"
NEEDS = ("upstream",)
SIZES = {"small": 100, "full": 16_000}
EXPECT = {"small": 51_200, "full": 8_192_000}

DATAGRAM_BYTES = 512
PATIENCE_S = 0.5  # some thousand round trips over the loopback


def echo(endpoint, datagram, address):
    """Sends a datagram until its echo comes. One may get lost, where a receiver's buffer is full; and
    the echo of an earlier one may come late, when that has been sent again."""
    while True:
        endpoint.sendto(datagram, address)
        try:
            answer, _ = endpoint.recvfrom(2 * DATAGRAM_BYTES)
            while answer != datagram:
                answer, _ = endpoint.recvfrom(2 * DATAGRAM_BYTES)
            return answer
        except socket.timeout:
            pass


def work(state, size, worker, workers):
    if worker >= size:
        return 0
    address = ("127.0.0.1", int(os.environ["GILBENCH_UPSTREAM_UDP_PORT"]))
    endpoint = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    endpoint.settimeout(PATIENCE_S)
    echoed_bytes = 0
    for number in range(worker, size, workers):
        datagram = f"{number:016d}".encode() * (DATAGRAM_BYTES // 16)
        echoed_bytes += len(echo(endpoint, datagram, address))
    endpoint.close()
    return echoed_bytes


def combine(parts):
    return sum(parts)
