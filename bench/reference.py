#!/usr/bin/env python3
"""Run the workload files under CPython and write rows like those of bench_workloads.

The same discipline as the benchmark's own: every repetition imports the workload afresh (here in
an interpreter of its own), calls setup() once, starts the workers behind a barrier, takes the time
from the barrier's fall to the last worker's end and checks combine()'s answer. Repetitions of all
rows are interleaved, so that a slow minute of the machine does not fall on one row alone.

Needs any CPython from 3.8 on and nothing else. Exit status: 0, 1 when a row has an error or a wrong
answer, 2 for bad arguments, 130 after Ctrl-C (finished rows are written).
"""

import argparse
import datetime
import json
import math
import os
import pathlib
import platform
import select
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

# After the line above, so that no cache is left beside the sources.
from reference_repetition import ended, failure  # noqa: E402
from reference_results import ResultFile  # noqa: E402
from reference_workloads import (  # noqa: E402
    ROOT, UdpClient, UsageError, Upstream, choose_size, find_workloads)

REPETITION = ROOT / "bench" / "reference_repetition.py"
MODES = ("threads", "processes")


# --- Rows ----------------------------------------------------------------------------------------


def run_with_client(job, timeout_s, path):
    """One repetition beside a client of its own, whose measurements become metrics."""
    client = UdpClient(path)
    try:
        run = run_repetition(job, timeout_s, client.environment)
        if "error_message" in run:
            return run
        measured = client.measurements()
        if measured is None:
            return failure("error", "udp client: the program never called it")
        run["metrics"].update(measured)
        return run
    finally:
        client.stop(patience_s=1)


def run_repetition(job, timeout_s, variables):
    """One repetition in a fresh interpreter; its death or its overrun is the row's error."""
    with tempfile.TemporaryDirectory(prefix="gilbench-") as folder:
        # The workload's own temporary files go there too, so that none outlives a failed run.
        environment = dict(os.environ, TMPDIR=folder, **variables)
        result = os.path.join(folder, "result.json")
        child = subprocess.Popen(
            [sys.executable, str(REPETITION), json.dumps(job), result],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        try:
            child.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return failure("timeout", f"timeout: not finished after {timeout_s:g} s")
        finally:
            # The whole group: worker processes must not outlive their parent.
            try:
                os.killpg(child.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            child.wait()
        if not os.path.exists(result):
            return ended("the interpreter", child.returncode)
        with open(result) as file:
            return json.load(file)


def finite_or_none(value):
    return value if value is not None and math.isfinite(value) else None


class Row:
    def __init__(self, workload, mode, workers):
        self.workload = workload
        self.mode = mode
        self.workers = workers
        self.runs = []
        self.failure = None
        self.skipped = None
        if workload.sharing == "write" and mode == "processes":
            self.skipped = "the workers change shared objects, and processes share none"
        if workload.expects_error:
            self.skipped = "it ends in an error that CPython does not find"

    @property
    def has_time(self):
        return bool(self.runs) and self.failure is None

    def median(self, key):
        return statistics.median([run[key] for run in self.runs])

    @property
    def name(self):
        return f"{self.workload.name}/cpython_{self.mode}/workers:{self.workers}"

    def to_json(self, index, one_worker_row):
        row = {
            "name": self.name,
            "family_index": index,
            "per_family_instance_index": 0,
            "run_name": self.name,
            "run_type": "iteration",
            "repetitions": max(len(self.runs), 1),
            "repetition_index": 0,
            "threads": 1,  # Google Benchmark's own; ours are "workers"
            "iterations": 1 if self.has_time else 0,
            "strategy": f"cpython_{self.mode}",
            "workload": self.workload.name,
            "kind": self.workload.kind,
            "sharing": self.workload.sharing,
            "workers": self.workers,
        }
        if self.workload.is_other_size:
            row["size"] = self.workload.size
        if self.workload.fixed_duration:
            row["fixed_duration"] = True
        if self.has_time:
            row.update(self.times())
            if self.metrics:
                row["metrics"] = self.metrics
            if one_worker_row is not None and not self.workload.fixed_duration:
                row["speedup"] = one_worker_row.median("seconds") / self.median("seconds")
            return row
        # Google Benchmark's comparing tool takes a time from every row that is no aggregate, and
        # pairs rows by their unit.
        row.update(run_type="aggregate", time_unit=None)
        if self.skipped is not None:
            row["skipped"] = self.skipped
        else:
            row.update(self.failure, error_occurred=True)
        return row

    @property
    def metrics(self):
        """The repetitions' metrics by name; None where a repetition lacks one."""
        names = sorted({name for run in self.runs for name in run["metrics"]})
        return {
            name: [finite_or_none(run["metrics"].get(name)) for run in self.runs] for name in names
        }

    def times(self):
        return {
            "real_time": self.median("seconds") * 1e3,
            "cpu_time": self.median("cpu_seconds") * 1e3,
            "time_unit": "ms",
            "seconds": [run["seconds"] for run in self.runs],
            "startup_seconds": self.median("startup_seconds"),
            "cpu_seconds": self.median("cpu_seconds"),
            "peak_rss_bytes": max(run["peak_rss_bytes"] for run in self.runs),
            "voluntary_switches": self.median("voluntary_switches"),
            "involuntary_switches": self.median("involuntary_switches"),
            "fairness": self.median("fairness"),
            "answer": self.runs[-1]["answer"],
        }


# --- Context and output --------------------------------------------------------------------------


def gil_enabled():
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def python_version():
    """As 3.13.0, or 3.13.0t where the interpreter runs without its global lock."""
    return platform.python_version() + ("" if gil_enabled() else "t")


def granted_cores():
    """What the control groups around this process grant, as usable_cores() in bench/options.cpp."""
    least = math.inf
    try:
        with open("/proc/self/cgroup") as groups:
            paths = [line.rstrip("\n")[4:] for line in groups if line.startswith("0::/")]
        for path in paths:
            parts = pathlib.PurePath(path).parts
            for length in range(len(parts) + 1):
                quota = pathlib.Path("/sys/fs/cgroup", *parts[:length], "cpu.max")
                if quota.exists():
                    most, period = quota.read_text().split()[:2]
                    least = min(least, math.inf if most == "max" else int(most) / int(period))
    except (OSError, ValueError, ZeroDivisionError):
        pass
    return least


def usable_cores():
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, math.ceil(min(granted_cores(), 1e6))))


