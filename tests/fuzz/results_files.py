"""Malformed results files for plot.py and plots.targets: drawn (a missed target: exit status 1), or one line and exit status 2.

A process that has imported the drawing once forks for each file (plotting.py), since to import it takes
longer than to draw.
"""
import copy
import json
import math
import os
import pathlib
import subprocess
import sys

from judging import Finding
from programs import Program
from running import FOLDER, ROOT, Outcome

ODD = (None, True, False, 0, -1, 1, 5, 2.5, -0.0, 1e308, 1e-308, 5e-324, 10**400, -(10**400), math.nan, math.inf,
       -math.inf, "", "x", "$", "$x$", "$\\frac{", "a" * 5000, "\ud800", "\x00", "a/b/c", "/", "日本語", "\n", "%s", "{}", "<b>&",
       [], {}, [[]], [None], [1, "a"], [10**400], [math.nan], {"a": 1}, [1e300] * 3, "1", "1e400", [0], [-1], [True], 10**18,
       2**63, "global_lock", "cpu", "cpu/", "/primes", "cpu/$x_1^{$", "..", "cpu/../../x", " ", "\\", "_", "^", "#", "~")
STRATEGIES = ("global_lock", "per_object_lock", "biased_refcount", "multi_process", "tracing_gc", "cpython_threads")
WORKLOADS = ("cpu/primes", "cpu/nbody", "shared/shared_list", "io/sleep", "mixed/udp_latency", "collector/live_objects",
             "shared/unlocked_counter", "mixed/udp_bandwidth")
READ = ("strategy", "workload", "kind", "workers", "seconds", "real_time", "time_unit", "slowdown", "metrics",
        "error_kind", "error_message", "error_occurred", "skipped", "skip_message", "version", "switch_interval_us",
        "sharing", "peak_rss_bytes", "fixed_duration", "run_type")
METRICS = {"round_trip_p50_us": [100.0, 120.0], "packets_per_second": [1e4], "lost_percent": [1.5], "pause_max_s": [0.1]}


def row(rng, strategy, workload, workers):
    seconds = [rng.choice((0.4, 0.5, 0.7)) for _ in range(rng.choice((1, 3)))]
    return {"name": f"{workload}/{strategy}/workers:{workers}", "run_name": workload, "run_type": "iteration",
            "strategy": strategy, "workload": workload, "kind": workload.split("/")[0], "sharing": "none",
            "workers": workers, "time_unit": "ms", "seconds": seconds, "real_time": seconds[0] * 1e3,
            "cpu_time": 1.0, "iterations": 1, "slowdown": [1.0] * len(seconds), "peak_rss_bytes": 2**24,
            "startup_seconds": [0.001], "fairness": [1.0], "metrics": copy.deepcopy(METRICS), "answer": "1"}


def document(rng):
    rows = [row(rng, s, w, n) for s in rng.sample(STRATEGIES, 3) for w in rng.sample(WORKLOADS, 3) for n in (1, 2)]
    for failed in rng.sample(rows, 3):
        if rng.random() < 0.5:
            failed.update(error_occurred=True, error_kind="timeout", error_message="timeout: ended after 60 s")
            del failed["seconds"], failed["real_time"]
    return {"context": {"date": "2026-01-02T03:04:05+00:00", "host_name": "h", "num_cpus": 2, "cpu_model": "Example 9000",
                        "compiler": "g++ 12.2.0", "commit": "0123456789abcdef", "size": "full",
                        "switch_interval_us": 5000}, "benchmarks": rows}


def places(value):
    """(container, key) of everything in a document."""
    found = []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in list(items):
        found.append((value, key))
        found += places(item)
    return found


def odd(rng):
    """An odd value, or one within a list or among metrics."""
    value = copy.deepcopy(rng.choice(ODD))
    return rng.choice((value, value, value, [value], [0.5, value, 0.7],
                       {name: [value, 1.0] for name in METRICS}, {name: value for name in METRICS}))


def mutate_rows(rng, value):
    """Something odd where the readers look: in one row or in all."""
    listed = value.get("benchmarks")
    rows = [r for r in listed if isinstance(r, dict)] if isinstance(listed, list) else []
    if not rows:
        return
    key, what = rng.choice(READ), odd(rng)
    for each in rows if rng.random() < 0.5 else [rng.choice(rows)]:
        each[key] = copy.deepcopy(what)


