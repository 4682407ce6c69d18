"""Every native in the table refuses what its row does not take: with a TypeError, never a crash.

The table comes from `run_program --list-natives`, so a new row is tested without a word here. What
the errors say is in tests/language/exceptions/natives_*.py.
"""

import json
import os
import pathlib
import subprocess

BINARY = pathlib.Path(os.environ["GILBENCH_BUILD_DIR"]) / "run_program"

# An expression for an object of each class that a program cannot make by calling it.
OBJECTS = {
    "BaseException": "BaseException()", "HASH": "hashlib.md5()", "RLock": "threading.RLock()",
    "bytes_iterator": "iter(b'')", "callable_iterator": "iter(len, 1)",
    "dict_items": "{}.items()", "dict_itemiterator": "iter({}.items())", "dict_keys": "{}.keys()",
    "dict_keyiterator": "iter({})", "dict_reverseitemiterator": "reversed({}.items())",
    "dict_reversekeyiterator": "reversed({})", "dict_reversevalueiterator": "reversed({}.values())",
    "dict_values": "{}.values()", "dict_valueiterator": "iter({}.values())",
    "generator": "(lambda: (yield))()", "iterator": "iter(Indexed())", "list_iterator": "iter([])",
    "list_reverseiterator": "reversed([])", "lock": "threading.Lock()",
    "range_iterator": "iter(range(1))", "set_iterator": "iter(set())", "slice": "slice(1)",
    "socket": "socket.socket()", "str_iterator": "iter('')", "str_ascii_iterator": "iter('')",
    "tuple_iterator": "iter(())", "type": "int", "enumerate": "enumerate([])",
    "map": "map(len, [])", "filter": "filter(len, [])", "reversed": "reversed(())",
    "range": "range(1)", "property": "property(len)", "object": "object()",
}

HEAD = '''import gc, hashlib, math, os, socket, sys, threading, time, zlib
class Foreign:
    pass
class Indexed:
    def __getitem__(self, index):
        raise IndexError
def attempt(label, function, *args, **keywords):
    try:
        function(*args, **keywords)
    except TypeError:
        pass
    except BaseException as error:
        print(label, type(error).__name__, error)
    else:
        print(label, "is taken")
'''


def natives():
    done = subprocess.run([BINARY, "--list-natives"], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def callee(row):
    """The native as an expression, and its receiver: one to give it, or None."""
    if "module" in row:
        module = {"posixpath": "os.path", "builtins": ""}.get(row["module"], row["module"])
        return (module + "." if module else "") + row["name"], None
    owner = row["class"]
    if row["binding"] == "constructor":
        return ("socket." if owner == "socket" else "") + owner, None
    receiver = OBJECTS.get(owner, owner + "()")
    if row["binding"] == "method":
        return "type(%s).%s" % (receiver, row["name"]), receiver
    return "%s.%s" % (receiver, row["name"]), None


def calls(row, name, receiver):
    """What this row does not take, as argument lists."""
    own = [] if receiver is None else [receiver]
    enough = ["'a'"] * row["least"]
    if receiver is not None:
        yield []
        if row["class"] != "object":
            yield ["Foreign()"] + enough
            yield ["5" if row["class"] != "int" else "'a'"] + enough
    if row["least"] > 0:
        yield own + enough[1:]
        yield own
    if row["most"] is not None:
        yield own + ["'a'"] * (row["most"] + len(row["names"]) + 1)
        yield own + ["'a'"] * 40
    if row["keywords"] != "any":
        yield own + enough + ["wrong=1"]


# Classes that a program cannot name and has no object of, and the row whose call cannot be refused.
NO_OBJECT = {"traceback"}


def test_every_native_refuses_wrong_calls(tmp_path):
    lines = [HEAD]
    for row in natives():
        if row["name"] == "" or row["binding"] == "property":
            continue  # an exception's constructor takes everything; properties are read, not called
        if row.get("class") in ("error", "RunInterrupted") or row.get("class") in NO_OBJECT:
            continue
        name, receiver = callee(row)
        for arguments in calls(row, name, receiver):
            label = "%s(%s)" % (name, ", ".join(arguments))
            lines.append("attempt(%r, %s)" % (label, ", ".join([name, *arguments])))
    program = tmp_path / "program.py"
    program.write_text("\n".join(lines) + "\n")
    done = subprocess.run([BINARY, program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, (done.returncode, done.stderr)
    assert done.stdout == ""
    assert len(lines) > 1000