def cpu_info():
    """Model name and clock of the first processor, as far as the system tells."""
    model, mhz = platform.processor() or platform.machine(), 0.0
    try:
        with open("/proc/cpuinfo") as file:
            for line in file:
                key, _, value = line.partition(":")
                if key.strip() == "model name":
                    model = value.strip()
                elif key.strip() == "cpu MHz":
                    mhz = float(value)
                    break
    except OSError:
        pass
    return model, mhz


def make_context(options):
    model, mhz = cpu_info()
    return {
        "date": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        "executable": os.path.basename(sys.executable),
        "num_cpus": os.cpu_count() or 1,
        "mhz_per_cpu": round(mhz),
        "cpu_model": model,
        "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "python_version": python_version(),
        "gil": gil_enabled(),
        "compiler": platform.python_compiler(),
        "kernel": f"{platform.system()} {platform.release()}",
        "load_avg": list(os.getloadavg()),
        "usable_cores": usable_cores(),
        "size": options.size,
        "repetitions": options.repetitions,
        "timeout_seconds": options.timeout_s,
        "strategies": {
            f"cpython_{mode}": f"CPython {python_version()}, one {unit} per worker"
            for mode, unit in (("threads", "thread"), ("processes", "forked process"))
            if mode in options.modes
        },
        "library": "gilbench reference",
    }


