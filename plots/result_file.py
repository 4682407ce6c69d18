"""Result files as they lie on the disk: JSON text in, checked values out. Every tool reads through it.

Two forms: the document {"context": {...}, "benchmarks": [row, ...]}, and the journal of a run that has
not ended or did not end, FILE.rows: a line {"context": {...}}, then a line for each finished row. Files
come from anywhere. So nothing is used before its type and size are checked, and what cannot be used is
a DataError.
"""

import json
import math

MOST_BYTES = 256 << 20
LONGEST_NAME = 200  # characters; charts have no room for longer ones
LONGEST_TEXT = 2000
LEAST_NUMBER, MOST_NUMBER = 1e-30, 1e30  # of a metric's size, where it is not 0


class DataError(Exception):
    """A file that cannot be used; the message is one line for the user."""


def read_text(path):
    try:
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}") from None
    except ValueError as error:  # a null byte in the path
        raise DataError(f"{path!r}: {error}") from None
    if len(content) > MOST_BYTES:
        raise DataError(f"{path}: more than {MOST_BYTES >> 20} MiB")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not JSON ({error})") from None


def parse(text, where):
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{where}: not JSON ({error})") from None


def journal_context(text):
    """The context of a journal; None where the text is no journal."""
    try:
        head = json.loads(text.partition("\n")[0])
    except (ValueError, RecursionError):
        return None
    if isinstance(head, dict) and "context" in head and "benchmarks" not in head:
        return head["context"]
    return None


def journal_rows(text, path):
    """The rows of the lines after the first. A last line without its end was being written. Of two
    rows of one name and repetition the later one counts: it has what the earlier one had, and more."""
    rows = {}
    for number, line in enumerate(text.split("\n")[1:-1], 2):
        row = parse(line, f"{path}:{number}")
        named = isinstance(row, dict) and isinstance(row.get("name"), str)
        key = (row["name"], shown(row.get("repetition_index"))) if named else number
        rows[key] = row
    return list(rows.values())


def read_document(path):
    """(context, entries): a dict, and a list of which nothing is checked yet. Raises DataError."""
    text = read_text(path)
    context = journal_context(text)
    if context is not None:
        entries = journal_rows(text, path)
    else:
        document = parse(text, path)
        entries = document.get("benchmarks") if isinstance(document, dict) else None
        if not isinstance(entries, list):
            raise DataError(f"{path}: not a result of bench_workloads (no list \"benchmarks\")")
        context = document.get("context")
    if context is None:
        context = {}
    if not isinstance(context, dict):
        raise DataError(f"{path}: \"context\" is no object")
    return context, entries


def shown(value):
    """A value as an error message shows it: in one line that is not too long."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # an int of too many digits, too many lists in lists
        text = f"a {type(value).__name__}"
    return text if len(text) <= 60 else text[:57] + "..."


def is_number(value):
    """Whether it is a finite number of JSON's. An int may still be too long for a float."""
    return (isinstance(value, int) and not isinstance(value, bool)
            or isinstance(value, float) and math.isfinite(value))


class Fields:
    """An object of a file, with access that checks. Absent and null are the same."""

    def __init__(self, raw, where):
        self.raw, self.where = raw, where

    def refuse(self, name, value, what):
        raise DataError(f"{self.where}: {name} is {shown(value)}, not {what}")

    def typed(self, name, kind, what):
        value = self.raw.get(name)
        if value is not None and not isinstance(value, kind):
            self.refuse(name, value, what)
        return value

    def text(self, name):
        """"" where there is none. What is no character (half of a surrogate pair) becomes one."""
        value = self.typed(name, str, "text") or ""
        if len(value) > LONGEST_TEXT:
            self.refuse(name, value, f"text of at most {LONGEST_TEXT} characters")
        return value.encode("utf-8", "replace").decode("utf-8")

    def message(self, name):
        """Text that may be long, as a traceback is; the end counts."""
        value = self.typed(name, str, "text") or ""
        return value[-LONGEST_TEXT:].encode("utf-8", "replace").decode("utf-8")

    def name(self, name, default=None):
        value = self.typed(name, str, "a name")
        if value is None and default is not None:
            return default
        if not value or not value.isprintable() or len(value) > LONGEST_NAME:
            self.refuse(name, value, f"a name of at most {LONGEST_NAME} characters")
        return value

    def whole(self, name, most, default=None):
        """A number from 1 on."""
        value = self.raw.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            self.refuse(name, value, f"a whole number from 1 to {most}")
        return value

    def numbers(self, name):
        """The numbers of that name, one or a list of them; what is no number is left out."""
        value = self.raw.get(name)
        values = value if isinstance(value, list) else [value]
        numbers = (self.in_reason(name, each) for each in values)
        return tuple(number for number in numbers if number is not None)

    def in_reason(self, name, value, least=LEAST_NUMBER, most=MOST_NUMBER):
        """The number as a float, or None where it is none. What no machine measures is refused: it
        would be drawn, and hide everything else."""
        if not is_number(value):
            return None
        if value != 0 and not least <= abs(value) <= most:
            self.refuse(name, value, f"from {least:g} to {most:g}")
        return float(value)
