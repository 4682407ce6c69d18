"""Every source file opens with what it does: a comment in C++, a docstring in Python.

A reader who opens a file learns its purpose before its includes.
"""
import ast
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]

CPP_FOLDERS = ["bench", "runtime", "strategies", "tests"]
PYTHON_FOLDERS = ["plots", "bench", "runtime", "tests/house", "tests/models", "tests/plots", "tests/bench"]
# Programs that are run or harmed by tests. What they say is their own.
LEFT_OUT = ["tests/language", "tests/fuzz"]


def sources(folders, suffixes):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in suffixes and not any(name.startswith(out + "/") for out in LEFT_OUT):
                yield name, path.read_text(encoding="utf-8")


def opens_with_comment(text):
    first_line = text.split("\n", 1)[0]
    return first_line.startswith("// ") and first_line[3:].strip() != ""


def opens_with_docstring(text):
    return bool(ast.get_docstring(ast.parse(text)))


def test_cpp_files_open_with_a_comment():
    files = list(sources(CPP_FOLDERS, [".h", ".cpp"]))
    assert files
    without = [name for name, text in files if not opens_with_comment(text)]
    assert not without, "no opening comment: " + ", ".join(without)


def test_python_files_open_with_a_docstring():
    files = list(sources(PYTHON_FOLDERS, [".py"]))
    assert files
    without = [name for name, text in files if not opens_with_docstring(text)]
    assert not without, "no docstring: " + ", ".join(without)


def test_what_counts_as_an_opening():
    assert opens_with_comment("// Does this.\n#include <x>\n")
    assert not opens_with_comment("#include <x>\n// Does this.\n")
    assert not opens_with_comment("//\n// Does this.\n")
    assert opens_with_docstring('#!/usr/bin/env python3\n"""Does this."""\nimport sys\n')
    assert not opens_with_docstring('import sys\n"""Does this."""\n')
