"""Drives `bench_workloads_fake`: the harness over engines that report what a workload tells them."""

import functools
import json
import os
import pathlib
import statistics
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def find_binary(name):
    build = os.environ.get("GILBENCH_BUILD_DIR")
    if not build:
        pytest.fail("GILBENCH_BUILD_DIR must name the build folder")
    for folder in ("", "tests", "tests/bench"):
        path = pathlib.Path(build).resolve() / folder / name
        if path.exists():
            return path
    pytest.fail(f"{name} is not in {build}")


@functools.cache
def strategies():
    """Every strategy of this build, as run_program names them to who asks for another."""
    done = subprocess.run(
        [find_binary("run_program"), "--strategy=?", "x.py"], text=True, capture_output=True, timeout=60
    )
    return done.stderr.partition("strategies: ")[2].strip().split(", ")


def need(strategy):
    if strategy not in strategies():
        pytest.skip(f"{strategy} is not in this build")


def without_own_handlers():
    """The environment of a process that is to die of a signal: a sanitizer's handler would make an exit of it."""
    names = ("ASAN_OPTIONS", "TSAN_OPTIONS")
    return {**os.environ, **{n: f"{os.environ.get(n, '')}:handle_segv=0".lstrip(":") for n in names}}


def middle(values):
    numbers = [value for value in values if type(value) in (int, float)]  # no True
    return statistics.median(numbers) if len(numbers) == len(values) else values[0]


def gathered(entries):
    """name -> a row of its repetitions: `seconds`, `slowdown`, `block` and metrics as lists, of other
    numbers the middle. Rows without a time as they are; aggregates left out."""
    rows = {}
    for entry in entries:
        if "workload" in entry:
            rows.setdefault(entry["name"], []).append(entry)
    for name, entries in rows.items():
        assert [each["repetition_index"] for each in entries] == list(range(len(entries)))
        row = rows[name] = dict(entries[0])
        if "seconds" not in row:
            continue
        assert {each["repetitions"] for each in entries} == {len(entries)}
        row.update({key: middle([each.get(key) for each in entries]) for key in row if key != "metrics"})
        row.update({key: [each[key] for each in entries] for key in ("seconds", "slowdown", "block")})
        for metric in row.get("metrics", {}):
            row["metrics"][metric] = [each["metrics"].get(metric) for each in entries]
    return rows


class Harness:
    """A folder of workloads and the binary that runs them; `log` has a line for each run."""

    def __init__(self, folder):
        self.folder = folder
        self.workloads = folder / "workloads"
        self.workloads.mkdir()
        self.log_path = folder / "runs.log"
        self.out = folder / "results.json"
        self.binary = find_binary("bench_workloads_fake")

    def add(self, name, *directives, sharing="none", text=""):
        """Writes the workload `kind/stem` with "# fake:" directives; returns its path."""
        path = self.workloads / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        self.write(path, *directives, sharing=sharing, text=text)
        return path

    @staticmethod
    def write(path, *directives, sharing="none", text=""):
        lines = ['"""What it does."""', f'SHARING = "{sharing}"']
        lines += [f"# fake: {directive}" for directive in directives]
        lines += [text, "def work(state, size, worker, workers):", "    return 0"]
        path.write_text("\n".join(lines) + "\n")

    def environment(self):
        known = without_own_handlers()
        kept = {k: v for k, v in known.items() if not k.startswith(("BENCHMARK_", "GILBENCH_"))}
        kept["BENCHMARK_REPETITIONS"] = "3"  # or else 10 blocks, and more within the budget
        kept["GILBENCH_FAKE_WORKLOADS"] = str(self.workloads)
        kept["GILBENCH_FAKE_LOG"] = str(self.log_path)
        return kept

    def run(self, *flags):
        return subprocess.run(
            [self.binary, *flags], env=self.environment(), text=True, capture_output=True, timeout=60
        )

    def start(self, *flags, **options):
        return subprocess.Popen([self.binary, *flags], env=self.environment(), **options)

    def rows(self, *flags, code=0):
        """Runs with --benchmark_out; the rows by name, their repetitions gathered."""
        done = self.run(f"--benchmark_out={self.out}", *flags)
        assert done.returncode == code, done.stderr
        return gathered(self.results()["benchmarks"])

    def results(self):
        return json.loads(self.out.read_text())

    def log(self):
        """One list of words per run: strategy, path, workers, size, timeout in ms, interval in us."""
        if not self.log_path.exists():
            return []
        return [line.split() for line in self.log_path.read_text().splitlines()]


@pytest.fixture
def harness(tmp_path):
    return Harness(tmp_path)


@pytest.fixture
def schema():
    return json.loads((ROOT / "results" / "schema.json").read_text())


@pytest.fixture
def upstream_binary():
    return find_binary("upstream")


@pytest.fixture
def udp_client_binary():
    return find_binary("udp_client")
