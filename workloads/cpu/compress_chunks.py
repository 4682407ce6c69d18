"""Compress `size` chunks of 64 KiB and check them: native code that releases the lock."""

import zlib

SHARING = "read"
SIZES = {"small": 2, "full": 256}
EXPECT = {"small": 4_825_926_424, "full": 527_644_926_317}

CHUNK_BYTES = 64 * 1024
TEXT_BYTES = 2 * CHUNK_BYTES


def setup(size):
    """Log lines that compress to about a third: words from a small vocabulary, random numbers."""
    words = ["connect", "accept", "timeout", "retry", "closed", "user", "session", "error"]
    seed = 1
    lines = []
    length = 0
    while length < TEXT_BYTES:
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
        event = words[seed >> 8 & 7] + " " + words[seed >> 16 & 7]
        line = f"{seed} {event} from 10.0.{seed >> 20 & 255}\n"
        lines.append(line)
        length += len(line)
    return "".join(lines).encode()


def work(state, size, worker, workers):
    checksum = 0
    for number in range(worker, size, workers):
        start = number * 4_099 % (TEXT_BYTES - CHUNK_BYTES)
        chunk = state[start : start + CHUNK_BYTES]
        packed = zlib.compress(chunk)
        # Builds of zlib pack differently, so the answer is made of the unpacked bytes.
        assert len(packed) * 2 < len(chunk)
        checksum += zlib.crc32(zlib.decompress(packed))
    return checksum


def combine(parts):
    return sum(parts)
