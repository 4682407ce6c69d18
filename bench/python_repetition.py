"""One repetition of one row under a Python, in a process of its own: python_engine.py forks it.

As our own engines do it: the module's body and setup(), the workers behind a barrier, combine(), and a
look at the answer.
"""

import gc
import json
import math
import os
import signal
import sys
import traceback
import types

import python_stacks
from python_clocks import peak_rss_bytes
from python_workers import die_with, error_text, failure, run_processes, run_threads


class Ended(BaseException):
    """The run is to end at once: its time is up, or the bench is interrupted."""


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
    used = [outcome.used for outcome in launch.outcomes]
    total = {key: sum(each[key] for each in used) for key in used[0]}
    seconds = launch.last_end() - launch.start
    return {
        "seconds": seconds,
        "startup_seconds": launch.start - launch.launched,
        "transfer_seconds": launch.transfer,
        "cpu_seconds": total["cpu_seconds"],
        "waiting_cores": total["waited_seconds"] / seconds,
        "fairness": launch.fairness,
        "peak_rss_bytes": peak_rss_bytes() + launch.children_rss,
        "pss_bytes": launch.pss,
        "memory_written_bytes": launch.written,
        "voluntary_switches": total["voluntary_switches"],
        "involuntary_switches": total["involuntary_switches"],
        "answer": answer,
        "metrics": metrics,
        "shown_real_seconds": seconds,
        "shown_cpu_seconds": total["cpu_seconds"],
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
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
        ended["reply"] = failure("interrupted", "interrupted")
        raise Ended

    signal.signal(signal.SIGALRM, end_at_limit)
    signal.signal(signal.SIGINT, end_when_told)
    signal.setitimer(signal.ITIMER_REAL, row["timeout_ms"] / 1000, 1.0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])


def run(code, row, result, stacks, parent):
    """Runs a row, writes the reply to the file `result`, and ends the process, whatever happens. The file
    `stacks` is for where it was when it died."""
    try:
        reply = reply_to(code, row, stacks, parent)
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
    except BaseException:  # no room for the result: told with the end of this process
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(1)


def reply_to(code, row, stacks, parent):
    ended = {}
    try:
        die_with(parent)
        python_stacks.watch(stacks)
        if not row.get("collect_cycles", True):
            gc.disable()
        limited(row, ended)
        return run_once(code, row)
    except BaseException:
        return ended.get("reply") or failure("error", error_text())
