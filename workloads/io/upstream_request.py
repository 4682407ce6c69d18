"""Ask a slow HTTP service `size` times; each worker keeps one connection open."""

import os
import socket
import zlib

SHARING = "none"
NEEDS = ("upstream",)
SIZES = {"small": 2, "quick": 32, "full": 112}
EXPECT = {"small": 4_986_922_872, "quick": 66_443_346_852, "full": 228_984_031_218}


def read_response(connection):
    """Reads one response, whose length its Content-Length tells; returns its status and body."""
    received = b""
    while b"\r\n\r\n" not in received:
        data = connection.recv(4096)
        assert data, "the service closed the connection"
        received += data
    head = received.decode("latin-1").split("\r\n\r\n")[0]
    lines = head.split("\r\n")
    status = int(lines[0].split(" ")[1])
    length = 0
    for line in lines[1:]:
        name, value = line.split(":", 1)
        if name.lower() == "content-length":
            length = int(value)
    body = received[len(head) + 4 :]
    while len(body) < length:
        data = connection.recv(4096)
        assert data, "the service closed the connection"
        body += data
    return status, body


def work(state, size, worker, workers):
    if worker >= size:
        return 0
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.connect(("127.0.0.1", int(os.environ["GILBENCH_UPSTREAM_PORT"])))
    checksum = 0
    for number in range(worker, size, workers):
        request = f"GET /item/{number} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        connection.sendall(request.encode())
        status, body = read_response(connection)
        assert status == 200
        checksum += zlib.crc32(body)
    connection.close()
    return checksum


def combine(parts):
    return sum(parts)