def open_standard_descriptors():
    """Those that are closed lead to /dev/null; else the next file would get such a number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDONLY if number == 0 else os.O_WRONLY)


def rows_with_one_worker(rows):
    return {(row.workload, row.mode): row for row in rows if row.workers == 1 and row.has_time}


def results_text(context, rows):
    alone = rows_with_one_worker(rows)
    benchmarks = [
        row.to_json(index, alone.get((row.workload, row.mode)))
        for index, row in enumerate(rows)
        if row.has_time or row.failure is not None or row.skipped is not None
    ]
    return json.dumps({"context": context, "benchmarks": benchmarks}, indent=2) + "\n"


def save(results, context, rows):
    """The results to their file, or to standard output. Exit status 0, or 1 with one line."""
    text = results_text(context, rows)
    try:
        if results is not None:
            results.commit(text)
        elif sys.stdout is not None:  # closed from the start: nobody wants it
            sys.stdout.write(text)
            sys.stdout.flush()
    except OSError as error:
        line = f"cannot write {results.path if results is not None else 'to standard output'}"
        line += f": {error.strerror}"
        if results is not None and results.place_of_rows:
            line += f"; the finished rows are in {results.place_of_rows}"
        say(f"reference.py: {line}")
        if results is None:  # what is still in the buffer must not fail once more
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


def say(text):
    if sys.stderr is None:  # closed from the start
        return
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:  # nowhere to say it
        pass


def keep(results, rows, index):
    """A finished row goes into the journal."""
    if results is None:
        return
    row = rows[index]
    alone = rows_with_one_worker(rows).get((row.workload, row.mode))
    complaint = results.append(row.to_json(index, alone))
    if complaint:
        say(f"reference.py: {complaint}")


def measure(rows, options, upstream_ports, results):
    total = sum(row.skipped is None for row in rows) * options.repetitions
    done = 0
    for repetition in range(options.repetitions):
        for index, row in enumerate(rows):
            if row.skipped is not None:
                if repetition == 0:
                    say(f"{row.name}: skipped: {row.skipped}")
                    keep(results, rows, index)
                continue
            done += 1
            if row.failure is not None:
                continue
            job = {
                "path": str(row.workload.path),
                "mode": row.mode,
                "workers": row.workers,
                "size": row.workload.size,
            }
            if row.workload.needs_udp_client:
                run = run_with_client(job, options.timeout_s, options.udp_client)
            else:
                run = run_repetition(job, options.timeout_s, upstream_ports)
            if "error_message" in run:
                row.failure = run
                say(f"[{done}/{total}] {row.name}: {run['error_message'].splitlines()[-1]}")
            else:
                row.runs.append(run)
                say(f"[{done}/{total}] {row.name}: {run['seconds'] * 1e3:.1f} ms")
            if row.failure is not None or len(row.runs) == options.repetitions:
                keep(results, rows, index)


# --- Arguments -----------------------------------------------------------------------------------


class Parser(argparse.ArgumentParser):
    def error(self, message):
        flags = [flag for flag in self._option_string_actions if flag.startswith("--")]
        raise UsageError(f"{message}; flags: {', '.join(flags)}")


def positive(kind):
    def convert(text):
        value = kind(text)
        if value <= 0:
            raise ValueError(text)
        return value

    convert.__name__ = f"positive {kind.__name__}"
    return convert


def comma_separated(text):
    return [item for item in text.split(",") if item]


def default_workers(kind):
    """1, 2, 4 and so on up to all cores; to 16 for io, whose workers wait more than they run; for
    mixed, where one answers and the others compute, one more than 0, 1, 2 and 4."""
    if kind == "mixed":
        return [1, 2, 3, 5]
    limit = 16 if kind == "io" else usable_cores()
    return sorted({1 << power for power in range(10) if 1 << power < limit} | {limit})


def parse_arguments(arguments):
    parser = Parser(prog="reference.py", description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--python", metavar="PATH", help="the CPython to measure (this one)")
    parser.add_argument("--modes", default="threads,processes", help="threads, processes or both")
    parser.add_argument("--workers", default="",
                        help="as 1,2,4 (1, 2 ... all cores; io: 16; mixed: 1,2,3,5)")  # fmt: skip
    parser.add_argument("--workloads", metavar="GLOBS", help="as 'cpu/*,io/sleep' (all)")
    parser.add_argument("--program", metavar="FILE", action="append", default=[],
                        help="a workload file of your own, as program/NAME")  # fmt: skip
    parser.add_argument("--size", default="full", help="a key of the workloads' SIZES (full)")
    parser.add_argument("--repetitions", type=positive(int), default=3)
    parser.add_argument("--timeout-s", type=positive(float), default=60.0,
                        help="for one repetition of one row (60)")  # fmt: skip
    parser.add_argument("--out", metavar="FILE", help="where the JSON goes (standard output)")
    parser.add_argument("--upstream", metavar="PATH", default=str(ROOT / "build/release/upstream"),
                        help="the service for the io workloads")  # fmt: skip
    parser.add_argument("--udp-client", metavar="PATH",
                        default=str(ROOT / "build/release/udp_client"),
                        help="the client for the mixed workloads")  # fmt: skip
    options = parser.parse_args(arguments)
    options.modes = comma_separated(options.modes)
    for mode in options.modes:
        if mode not in MODES:
            raise UsageError(f"unknown mode '{mode}'; the modes are {', '.join(MODES)}")
    try:
        options.workers = [positive(int)(item) for item in comma_separated(options.workers)]
    except ValueError:
        raise UsageError("--workers: numbers of at least 1, separated by commas") from None
    if options.workloads is None:
        options.workloads = "" if options.program else "*"
    options.workloads = comma_separated(options.workloads)
    return options


# What a Python of 3.8 or later answers, and nothing else.
QUESTION = "import sys; print('gilbench', *sys.version_info[:2])"
PATIENCE_S = 20.0


def first_answer(command):
    """The start of what a command prints, up to its first line's end; whatever else it does, it is
    ended."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
    answer, deadline = b"", time.monotonic() + PATIENCE_S
    try:
        while b"\n" not in answer and len(answer) < 1000:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([child.stdout], [], [], left)[0]:
                break
            part = os.read(child.stdout.fileno(), 1000)
            if not part:
                break
            answer += part
    finally:
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        child.wait()
        child.stdout.close()
    return answer.partition(b"\n")[0].split()


