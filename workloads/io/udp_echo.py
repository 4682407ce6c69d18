"""Send `size` datagrams of 512 bytes to an echo service, one at a time from each worker."""

import os
import socket

SHARING = "none"
SIZES = {"small": 100, "full": 16_000}
EXPECT = {"small": 51_200, "full": 8_192_000}

DATAGRAM_BYTES = 512


def work(state, size, worker, workers):
    if worker >= size:
        return 0
    # The loopback loses a datagram only when a receiver's buffer is full, and no worker has more
    # than one under way: so none is sent again, and a loss would end the run by its time limit.
    address = ("127.0.0.1", int(os.environ["GILBENCH_UPSTREAM_UDP_PORT"]))
    endpoint = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    echoed_bytes = 0
    for number in range(worker, size, workers):
        datagram = f"{number:016d}".encode() * (DATAGRAM_BYTES // 16)
        endpoint.sendto(datagram, address)
        answer, _ = endpoint.recvfrom(2 * DATAGRAM_BYTES)
        assert answer == datagram
        echoed_bytes += len(answer)
    endpoint.close()
    return echoed_bytes


def combine(parts):
    return sum(parts)
