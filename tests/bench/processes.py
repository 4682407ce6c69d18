"""What the tests want to know of processes, from /proc."""

import pathlib
import time


def wait_until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def children(pid):
    try:
        text = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(child) for child in text.split()]


def descendants(pid):
    found = children(pid)
    for child in list(found):
        found += descendants(child)
    return found


def arguments(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")[:-1]
    except (FileNotFoundError, ProcessLookupError):
        return []


def engines(pid):
    """The engine processes of a harness."""
    return [child for child in children(pid)
            if any(word.startswith("--engine-process=") for word in arguments(child))]  # fmt: skip


def services(pid, name):
    return [child for child in children(pid) if pathlib.PurePath((arguments(child) or [""])[0]).name == name]


def state(pid):
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(")")[2].split()[0]
