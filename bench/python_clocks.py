"""What a run under a Python costs beside its time: memory, and each worker's processor time."""

import mmap
import os
import resource
import threading
import time

# Clocks of processor time that another may read, by a thread's or a process's number: linux/posix-timers.h.
OF_THREAD, OF_PROCESS = 6, 2


def kernel_bytes(file, field, process="self"):
    """A line `field: N kB` of a file in /proc; 0 where the kernel does not tell."""
    try:
        with open(f"/proc/{process}/{file}") as lines:
            for line in lines:
                if line.startswith(field + ":"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def peak_rss_bytes():
    # ru_maxrss would remember what this process was forked from.
    return kernel_bytes("status", "VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def waited_seconds():
    """How long this thread has waited for a core."""
    try:
        with open("/proc/thread-self/schedstat") as file:
            return int(file.read().split()[1]) * 1e-9
    except (OSError, IndexError):
        return 0.0


def shared_numbers(kind, count):
    """Memory that forked processes share."""
    return memoryview(mmap.mmap(-1, count * 8)).cast(kind)


class Clocks:
    """Each worker's processor time from the barrier's fall to its own end, and to the first one's end:
    so long all have something to do, and their shares tell how fair it went."""

    def __init__(self, workers, first, of_processes):
        self.of_processes, self.first = of_processes, first
        shared = shared_numbers if of_processes else lambda kind, count: [0] * count
        self.numbers = shared("q", workers)
        self.starts, self.running = shared("d", workers), shared("d", workers)

    def read(self, worker):
        kind = OF_PROCESS if self.of_processes else OF_THREAD
        return time.clock_gettime((~self.numbers[worker] << 3) | kind)

    def arrive(self, worker):
        self.numbers[worker] = os.getpid() if self.of_processes else threading.get_native_id()
        self.starts[worker] = self.read(worker)

    def start(self, worker):
        self.starts[worker] = self.read(worker)

    def end(self, worker):
        """The worker's own; the first to come here looks at all."""
        used = self.read(worker) - self.starts[worker]
        if self.first.acquire(False):
            for other in range(len(self.numbers)):
                try:
                    self.running[other] = self.read(other) - self.starts[other]
                except OSError:  # it has ended in the same moment
                    self.running[other] = used
        return used

    def fairness(self):
        """Jain's index, as in bench/measurement.h."""
        squares = sum(share * share for share in self.running)
        return sum(self.running) ** 2 / (len(self.running) * squares) if squares > 0 else 1.0
