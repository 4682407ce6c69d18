"""Read a file of 1 MiB `size` times, in blocks of 16 KiB: short system calls on the page cache."""

import os
import zlib

SHARING = "none"
SIZES = {"small": 32, "full": 5_600}
EXPECT = {"small": (33_554_432, 85_598_836_128), "full": (5_872_025_600, 14_979_796_322_400)}

BLOCK_BYTES = 16 * 1024
FILE_BLOCKS = 64


def setup(size):
    folder = os.environ.get("TMPDIR", "/tmp")
    path = f"{folder}/gilbench-file-read-{os.getpid()}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for block in range(FILE_BLOCKS):
        os.write(descriptor, f"{block:016d}".encode() * (BLOCK_BYTES // 16))
    os.close(descriptor)
    return path


def read_file(path):
    """The number of bytes in the file, and a checksum over the head of each block."""
    descriptor = os.open(path, os.O_RDONLY)
    length = 0
    checksum = 0
    block = os.read(descriptor, BLOCK_BYTES)
    while block:
        length += len(block)
        checksum = zlib.crc32(block[:16], checksum)
        block = os.read(descriptor, BLOCK_BYTES)
    os.close(descriptor)
    return length, checksum


def work(state, size, worker, workers):
    total_bytes = 0
    checksums = 0
    for _ in range(worker, size, workers):
        length, checksum = read_file(state)
        total_bytes += length
        checksums += checksum
    return state, total_bytes, checksums


def combine(parts):
    # The workers hand the path back: the file goes when all of them have read it.
    os.unlink(parts[0][0])
    return sum([part[1] for part in parts]), sum([part[2] for part in parts])
