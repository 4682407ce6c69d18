"""Workers of a row under a Python: threads or forked processes, started together, and what each used.

The barrier, the clocks and the order of things are those of our own engines: a worker's time is from the
barrier's fall to its own end. Processes rest when they have worked, until the memory of all is measured.
"""

import multiprocessing
import multiprocessing.connection
import os
import resource
import signal
import sys
import threading
import time
import traceback

try:
    import ctypes
except ImportError:  # of a Python that was built without
    ctypes = None

from python_clocks import Clocks, kernel_bytes, peak_rss_bytes, waited_seconds

PR_SET_PDEATHSIG = 1
RUSAGE_THREAD = getattr(resource, "RUSAGE_THREAD", 1)  # PyPy has it without a name


def failure(status, message):
    """A reply without a time, or what a worker says in the place of its part."""
    return {"status": status, "message": message, "sample": {}}


def die_with(parent):
    """The kernel kills this process when its parent dies, however that comes."""
    if ctypes is not None:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def is_harness(filename):
    folder, name = os.path.split(filename)
    ours = folder == os.path.dirname(__file__) and name in ("python_workers.py", "python_repetition.py")
    return ours or filename.startswith("<frozen importlib")


def error_text():
    """The traceback of the error being handled, without the harness's own frames at its top."""
    kind, error, trace = sys.exc_info()
    while trace is not None and is_harness(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    return "".join(traceback.format_exception(kind, error, trace)).strip()


class Outcome:
    """How a worker has ended: its part, or a failure; and what it has used."""

    def __init__(self, end=0.0, part=None, failed=None, used=None):
        self.end, self.part, self.failed, self.used = end, part, failed, used


class Launch:
    """What launching and running the workers took."""

    def __init__(self, launched, start, workers):
        self.launched, self.start = launched, start
        self.outcomes = [None] * workers
        self.fairness = 1.0
        self.transfer = 0.0  # from the last worker's end until all parts were here
        self.pss = 0  # of all, when the last had worked
        self.children_rss, self.written = 0, 0  # of worker processes

    def last_end(self):
        return max(outcome.end for outcome in self.outcomes)


def work(module, state, size, worker, workers, clocks, ready, gate):
    """A worker: waits at the barrier, and works."""
    waited = waited_seconds()
    clocks.arrive(worker)
    ready.release()
    gate.acquire()
    before = resource.getrusage(RUSAGE_THREAD)
    clocks.start(worker)
    part, failed = None, None
    try:
        part = module.work(state, size, worker, workers)
    except BaseException:  # SystemExit too: a worker that leaves early has no answer
        failed = failure("error", error_text())
    end = time.perf_counter()
    used = {"cpu_seconds": clocks.end(worker)}
    after = resource.getrusage(RUSAGE_THREAD)
    used["voluntary_switches"] = after.ru_nvcsw - before.ru_nvcsw
    used["involuntary_switches"] = after.ru_nivcsw - before.ru_nivcsw
    used["waited_seconds"] = waited_seconds() - waited
    return Outcome(end, part, failed, used)


# ---- threads ----


def run_threads(module, state, size, workers):
    ready, gate = threading.Semaphore(0), threading.Semaphore(0)
    clocks = Clocks(workers, threading.Lock(), False)
    outcomes = [None] * workers

    def body(worker):
        outcomes[worker] = work(module, state, size, worker, workers, clocks, ready, gate)

    launched = time.perf_counter()
    threads = [threading.Thread(target=body, args=(worker,), daemon=True) for worker in range(workers)]
    for thread in threads:
        thread.start()
    for _ in threads:
        ready.acquire()
    launch = Launch(launched, time.perf_counter(), workers)
    for _ in threads:
        gate.release()
    for thread in threads:
        thread.join()
    launch.pss = kernel_bytes("smaps_rollup", "Pss")
    launch.outcomes, launch.fairness = outcomes, clocks.fairness()
    return launch


# ---- processes ----


class Processes:
    """Forked workers, each with a pipe for its outcome."""

    def __init__(self, workers):
        self.context = multiprocessing.get_context("fork")
        self.ready, self.gate, self.done, self.rest = (self.context.Semaphore(0) for _ in range(4))
        self.clocks = Clocks(workers, self.context.Lock(), True)
        self.all, self.receivers = [], {}

    def launch(self, module, state, size, workers):
        parent = os.getpid()
        for worker in range(workers):
            receiver, sender = self.context.Pipe(duplex=False)
            arguments = (parent, sender, module, state, size, worker, workers)
            process = self.context.Process(target=self.body, args=arguments)
            process.start()
            sender.close()  # so that the worker's death is the end of the stream
            self.all.append(process)
            self.receivers[receiver] = worker

    def body(self, parent, sender, *job):
        for number in (signal.SIGINT, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        die_with(parent)
        outcome = work(*job, self.clocks, self.ready, self.gate)
        memory = peak_rss_bytes(), kernel_bytes("smaps_rollup", "Private_Dirty")
        self.done.release()
        if outcome.failed is None:  # one that has failed waits for nobody
            self.rest.acquire()
        said = outcome.end, outcome.part, outcome.failed, outcome.used
        try:
            sender.send((said, *memory))
        except Exception:  # a part that cannot be serialised
            sender.send(((outcome.end, None, failure("error", error_text()), None), *memory))

    def all_have(self, semaphore):
        """Waits until each has released it; False where one has ended instead."""
        for _ in self.all:
            while not semaphore.acquire(timeout=0.1):
                if any(process.exitcode is not None for process in self.all):
                    return False
        return True

    def let(self, semaphore):
        for _ in self.all:
            semaphore.release()

    def pss(self):
        return sum(kernel_bytes("smaps_rollup", "Pss", pid) for pid in ["self", *(one.pid for one in self.all)])

    def receive(self, launch):
        """Fills in the outcomes; a worker's death ends it, for the others may wait for that one in vain."""
        while self.receivers:
            for receiver in multiprocessing.connection.wait(list(self.receivers)):
                worker = self.receivers.pop(receiver)
                try:
                    said, rss, written = receiver.recv()
                    launch.outcomes[worker] = Outcome(*said)
                    launch.children_rss += rss
                    launch.written += written
                except EOFError:
                    self.all[worker].join()
                    launch.outcomes = [Outcome(failed=death(worker, self.all[worker].exitcode))]
                    return
                except Exception:  # a part that cannot be made again here
                    launch.outcomes[worker] = Outcome(failed=failure("error", error_text()))

    def end(self):
        for process in self.all:
            if process.exitcode is None:
                process.kill()
            process.join()


def death(worker, code):
    if code < 0:
        return failure("killed", f"worker {worker} was killed by {signal.Signals(-code).name}")
    return failure("error", f"worker {worker} ended with exit status {code} and no result")


def run_processes(module, state, size, workers):
    processes = Processes(workers)
    try:
        launched = time.perf_counter()
        processes.launch(module, state, size, workers)
        processes.all_have(processes.ready)
        launch = Launch(launched, time.perf_counter(), workers)
        processes.let(processes.gate)
        all_done = processes.all_have(processes.done)
        resting = time.perf_counter()
        if all_done:
            launch.pss = processes.pss()
        measured = time.perf_counter()
        processes.let(processes.rest)
        processes.receive(launch)
        received = time.perf_counter()
        launch.transfer = received - launch.last_end() - (measured - resting)
        launch.fairness = processes.clocks.fairness()
        if all_done:
            for process in processes.all:
                process.join()
        return launch
    finally:
        processes.end()
