"""Write a file of 256 KiB `size` times over, in blocks of 4 KiB; each worker has its own file."""

import os

SHARING = "none"
SIZES = {"small": 40, "full": 5_120}
EXPECT = {"small": 10_485_760, "full": 1_342_177_280}

BLOCK_BYTES = 4 * 1024
FILE_BLOCKS = 64


def write_file(path, block):
    """Overwrites the file from its start, so that the disk is not asked for new space each time."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    written = 0
    for _ in range(FILE_BLOCKS):
        written += os.write(descriptor, block)
    os.close(descriptor)
    return written


def work(state, size, worker, workers):
    if worker >= size:
        return 0
    folder = os.environ.get("TMPDIR", "/tmp")
    path = f"{folder}/gilbench-file-write-{os.getpid()}-{worker}"
    block = b"0123456789abcdef" * (BLOCK_BYTES // 16)
    written = 0
    for _ in range(worker, size, workers):
        written += write_file(path, block)
    os.unlink(path)
    return written


def combine(parts):
    return sum(parts)