def mutate(rng, value):
    if rng.random() < 0.6:
        mutate_rows(rng, value)
        return value
    container, key = rng.choice(places(value))
    what = rng.randrange(7)
    if what <= 3:
        container[key] = copy.deepcopy(rng.choice(ODD))
    elif what == 4:
        other, name = rng.choice(places(value))
        container[key] = copy.deepcopy(other[name])
    elif what == 5:
        if isinstance(container, dict):
            del container[key]
        else:
            container.insert(key, copy.deepcopy(rng.choice(ODD)))
    elif what == 6 and isinstance(container, dict):
        container[rng.choice(("skipped", "error_message", "error_kind", "error_occurred", "version", "fixed_duration",
                              "switch_interval_us", "\ud800", "$", "skip_message", "error", "repetitions"))] = (
                                  copy.deepcopy(rng.choice(ODD)))
    return value


def text_of(rng, value):
    """The document as text: sometimes cut off, or no JSON at all."""
    text = json.dumps(value)
    chance = rng.random()
    if chance < 0.05:
        return text[:rng.randrange(len(text))].encode()
    if chance < 0.08:
        at = rng.randrange(len(text))
        return text[:at].encode() + bytes([rng.randrange(256)]) + text[at + 1:].encode()
    if chance < 0.10:
        return rng.choice((b"", b"[]", b"null", b"{}", b"[" * 100000, b"\xff\xfe", b'{"benchmarks": 5}', b"NaN", b'"\\ud800"',
                           b'{"benchmarks": []}', b'{"benchmarks": [[]]}', b"1" * 5000, b'{"a":' * 3000))
    return text.encode("utf-8", "surrogatepass")


class Plotter:
    """The process that draws, kept running."""

    process = None

    @classmethod
    def run(cls, tool, path, folder, timeout):
        if cls.process is None or cls.process.poll() is not None:
            cls.process = subprocess.Popen(
                [sys.executable, str(FOLDER / "plotting.py"), str(ROOT)], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        out, err = folder / "plot.out", folder / "plot.err"
        request = {"tool": tool, "path": str(path), "out": str(out), "err": str(err), "timeout": timeout,
                   "charts": str(folder / "charts")}
        print(json.dumps(request), file=cls.process.stdin, flush=True)
        answer = json.loads(cls.process.stdout.readline())
        if answer["status"] == "no matplotlib":
            return None
        return Outcome(answer["status"], out.read_text(errors="replace"), err.read_text(errors="replace"))


class ResultsFile(Program):
    """A file for plot.py or plots.targets."""

    def judge(self, program, judge):
        """program: this one, or a copy with another text (while it is reduced)."""
        path = judge.write(program.text, "results.json")
        tool = program.strategies[0]
        outcome = Plotter.run(tool, path, pathlib.Path(judge.folder), judge.timeout * 3)
        if outcome is None:
            judge.counts["wasted"] += 1
            return []
        lines = outcome.errors.strip().splitlines()
        wrong = ""
        if outcome.status is None:
            wrong = "did not end in time"
        elif tool == "targets" and outcome.status == 1 and not outcome.errors and "missed" in outcome.output:
            pass  # as it should be
        elif outcome.status not in (0, 2):
            wrong = f"exit status {outcome.status}"
        elif outcome.status == 2 and len(lines) != 1:
            wrong = f"exit status 2 with {len(lines)} lines"
        elif outcome.status == 0 and "Traceback" in outcome.errors:
            wrong = "a traceback"
        if not wrong:
            return []
        return [Finding("hang" if outcome.status is None else "crash", program, program.text, tool,
                        f"{wrong}: {lines[-1] if lines else ''}", "drawn, or one line and exit status 2",
                        f"{wrong} {lines[-1] if lines else ''}", tool)]


def generate(rng, number, context):
    value = document(rng)
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        value = mutate(rng, value)
        if not isinstance(value, dict) or not places(value):
            break
    tool = rng.choice(("targets", "targets", "targets", "plot"))
    return ResultsFile("results", number, text_of(rng, value), how="results", strategies=(tool,), label=tool)
