"""One benchmark of a result file: a workload under a strategy with a number of workers.

An entry is ours when it names a `strategy` and a `workload`; others are left out. A row without a time
carries `skipped` or `error_message` and is kept, as a reason and never as a number.
"""

import dataclasses
import statistics

from plots.result_file import LEAST_SECONDS, MOST_SECONDS, DataError, Fields, read_document

UNITS_PER_SECOND = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9}
CALM_SLOWDOWN = 1.15  # kCalmSlowdown in bench/speed_probe.h
MOST_WORKERS = 1_000_000
MOST_BYTES_OF_MEMORY = 1e18
MOST_INTERVAL_US = 1e12

REASONS = {
    "S": "skipped",
    "E": "error in the program",
    "W": "wrong answer",
    "T": "timed out",
    "K": "worker killed",
    "C": "engine crashed",
    "H": "engine hung",
    "L": "objects leaked",
    "B": "no baseline to compare with",
}

LETTERS = {"wrong_answer": "W", "timeout": "T", "killed": "K", "leak": "L", "error": "E",
           "crash": "C", "hang": "H"}


@dataclasses.dataclass(frozen=True)
class Row:
    strategy: str
    workload: str  # "cpu/primes"
    kind: str
    workers: int
    seconds: tuple  # one per repetition, of calm ones if there are any; empty: the row has no time
    reason: str = ""  # why there is no time
    letter: str = ""  # the reason's class, for a table's cell
    peak_rss_bytes: int = 0  # 0: not known
    version: str = ""  # of the interpreter, in rows of another one than ours
    metrics: dict = dataclasses.field(default_factory=dict)  # name -> a number per repetition
    fixed_duration: bool = False  # the time was set: no speed
    switch_interval_us: int = 0  # where several were measured; 0: the file's own
    sharing: str = ""  # what the workers share and change
    size: str = ""  # where it is another than the file's

    @property
    def median(self):
        """Seconds of the middle repetition, or None without a time."""
        return statistics.median(self.seconds) if self.seconds else None


def classify(skipped, message, error_kind):
    """The letter of REASONS for a row without a time: by its kind, else by its message."""
    if skipped:
        return "S"
    if error_kind in LETTERS:
        return LETTERS[error_kind]
    text = message.lower()
    for words, letter in ((("wrong answer",), "W"), (("timeout", "timed out"), "T"),
                          (("signal", "killed"), "K"), (("leaked",), "L")):
        if any(word in text for word in words):
            return letter
    return "E"


def is_summary(raw):
    """Whether an entry summarises others. A row without a time is an aggregate by its type too, so
    that Google Benchmark's tools ask it for none, but it has a reason."""
    return raw.get("run_type") == "aggregate" and not (
        raw.get("skipped") or raw.get("error_message") or raw.get("error_occurred"))


def calm_ones(seconds, slowdowns):
    """The repetitions during which others did not slow the machine down (bench/speed_probe.h)."""
    if slowdowns is None or len(slowdowns) != len(seconds):
        return []
    return [s for s, slowdown in zip(seconds, slowdowns)
            if slowdown is not None and slowdown <= CALM_SLOWDOWN]


def seconds_of(fields):
    """The repetitions' times, or Google Benchmark's one time in their place; what is no time is left
    out."""
    listed = fields.typed("seconds", list, "a list") or []
    times = in_seconds(fields, "seconds",
                       calm_ones(listed, fields.numbers("slowdown")) or listed, 1.0)
    if times:
        return times
    unit = fields.typed("time_unit", str, "a unit of time")
    per_second = UNITS_PER_SECOND.get(unit, 1e9)
    return in_seconds(fields, "real_time", [fields.raw.get("real_time")], per_second)


def in_seconds(fields, name, values, per_second):
    least, most = LEAST_SECONDS * per_second, MOST_SECONDS * per_second
    numbers = (fields.in_reason(name, value, least, most) for value in values)
    return tuple(number / per_second for number in numbers if number and number > 0)