def check_python(python, path):
    """Raises UsageError for what does not answer as a Python of 3.8 or later does."""
    try:
        answer = first_answer([path, "-c", QUESTION])
    except OSError as error:
        raise UsageError(f"--python={python}: {error.strerror}") from None
    if len(answer) != 3 or answer[0] != b"gilbench" or not (answer[1] + answer[2]).isdigit():
        raise UsageError(f"--python={python}: no Python")
    version = int(answer[1]), int(answer[2])
    if version < (3, 8):
        raise UsageError(f"--python={python}: Python {version[0]}.{version[1]}, and 3.8 is needed")


def become(python, arguments):
    """Goes on under another interpreter, without the flag that asked for it."""
    path = shutil.which(python)
    if path is None:
        raise UsageError(f"--python={python}: no such program")
    check_python(python, path)
    rest = []
    skip = False
    for argument in arguments:
        if skip:
            skip = False
        elif argument == "--python":
            skip = True
        elif not argument.startswith("--python="):
            rest.append(argument)
    os.execv(path, [path, os.path.abspath(__file__)] + rest)


def make_rows(workloads, options):
    for workload in workloads:
        choose_size(workload, options.size)
    return [
        Row(workload, mode, workers)
        for workload in workloads
        for mode in options.modes
        for workers in options.workers or default_workers(workload.kind)
    ]


def start_services(rows, options):
    """The upstream service where a row needs it, else None."""
    upstream = None
    if any(row.skipped is None and row.workload.needs_upstream for row in rows):
        upstream = Upstream(options.upstream)
    try:
        if any(row.skipped is None and row.workload.needs_udp_client for row in rows):
            UdpClient(options.udp_client).stop()  # known now that it is there, not after hours
    except UsageError:
        if upstream is not None:
            upstream.stop()
        raise
    return upstream


def main(arguments):
    open_standard_descriptors()
    results = None
    try:
        options = parse_arguments(arguments)
        if options.python is not None:
            become(options.python, arguments)
        if options.out is not None:
            results = ResultFile(options.out)
            if results.notice:
                say(f"reference.py: {results.notice}")
        rows = make_rows(find_workloads(options.workloads, options.program), options)
        upstream = start_services(rows, options)
    except UsageError as error:
        say(f"reference.py: {error}")
        if results is not None:
            results.close()
        return 2
    try:
        return measure_and_save(rows, options, upstream, results)
    finally:
        if results is not None:
            results.close()


def measure_and_save(rows, options, upstream, results):
    context = make_context(options)
    status = 0
    try:
        if results is not None:
            results.start(context)
        measure(rows, options, upstream.environment if upstream is not None else {}, results)
    except KeyboardInterrupt:
        status = 130
    finally:
        if upstream is not None:
            upstream.stop()
    status = save(results, context, rows) or status
    if status == 0 and any(row.failure is not None for row in rows):
        status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
