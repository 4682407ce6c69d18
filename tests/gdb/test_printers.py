"""runtime/gdb_printers.py: gdb prints an object as its repr, and says where memory is broken."""

import os
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(shutil.which("gdb") is None, reason="no gdb here")


@pytest.fixture(scope="module")
def printed():
    """What gdb says of each variable of show()."""
    names = (
        "none truth number real word single nested endless broken many dict set klass point error empty freed".split()
    )
    commands = [f"source {ROOT / 'runtime/gdb_printers.py'}", "break look", "run", "up"]
    commands += [f"output {name}" if not i else f"echo \\n\noutput {name}" for i, name in enumerate(names)]
    arguments = [word for command in commands for line in command.split("\n") for word in ("-ex", line)]
    binary = pathlib.Path(os.environ["GILBENCH_BUILD_DIR"]) / "tests/gdb/gdb_objects"
    done = subprocess.run(
        ["gdb", "-nx", "-batch", *arguments, binary], capture_output=True, text=True, timeout=60, check=False
    )
    lines = done.stdout.splitlines()[-len(names):]
    assert len(lines) == len(names), done.stdout + done.stderr
    return dict(zip(names, lines))


@pytest.mark.parametrize(
    "name, text",
    [
        ("none", "None"),
        ("truth", "True"),
        ("number", "-42"),
        ("real", "0.5"),
        ("word", '"it\'s"'),
        ("single", "(-42,)"),
        ("nested", '[-42, "it\'s", [None, True]]'),
        ("endless", "[[[[...]]]]"),
        ("dict", '{"it\'s": -42, -42: (-42,)}'),
        ("set", "{-42}"),
        ("klass", "<class 'Point'>"),
        ("error", 'KeyError("it\'s",)'),
        ("empty", "null"),
    ],
)
def test_prints_as_its_repr(printed, name, text):
    assert printed[name] == text


def test_an_instance_by_its_class(printed):
    assert printed["point"].startswith("<Point object at 0x")


def test_of_many_items_the_first(printed):
    assert printed["many"] == "[" + ", ".join(["None"] * 20) + ", ... 980 more]"


def test_broken_memory_is_told_where_it_is(printed):
    assert printed["broken"].startswith("[<broken at 0x8: ")
    assert printed["freed"].startswith("<no object at 0x")
