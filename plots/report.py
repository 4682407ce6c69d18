"""What `conclude` says of a results file, as objects. Every number about times that is drawn is one of these.

docs/estimator.md describes the JSON. Python asks for it once per file and computes no statistic of its own.
"""

import dataclasses
import glob
import json
import os
import subprocess

from plots.result_file import DataError

SCHEMA = 1
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VARIABLE = "GILBENCH_CONCLUDE"


@dataclasses.dataclass(frozen=True)
class Estimate:
    """A ratio, or a time in seconds, with the ends of its 95 % interval; None where one block has none."""

    value: float
    low: object
    high: object
    blocks: int

    @property
    def has_interval(self):
        return self.low is not None and self.high is not None

    def contains(self, value):
        return self.has_interval and self.low <= value <= self.high


@dataclasses.dataclass(frozen=True)
class Fact:
    """What is known of one row's times; without them no_time is the reason."""

    strategy: str
    workload: str  # with its size where that is not the file's
    kind: str
    workers: int
    switch_interval_us: int = 0
    no_time: str = ""
    usable_blocks: int = 0
    excluded_blocks: int = 0
    enough: bool = False  # for a verdict
    seconds: object = None  # an Estimate, as the following; None: not known
    speed: object = None
    speed_over_one: object = None
    speedup: object = None
    cost: object = None
    memory: object = None  # in bytes, what each worker after the first adds
    latency: dict = dataclasses.field(default_factory=dict)  # "p50": seconds, over all questions

    @property
    def key(self):
        return self.strategy, self.workload, self.workers, self.switch_interval_us


@dataclasses.dataclass(frozen=True)
class Standing:
    """A strategy's place in a conclusion; all of it is over the conclusion's workloads."""

    strategy: str
    enough: bool  # whether each of the rows has enough blocks for a verdict
    seconds: Estimate
    speed: object
    speed_over_one: object
    speedup: object
    cost: object


@dataclasses.dataclass(frozen=True)
class Conclusion:
    """A kind, or one of the user's own programs, at one number of workers: strategies, fastest first."""

    kind: str
    subject: str
    workers: int
    is_main: bool
    baseline: str
    sentence: str
    workloads: tuple
    left_out: tuple  # sentences without their stops
    standings: tuple
    session: object = None  # of the file that it is from: data.Session

    def standing(self, strategy):
        return next((each for each in self.standings if each.strategy == strategy), None)


@dataclasses.dataclass(frozen=True)
class Report:
    facts: tuple
    conclusions: tuple
    baseline: str
    noise_floor: object  # 95 % of ratios of one strategy to itself are within it; None: not measured
    noise_sentence: str
    machine_limit: object  # an Estimate: what all cores at once gave over one; None: not measured
    limit_cores: int
    circumstances: str  # how many repetitions do not count and why, and what the machine gave, in sentences


def find_program():
    """The program `conclude`: named by GILBENCH_CONCLUDE, or of a build here. Raises DataError."""
    named = os.environ.get(VARIABLE)
    if named:
        if os.access(named, os.X_OK):
            return named
        raise DataError(f"{VARIABLE}={named} is no program")
    folders = [os.path.join(ROOT, "build", "release"), *sorted(glob.glob(os.path.join(ROOT, "build", "*")))]
    for path in (os.path.join(folder, "conclude") for folder in folders):
        if os.access(path, os.X_OK):
            return path
    raise DataError(f"there is no program `conclude` to ask: `./run conclude FILE` builds it, or {VARIABLE} names it")


def ask(path, flags=()):
    """The report on a results file. Raises DataError with one line where the file cannot be used."""
    program = find_program()
    try:
        done = subprocess.run([program, *flags, "--", path], capture_output=True, check=False)
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot run {program}: {error}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise DataError(said.removeprefix("conclude: ") or f"{path}: {program} ended with {done.returncode}")
    try:
        return report_of(json.loads(done.stdout))
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: {program} is of another version than the charts ({error!r})") from None


def estimate_of(raw):
    """Of {"ratio" | "mean", "low", "high", "blocks"}; None where there is none, or nothing finite."""
    value = raw["ratio" if "ratio" in raw else "mean"] if raw else None
    return None if value is None else Estimate(value, raw["low"], raw["high"], raw["blocks"])


def fact_of(raw):
    named = {name: raw[name] for name in ("strategy", "workload", "kind", "workers")}
    named["switch_interval_us"] = raw.get("switch_interval_us", 0)
    if "no_time" in raw:
        return Fact(**named, no_time=raw["no_time"])
    estimates = {name: estimate_of(raw[name])
                 for name in ("seconds", "speed", "speed_over_one", "speedup", "cost")}
    return Fact(**named, usable_blocks=raw["usable_blocks"], excluded_blocks=raw["excluded_blocks"],
                enough=raw["enough"], memory=estimate_of(raw.get("memory_per_worker_bytes")),
                latency=raw.get("latency") or {}, **estimates)


def conclusion_of(raw, facts):
    """facts: those of the file by strategy, workload and workers."""
    rows = [(workload, workers) for workload in raw["workloads"] for workers in {1, raw["workers"]}]

    def is_enough(strategy):
        found = [facts.get((strategy, *row)) for row in rows]
        return all(fact.enough for fact in found if fact)

    standings = tuple(
        Standing(strategy=each["strategy"], enough=is_enough(each["strategy"]),
                 **{name: estimate_of(each[name])
                    for name in ("seconds", "speed", "speed_over_one", "speedup", "cost")})
        for each in raw["standings"])
    return Conclusion(
        kind=raw["kind"], subject=raw["subject"], workers=raw["workers"], is_main=raw["main"],
        baseline=raw["baseline"], sentence=raw["sentence"], workloads=tuple(raw["workloads"]),
        left_out=tuple(f"{each['name']} {each['reason']}" for each in raw["left_out"]),
        standings=standings)


def report_of(raw):
    if raw["schema_version"] != SCHEMA:
        raise ValueError(f"schema {raw['schema_version']}")
    facts = tuple(map(fact_of, raw["rows"]))
    by_place = {(fact.strategy, fact.workload, fact.workers): fact for fact in facts}
    limit, repetitions = raw.get("machine_limit") or {}, raw.get("repetitions") or {}
    return Report(
        facts=facts,
        conclusions=tuple(conclusion_of(each, by_place) for each in raw["conclusions"]),
        baseline=raw["baseline"],
        noise_floor=raw["noise"]["aa_ratio_95"],
        noise_sentence=raw["noise"]["sentence"],
        machine_limit=estimate_of(limit or None),
        limit_cores=limit.get("cores", 0),
        circumstances=repetitions.get("sentence", ""))
