"""Send `size` chunks of 32 KiB through a pipe and read them back; each worker has its own pipe."""

import os

SHARING = "none"
SIZES = {"small": 400, "full": 56_000}
EXPECT = {"small": 13_107_200, "full": 1_835_008_000}

# A Linux pipe holds 64 KiB, so a write of this much into an empty one never waits for a reader.
CHUNK_BYTES = 32 * 1024


def receive(descriptor, length):
    data = os.read(descriptor, length)
    while len(data) < length:
        data += os.read(descriptor, length - len(data))
    return data


def work(state, size, worker, workers):
    reader, writer = os.pipe()
    chunks = [f"{number:016d}".encode() * (CHUNK_BYTES // 16) for number in range(4)]
    received_bytes = 0
    for number in range(worker, size, workers):
        chunk = chunks[number % 4]
        os.write(writer, chunk)
        received = receive(reader, CHUNK_BYTES)
        assert received == chunk
        received_bytes += len(received)
    os.close(writer)
    os.close(reader)
    return received_bytes


def combine(parts):
    return sum(parts)