def metrics_of(fields):
    """name -> finite numbers, those that are none left out."""
    raw = fields.raw.get("metrics")
    raw = raw if isinstance(raw, dict) else {}
    metrics = Fields(raw, f"{fields.where}: metrics")
    lists = {name: metrics.numbers(name) for name in raw if isinstance(raw[name], list)}
    numbers = {name: tuple(v for v in values if v is not None) for name, values in lists.items()}
    return {name: values for name, values in numbers.items() if values}


def positive(fields, name, most):
    """A number of that size as an int; 0 where it is not known."""
    number = fields.in_reason(name, fields.raw.get(name), 1e-3, most)
    return int(number) if number and number > 0 else 0


def workload_of(fields):
    workload = fields.name("workload")
    kind, slash, name = workload.partition("/")
    if not (kind and slash and name):
        fields.refuse("workload", workload, "KIND/NAME")
    return workload


def with_lists(raw):
    """An entry of one repetition as one of several that are one."""
    def listed(value):
        return value if isinstance(value, list) or value is None else [value]

    raw = {key: listed(value) if key in ("seconds", "slowdown") else value for key, value in raw.items()}
    if isinstance(raw.get("metrics"), dict):
        raw["metrics"] = {name: listed(value) for name, value in raw["metrics"].items()}
    return raw


def parse_row(raw, where="row"):
    """A Row from one entry of "benchmarks", or None for an entry that is not ours. Raises DataError
    for one that claims to be ours and is not."""
    if not isinstance(raw, dict) or is_summary(raw):
        return None
    if raw.get("strategy") is None or raw.get("workload") is None:
        return None
    fields = Fields(raw := with_lists(raw), where)
    strategy, workload = fields.name("strategy"), workload_of(fields)
    skipped = fields.typed("skipped", (str, bool), "a reason") or ""
    message = fields.message("error_message") or fields.message("skip_message")
    error_kind = fields.text("error_kind")
    seconds = ()
    if not (skipped or message or raw.get("error_occurred")):
        seconds = seconds_of(fields)
    reason = message or (fields.message("skipped") if isinstance(skipped, str) else "") or "no time"
    return Row(
        strategy=strategy,
        workload=workload,
        kind=fields.name("kind", workload.split("/")[0]),
        workers=fields.whole("workers", MOST_WORKERS),
        seconds=seconds,
        reason="" if seconds else " ".join(reason.split()),
        letter="" if seconds else classify(bool(skipped), message, error_kind),
        peak_rss_bytes=positive(fields, "peak_rss_bytes", MOST_BYTES_OF_MEMORY),
        version=fields.name("version", ""),
        metrics=metrics_of(fields) if seconds else {},
        fixed_duration=raw.get("fixed_duration") is True,
        switch_interval_us=positive(fields, "switch_interval_us", MOST_INTERVAL_US),
        sharing=fields.text("sharing"),
        size=fields.text("size"),
    )


def checked_context(raw, where):
    """What is used of a context, with its types checked."""
    fields = Fields(raw, where)
    context = {name: text for name in ("cpu_model", "host_name", "python_version", "compiler",
                                       "commit", "date", "size") if (text := fields.text(name))}
    if raw.get("num_cpus") is not None:
        context["num_cpus"] = fields.whole("num_cpus", MOST_WORKERS)
    interval_us = positive(fields, "switch_interval_us", MOST_INTERVAL_US)
    if interval_us:
        context["switch_interval_us"] = interval_us
    return context


def read_file(path):
    """(context, rows) of one result file. Raises DataError."""
    raw_context, entries = read_document(path)
    context = checked_context(raw_context, f"{path}: context")
    numbered = enumerate(entries, 1)
    rows = [row for number, raw in numbered if (row := parse_row(raw, f"{path}: row {number}"))]
    if not rows:
        raise DataError(
            f"{path}: not a result of bench_workloads (no row names a strategy and a workload)"
        )
    return context, rows
