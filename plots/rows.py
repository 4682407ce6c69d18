"""The rows of a results file, apart from their times: metrics, memory, and why a row has no time.

An entry is ours when it names a `strategy` and a `workload`; others are left out. In schema 1 an entry is a
row with lists of one number per repetition, in schema 2 it is one repetition. A row without a time carries
`skipped` or `error_message` and is kept, as a reason and never as a number. Times come from plots/report.py.
"""

import dataclasses
import re

from plots.result_file import DataError, Fields, read_document

NEWEST_SCHEMA = 2
MOST_WORKERS = 1_000_000
MOST_BYTES_OF_MEMORY = 1e18
MOST_INTERVAL_US = 1e12
NO_SPEED = ("mixed", "collector")  # kinds whose rows are about something else than how fast they are

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
    workload: str  # "cpu/primes"; with its size where that is not the file's: "cpu/primes (full)"
    kind: str
    workers: int
    failed: bool = False  # whether it says that it has no time
    reason: str = ""  # why
    letter: str = ""  # the reason's class, for a table's cell
    memory_bytes: tuple = ()  # a number per repetition that counts, as the metrics: when the work was done, or
    # in older files the peak
    metrics: dict = dataclasses.field(default_factory=dict)  # name -> numbers
    version: str = ""  # of the interpreter, in rows of another one than ours
    fixed_duration: bool = False  # the time was set: no speed
    switch_interval_us: int = 0  # where several were measured; 0: the file's own
    fact: object = None  # what conclude says of its times: report.Fact
    session: object = None  # of the file that it is from: data.Session

    @property
    def key(self):
        return self.strategy, self.workload, self.workers, self.switch_interval_us

    @property
    def is_timed(self):
        return self.fact is not None and not self.fact.no_time

    @property
    def enough(self):
        """Whether it has enough blocks for a verdict."""
        return self.is_timed and self.fact.enough

    @property
    def lack(self):
        """Why there is nothing to show, in a few words."""
        return REASONS[self.letter] if self.failed else "nothing measured"

    @property
    def has_speed(self):
        """Whether its time says how fast the strategy is."""
        return not self.fixed_duration and self.kind not in NO_SPEED


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


def metrics_of(fields):
    """name -> finite numbers, those that are none left out."""
    raw = fields.raw.get("metrics")
    raw = raw if isinstance(raw, dict) else {}
    metrics = Fields(raw, f"{fields.where}: metrics")
    return {name: numbers for name in raw if (numbers := metrics.numbers(name))}


def positive(fields, name, most):
    """A number of that size as an int; 0 where it is not known."""
    number = fields.in_reason(name, fields.raw.get(name), 1e-3, most)
    return int(number) if number and number > 0 else 0


def on_one_line(text):
    """As conclude has it."""
    return re.sub("[\0- \x7f]+", " ", text).strip(" ")


def workload_of(fields, file_size):
    workload = fields.name("workload")
    kind, slash, name = workload.partition("/")
    if not (kind and slash and name):
        fields.refuse("workload", workload, "KIND/NAME")
    # Times of another size are of another workload. conclude names it like this too.
    size = on_one_line(fields.text("size"))
    return f"{workload} ({size})" if size and size != file_size else workload


def parse_row(raw, where="row", file_size=""):
    """A Row from one entry of "benchmarks", or None for an entry that is not ours. Raises DataError
    for one that claims to be ours and is not."""
    if not isinstance(raw, dict) or is_summary(raw):
        return None
    if raw.get("strategy") is None or raw.get("workload") is None:
        return None
    fields = Fields(raw, where)
    strategy, workload = fields.name("strategy"), workload_of(fields, file_size)
    skipped = fields.typed("skipped", (str, bool), "a reason") or ""
    message = fields.message("error_message") or fields.message("skip_message")
    error_kind = fields.text("error_kind")
    failed = bool(skipped or message or raw.get("error_occurred"))
    reason = message or (fields.message("skipped") if isinstance(skipped, str) else "") or "no time"
    counts = not failed and not raw.get("excluded")
    memory = (positive(fields, "pss_bytes", MOST_BYTES_OF_MEMORY)
              or positive(fields, "peak_rss_bytes", MOST_BYTES_OF_MEMORY))
    metrics = metrics_of(fields)
    return Row(
        strategy=strategy,
        workload=workload,
        kind=fields.name("kind", workload.split("/")[0]),
        workers=fields.whole("workers", MOST_WORKERS),
        failed=failed,
        reason=" ".join(reason.split()),
        letter=classify(bool(skipped), message, error_kind),
        memory_bytes=(memory,) if memory and counts else (),
        metrics=metrics if counts else {},
        version=fields.name("version", ""),
        fixed_duration=raw.get("fixed_duration") is True,
        switch_interval_us=positive(fields, "switch_interval_us", MOST_INTERVAL_US),
    )


def merge(row, more):
    """The row with another repetition. One that failed spoils it."""
    if row.failed or more.failed:
        return row if row.failed else more
    return dataclasses.replace(
        row,
        memory_bytes=row.memory_bytes + more.memory_bytes,
        metrics={name: row.metrics.get(name, ()) + more.metrics.get(name, ())
                 for name in {**row.metrics, **more.metrics}})


def checked_context(raw, where):
    """What is used of a context, with its types checked."""
    fields = Fields(raw, where)
    context = {name: on_one_line(text)
               for name in ("cpu_model", "host_name", "python_version", "compiler", "commit", "date", "size")
               if (text := fields.text(name))}
    # What makes times mean something else.
    conditions = ["start-up counted"] * (raw.get("cold") is True) + ["collector off"] * (raw.get("gc") == "off")
    if conditions:
        context["conditions"] = ", ".join(conditions)
    schema = fields.whole("schema_version", 1_000_000, 1)
    if schema > NEWEST_SCHEMA:
        raise DataError(f"{where}: of schema {schema}; the charts are of those up to {NEWEST_SCHEMA}")
    for name in ("num_cpus", "usable_cores"):
        if raw.get(name) is not None:
            context[name] = fields.whole(name, MOST_WORKERS)
    interval_us = positive(fields, "switch_interval_us", MOST_INTERVAL_US)
    if interval_us:
        context["switch_interval_us"] = interval_us
    return context


def read_file(path):
    """(context, rows) of one results file. Raises DataError."""
    raw_context, entries = read_document(path)
    context = checked_context(raw_context, f"{path}: context")
    rows = {}
    for number, raw in enumerate(entries, 1):
        row = parse_row(raw, f"{path}: row {number}", context.get("size", ""))
        if row:
            rows[row.key] = merge(rows[row.key], row) if row.key in rows else row
    if not rows:
        raise DataError(
            f"{path}: not a result of bench_workloads (no row names a strategy and a workload)"
        )
    return context, list(rows.values())
