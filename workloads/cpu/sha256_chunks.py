"""Hash `size` messages of 1 MiB in chunks of 64 KiB: native code that releases the lock."""

import hashlib

SHARING = "none"
SIZES = {"small": 4, "quick": 88, "full": 704}
EXPECT = {
    "small": "c1931ca69fde68956c3019018a754e66d7e57ddd851a6def70f6f361e088b9a8",
    "quick": "8d735bbba15d5f05a253e07ce0561466314094113930a75b749eda7f9766a07a",
    "full": "5a7d252c8c06444a74eb5281120580fdf0bdee9d4152c0687cb5d6aeae624480",
}

CHUNK_BYTES = 64 * 1024
CHUNKS_PER_MESSAGE = 16


def hash_message(number):
    seed = hashlib.sha256(f"message {number}".encode()).digest()
    chunk = seed * (CHUNK_BYTES // len(seed))
    message_hash = hashlib.sha256()
    for _ in range(CHUNKS_PER_MESSAGE):
        message_hash.update(chunk)
    return message_hash.hexdigest()


def work(state, size, worker, workers):
    return [(number, hash_message(number)) for number in range(worker, size, workers)]


def combine(parts):
    hashes = [digest for _, digest in sorted([pair for part in parts for pair in part])]
    return hashlib.sha256("".join(hashes).encode()).hexdigest()
