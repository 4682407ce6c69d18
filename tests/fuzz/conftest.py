"""A run_program that is CPython, with faults where a test plants them."""
import os
import pathlib
import sys

import pytest

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER))

import running  # noqa: E402

FAKE = '''#!{python} -PS
"""A run_program that is CPython, but for planted faults."""
import os, signal, sys, time
sys.path.insert(0, {folder!r})
import oracle
if "--strategy=?" in sys.argv:
    sys.exit("run_program: unknown strategy '?'; strategies: first, second")
if "--list-natives" in sys.argv:
    sys.exit(2)
path = sys.argv[-1]
text = open(path, encoding="utf-8", errors="replace").read()
{planted}
status = oracle.run_module(path)
sys.stdout.flush()
os._exit(status)
'''


@pytest.fixture
def python():
    """A CPython 3.11, as the fuzzers need it."""
    found = running.find_python()
    if found is None:
        pytest.skip("no CPython 3.11 here")
    return found


@pytest.fixture
def fake(tmp_path, python):
    """fake(planted lines) is the folder of such a run_program. They see `text` and `path`."""
    def make(planted=""):
        build = tmp_path / "build"
        build.mkdir(exist_ok=True)
        binary = build / "run_program"
        binary.write_text(FAKE.format(python=python, folder=str(FOLDER), planted=planted))
        os.chmod(binary, 0o755)
        return build
    return make
