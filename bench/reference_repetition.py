"""One repetition of one row of reference.py, in an interpreter of its own: JOB RESULT-FILE.

JOB is JSON: path, mode (threads | processes), workers, size. The result is JSON too: either
failure() or the measurements of run_once().
"""

import importlib.util
import json
import multiprocessing
import multiprocessing.connection
import os
import resource
import signal
import sys
import threading
import time
import traceback


def load_module(path):
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("workload", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def is_harness(filename):
    return filename == __file__ or filename.startswith("<frozen importlib")


def error_text():
    """The traceback of the error being handled, without the harness's own frames at its top."""
    kind, error, trace = sys.exc_info()
    while trace is not None and is_harness(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    return "".join(traceback.format_exception(kind, error, trace)).strip()


def peak_rss_bytes():
    # VmHWM starts anew with a process's memory; ru_maxrss would remember what it was forked from.
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def usage():
    """CPU seconds, voluntary and involuntary switches of this process and its dead children."""
    cpu, voluntary, involuntary = 0.0, 0, 0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        cpu += used.ru_utime + used.ru_stime
        voluntary += used.ru_nvcsw
        involuntary += used.ru_nivcsw
    return cpu, voluntary, involuntary


def run_worker(module, state, size, worker, workers, ready, gate):
    """Waits at the barrier, works, and returns (end time, part, failure or None)."""
    ready.release()
    gate.acquire()
    part, error = None, None
    try:
        part = module.work(state, size, worker, workers)
    except BaseException:  # SystemExit too: a worker that leaves early has no answer
        error = failure("error", error_text())
    return time.perf_counter(), part, error


def run_threads(module, state, size, workers):
    ready, gate = threading.Semaphore(0), threading.Semaphore(0)
    outcomes = [None] * workers

    def body(worker):
        outcomes[worker] = run_worker(module, state, size, worker, workers, ready, gate)

    launched = time.perf_counter()
    threads = [threading.Thread(target=body, args=(worker,)) for worker in range(workers)]
    for thread in threads:
        thread.start()
    for _ in threads:
        ready.acquire()
    start = time.perf_counter()
    for _ in threads:
        gate.release()
    for thread in threads:
        thread.join()
    return launched, start, outcomes, 0


def run_processes(module, state, size, workers):
    context = multiprocessing.get_context("fork")
    ready, gate = context.Semaphore(0), context.Semaphore(0)

    def body(worker, connection):
        outcome = run_worker(module, state, size, worker, workers, ready, gate)
        try:
            connection.send((outcome, peak_rss_bytes()))
        except Exception:  # a part that cannot be serialised
            unsent = failure("error", error_text())
            connection.send(((outcome[0], None, unsent), peak_rss_bytes()))

    launched = time.perf_counter()
    processes, receivers = [], {}
    for worker in range(workers):
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=body, args=(worker, sender))
        process.start()
        sender.close()  # so that the worker's death is the end of the stream
        processes.append(process)
        receivers[receiver] = worker
    for _ in processes:
        while not ready.acquire(timeout=0.1):
            if any(process.exitcode is not None for process in processes):
                break  # killed before the barrier: reported below
    start = time.perf_counter()
    for _ in processes:
        gate.release()

    outcomes, rss = [None] * workers, 0
    while receivers:
        for receiver in multiprocessing.connection.wait(list(receivers)):
            worker = receivers.pop(receiver)
            try:
                outcomes[worker], worker_rss = receiver.recv()
                rss += worker_rss
            except EOFError:
                processes[worker].join()
                death = ended(f"worker {worker}", processes[worker].exitcode)
                outcomes[worker] = (start, None, death)
    for process in processes:
        process.join()
    return launched, start, outcomes, rss


def failure(kind, message):
    """What stands in the place of a row's measurements."""
    return {"error_kind": kind, "error_message": message}


def ended(who, exit_code):
    """The failure of a process that ended without a result."""
    if exit_code < 0:
        return failure("killed", f"{who} was killed by {signal.Signals(-exit_code).name}")
    return failure("error", f"{who} ended with exit status {exit_code} and no result")


def run_once(job):
    """One repetition of one row: failure() or its measurements."""
    try:
        module = load_module(job["path"])
        size = module.SIZES[job["size"]]
        expected = module.EXPECT[job["size"]]
        state = module.setup(size) if hasattr(module, "setup") else None
    except BaseException:
        return failure("error", error_text())
    before = usage()
    run = run_threads if job["mode"] == "threads" else run_processes
    launched, start, outcomes, children_rss = run(module, state, size, job["workers"])
    after = usage()
    errors = [error for _, _, error in outcomes if error is not None]
    if errors:  # the first worker's, but a death says more than what the others made of it
        return min(errors, key=lambda error: error["error_kind"] != "killed")
    parts = [part for _, part, _ in outcomes]
    try:
        answer = module.combine(parts)
        metrics = module.metrics(parts) if hasattr(module, "metrics") else {}
    except BaseException:
        return failure("error", error_text())
    if answer != expected:
        return failure("wrong_answer", f"wrong answer: {answer!r} instead of {expected!r}")
    worker_seconds = [end - start for end, _, _ in outcomes]
    squares = sum(seconds * seconds for seconds in worker_seconds)
    return {
        "seconds": max(worker_seconds),
        "startup_seconds": start - launched,
        "cpu_seconds": after[0] - before[0],
        "peak_rss_bytes": peak_rss_bytes() + children_rss,
        "voluntary_switches": after[1] - before[1],
        "involuntary_switches": after[2] - before[2],
        "fairness": sum(worker_seconds) ** 2 / (len(worker_seconds) * squares),
        "answer": repr(answer),
        "metrics": {name: float(value) for name, value in metrics.items()},
    }


def main(job_json, result_path):
    result = run_once(json.loads(job_json))
    with open(result_path + ".part", "w") as file:
        json.dump(result, file)
    os.replace(result_path + ".part", result_path)


if __name__ == "__main__":
    main(*sys.argv[1:])
