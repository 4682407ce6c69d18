"""One repetition of one row under a Python, in a process of its own: python_engine.py forks it.

As our own engines do it: the module's body and setup(), the workers behind a barrier, the time from the
barrier's fall to the last worker's end, combine(), and a look at the answer.
"""

import ctypes
import gc
import json
import math
import multiprocessing
import multiprocessing.connection
import os
import resource
import signal
import sys
import threading
import time
import traceback
import types

PR_SET_PDEATHSIG = 1
RUSAGE_THREAD = getattr(resource, "RUSAGE_THREAD", 1)  # PyPy has it without a name


class Ended(BaseException):
    """The run is to end at once: its time is up, or the bench is interrupted."""


def failure(status, message):
    """A reply without a time."""
    return {"status": status, "message": message, "sample": {}}


def die_with(parent):
    """The kernel kills this process when its parent dies, however that comes."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def is_harness(filename):
    return filename == __file__ or filename.startswith("<frozen importlib")


def error_text():
    """The traceback of the error being handled, without the harness's own frames at its top."""
    kind, error, trace = sys.exc_info()
    while trace is not None and is_harness(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    return "".join(traceback.format_exception(kind, error, trace)).strip()


# ---- what a run costs beside its time ----


def kernel_kilobytes(file, field):
    """A line `field: N kB` of a file in /proc/self, in bytes; 0 where the kernel does not tell."""
    try:
        with open(f"/proc/self/{file}") as lines:
            for line in lines:
                if line.startswith(field + ":"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def peak_rss_bytes():
    # ru_maxrss would remember what this process was forked from.
    return kernel_kilobytes("status", "VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def waited_seconds():
    """How long this thread has waited for a core."""
    try:
        with open("/proc/thread-self/schedstat") as file:
            return int(file.read().split()[1]) * 1e-9
    except (OSError, IndexError):
        return 0.0


class Usage:
    """What a worker has used between its barrier's fall and its end; by its own thread's clocks."""

    def __init__(self):
        self.waited = waited_seconds()

    def start(self):
        self.cpu, self.switches = time.thread_time(), resource.getrusage(RUSAGE_THREAD)

    def end(self):
        cpu, switches = time.thread_time(), resource.getrusage(RUSAGE_THREAD)
        return {
            "cpu_seconds": cpu - self.cpu,
            "voluntary_switches": switches.ru_nvcsw - self.switches.ru_nvcsw,
            "involuntary_switches": switches.ru_nivcsw - self.switches.ru_nivcsw,
            "waited_seconds": waited_seconds() - self.waited,
        }


class Outcome:
    """How a worker has ended: its part, or a failure."""

    def __init__(self, end=0.0, part=None, failed=None, usage=None):
        self.end, self.part, self.failed, self.usage = end, part, failed, usage


class Launch:
    """What launching and running the workers took."""

    def __init__(self, launched, start, outcomes):
        self.launched, self.start, self.outcomes = launched, start, outcomes
        self.received = time.perf_counter()
        self.children_rss = 0  # peaks of worker processes
        self.written = 0  # by worker processes, of what they shared with this one


# ---- workers ----


def run_worker(module, state, size, worker, workers, ready, gate):
    """Waits at the barrier, and works."""
    usage = Usage()
    ready.release()
    gate.acquire()
    usage.start()
    part, failed = None, None
    try:
        part = module.work(state, size, worker, workers)
    except BaseException:  # SystemExit too: a worker that leaves early has no answer
        failed = failure("error", error_text())
    return Outcome(time.perf_counter(), part, failed, usage.end())


def run_threads(module, state, size, workers):
    ready, gate = threading.Semaphore(0), threading.Semaphore(0)
    outcomes = [None] * workers

    def body(worker):
        outcomes[worker] = run_worker(module, state, size, worker, workers, ready, gate)

    launched = time.perf_counter()
    # Should the run end before them, they do not keep it.
    threads = [threading.Thread(target=body, args=(worker,), daemon=True) for worker in range(workers)]
    for thread in threads:
        thread.start()
    for _ in threads:
        ready.acquire()
    start = time.perf_counter()
    for _ in threads:
        gate.release()
    for thread in threads:
        thread.join()
    return Launch(launched, start, outcomes)


class Workers:
    """Forked processes, each with a pipe for its outcome."""

    def __init__(self):
        self.context = multiprocessing.get_context("fork")
        self.ready, self.gate = self.context.Semaphore(0), self.context.Semaphore(0)
        self.processes, self.receivers = [], {}

    def launch(self, *run):
        """run: module, state, size, and how many workers."""
        parent = os.getpid()
        for worker in range(run[-1]):
            receiver, sender = self.context.Pipe(duplex=False)
            process = self.context.Process(target=self.body, args=(parent, sender, worker, run))
            process.start()
            sender.close()  # so that the worker's death is the end of the stream
            self.processes.append(process)
            self.receivers[receiver] = worker

    def body(self, parent, sender, worker, run):
        for number in (signal.SIGINT, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        die_with(parent)
        module, state, size, workers = run
        outcome = run_worker(module, state, size, worker, workers, self.ready, self.gate)
        memory = peak_rss_bytes(), kernel_kilobytes("smaps_rollup", "Private_Dirty")
        said = outcome.end, outcome.part, outcome.failed, outcome.usage
        try:
            sender.send((said, *memory))
        except Exception:  # a part that cannot be serialised
            sender.send(((outcome.end, None, failure("error", error_text()), None), *memory))

    def let_go(self):
        """When all are at the barrier, or one has died on its way there."""
        for _ in self.processes:
            while not self.ready.acquire(timeout=0.1):
                if any(process.exitcode is not None for process in self.processes):
                    break
        start = time.perf_counter()
        for _ in self.processes:
            self.gate.release()
        return start

    def receive(self, launch):
        while self.receivers:
            for receiver in multiprocessing.connection.wait(list(self.receivers)):
                worker = self.receivers.pop(receiver)
                try:
                    said, rss, written = receiver.recv()
                    launch.outcomes[worker] = Outcome(*said)
                    launch.children_rss += rss
                    launch.written += written
                except EOFError:
                    self.processes[worker].join()
                    launch.outcomes[worker] = Outcome(failed=self.death(worker))
                except Exception:  # a part that cannot be made again here
                    launch.outcomes[worker] = Outcome(failed=failure("error", error_text()))
        launch.received = time.perf_counter()

    def death(self, worker):
        code = self.processes[worker].exitcode
        if code < 0:
            return failure("killed", f"worker {worker} was killed by {signal.Signals(-code).name}")
        return failure("error", f"worker {worker} ended with exit status {code} and no result")

    def end(self):
        for process in self.processes:
            if process.exitcode is None:
                process.kill()
            process.join()


def run_processes(module, state, size, workers):
    running = Workers()
    try:
        launched = time.perf_counter()
        running.launch(module, state, size, workers)
        launch = Launch(launched, running.let_go(), [None] * workers)
        running.receive(launch)
        for process in running.processes:
            process.join()
        return launch
    finally:
        running.end()


# ---- a run ----


def load_module(code, path):
    """Registered, as an imported one is: what its objects are pickled by."""
    module = types.ModuleType("workload")
    module.__file__ = path
    sys.modules[module.__name__] = module
    exec(code, module.__dict__)
    return module


def number_text(value):
    """NaN and the infinities as the bench reads them: JSON has no numbers for them."""
    value = float(value)
    return value if math.isfinite(value) else "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"


def sample_of(launch, answer, metrics):
    seconds = [outcome.end - launch.start for outcome in launch.outcomes]
    used = {key: sum(outcome.usage[key] for outcome in launch.outcomes) for key in launch.outcomes[0].usage}
    longest = max(seconds)
    return {
        "seconds": longest,
        "startup_seconds": launch.start - launch.launched,
        "transfer_seconds": launch.received - max(outcome.end for outcome in launch.outcomes)
        if launch.children_rss else 0.0,
        "cpu_seconds": used["cpu_seconds"],
        "waiting_cores": used["waited_seconds"] / longest,
        "peak_rss_bytes": peak_rss_bytes() + launch.children_rss,
        "memory_written_bytes": launch.written,
        "voluntary_switches": used["voluntary_switches"],
        "involuntary_switches": used["involuntary_switches"],
        # Jain's index, as in bench/measurement.h.
        "fairness": sum(seconds) ** 2 / (len(seconds) * sum(time * time for time in seconds)),
        "answer": answer,
        "metrics": metrics,
        "shown_real_seconds": longest,
        "shown_cpu_seconds": used["cpu_seconds"],
        "shown_counters": metrics,
    }


def run_once(code, row):
    """The reply to a row, as bench/engine_messages.h reads it."""
    module = load_module(code, row["program"])
    if getattr(module, "EXPECT_ERROR", None) is not None:
        return failure("skipped", "it ends in an error that this Python does not find")
    size, expected = module.SIZES[row["size"]], module.EXPECT[row["size"]]
    state = module.setup(size) if hasattr(module, "setup") else None
    run = run_threads if row["strategy"].endswith("_threads") else run_processes
    launch = run(module, state, size, row["workers"])
    failures = [outcome.failed for outcome in launch.outcomes if outcome.failed is not None]
    if failures:  # the first worker's, but a death says more than what the others made of it
        return min(failures, key=lambda failed: failed["status"] != "killed")
    parts = [outcome.part for outcome in launch.outcomes]
    answer = module.combine(parts)
    metrics = module.metrics(parts) if hasattr(module, "metrics") else {}
    metrics = {name: number_text(value) for name, value in metrics.items()}
    reply = {"status": "ok" if answer == expected else "wrong_answer", "message": "", "answer": repr(answer),
             "expected": repr(expected), "leaked_objects": 0}
    return dict(reply, sample=sample_of(launch, reply["answer"], metrics))


def limited(row, ended):
    """Lets the main thread end at the time limit, again and again until it does, or when told to."""

    def end_at_limit(*_):
        ended["reply"] = failure("timeout", f"ended after {row['timeout_ms']} ms")
        raise Ended

    def end_when_told(*_):
        ended["reply"] = failure("interrupted", "interrupted")
        raise Ended

    signal.signal(signal.SIGALRM, end_at_limit)
    signal.signal(signal.SIGINT, end_when_told)
    signal.setitimer(signal.ITIMER_REAL, row["timeout_ms"] / 1000, 1.0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])


def run(code, row, result, parent):
    """Runs a row, writes the reply to the file `result`, and ends the process, whatever happens."""
    try:
        reply = reply_to(code, row, parent)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError):  # the program has closed it
                pass
        with open(result + ".part", "w", encoding="utf-8") as file:
            json.dump(reply, file)
        os.replace(result + ".part", result)
        os._exit(0)
    finally:
        os._exit(1)


def reply_to(code, row, parent):
    ended = {}
    try:
        die_with(parent)
        if not row.get("collect_cycles", True):
            gc.disable()
        limited(row, ended)
        return run_once(code, row)
    except BaseException:
        return ended.get("reply") or failure("error", error_text())
