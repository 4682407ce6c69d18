"""Print the syntax tree of a Python file as JSON: CPython's own parser, any version from 3.8 on.

    python3 ast_to_json.py FILE > tree.json

The document is {"path", "lines", "tree"}. A node is an object of "node", "line", "end" and its fields;
operators and contexts are their names. A constant is {"node": "Constant", "kind", "value"} with the
value as text that loses nothing: decimal digits (hexadecimal ones with 0x in front for long integers),
hexadecimal floats, hexadecimal bytes.
Exit status 2 and one line on stderr, "FILE:LINE: reason", where there is no tree.
"""
import ast
import io
import json
import os
import stat
import sys
import tokenize
import warnings

SKIPPED_FIELDS = {"type_comment", "type_ignores", "kind"}

# How many nodes may stand in one another, as the terms of a sum or the branches of an elif do. What
# reads the tree (tree.cpp) and compiles it recurses as deep, on a stack of 8 MiB: measured, it ends
# beyond 5,000, and at some 1,200 under the address sanitizer. CPython's own compiler ends at 3,000.
MAX_NESTING = 1000

MAX_DECIMAL_BITS = 14000  # 4,215 decimal digits
MAX_FILE_BYTES = 64 << 20


class Refusal(Exception):
    def __init__(self, line, reason):
        super().__init__(reason)
        self.line = line


def constant(node):
    value = node.value
    if value is None:
        return "none", None
    if value is Ellipsis:
        return "ellipsis", None
    if isinstance(value, bool):
        return "bool", value
    if isinstance(value, int):
        # Decimal digits take quadratic time, and CPython gives no more than 4,300 of them.
        return "int", hex(value) if value.bit_length() > MAX_DECIMAL_BITS else str(value)
    if isinstance(value, float):
        return "float", value.hex()
    if isinstance(value, bytes):
        return "bytes", value.hex()
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise Refusal(node.lineno, "a str with a lone surrogate is not supported") from None
        return "str", value
    raise Refusal(node.lineno, "a %s constant is not supported" % type(value).__name__)


def convert(value, nesting=0):
    if isinstance(value, list):
        return [convert(item, nesting) for item in value]
    if not isinstance(value, ast.AST):
        return value
    name = type(value).__name__
    if name == "Index":  # 3.8 wraps what stands in a subscript
        return convert(value.value, nesting)
    if nesting >= MAX_NESTING and hasattr(value, "lineno"):
        raise Refusal(value.lineno, "expression too deeply nested")
    nesting += 1
    result = {"node": name}
    if hasattr(value, "lineno"):
        result["line"] = value.lineno
        result["end"] = value.end_lineno
    if name == "ExtSlice":  # 3.8's a[1:2, 3]
        return {"node": "Tuple", "elts": convert(value.dims, nesting), "ctx": "Load"}
    if name == "Constant":
        result["kind"], result["value"] = constant(value)
        return result
    if not value._fields and not hasattr(value, "lineno"):  # operators and contexts
        return name
    for field in value._fields:
        if field not in SKIPPED_FIELDS:
            result[field] = convert(getattr(value, field, None), nesting)
    return result


def source_lines(data):
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    with io.TextIOWrapper(io.BytesIO(data), encoding=encoding) as text:
        return [line.rstrip("\n") for line in text]


def read_plain_file(path):
    """Its bytes. What is no file has no end, or an end that only one reader sees, or none to read."""
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise Refusal(1, "not a plain file")
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise Refusal(1, "more than %d MiB" % (MAX_FILE_BYTES >> 20))
    return data


def tree(path):
    data = read_plain_file(path)
    try:
        module = ast.parse(data, path)
        lines = source_lines(data)
    except SyntaxError as error:
        raise Refusal(error.lineno or 1, "%s: %s" % (type(error).__name__, error.msg)) from None
    except ValueError as error:  # null bytes; bytes that are not in the file's encoding
        raise Refusal(1, "SyntaxError: %s" % error) from None
    return json.dumps({"path": path, "lines": lines, "tree": convert(module)})


def main(path):
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(5000)  # convert() calls itself up to three times for a node
    try:
        document = tree(path)
    except Refusal as refusal:
        sys.exit(fail("%s:%d: %s" % (path, refusal.line, refusal)))
    except (RecursionError, MemoryError):  # of CPython's parser, which does not say where
        sys.exit(fail("%s:1: expression too deeply nested" % path))
    except FileNotFoundError:
        sys.exit(fail("%s:1: no such file" % path))
    except OSError as error:
        sys.exit(fail("%s:1: %s" % (path, error.strerror)))
    print(document)


def fail(message):
    print(message, file=sys.stderr)
    return 2


if __name__ == "__main__":
    main(sys.argv[1])
