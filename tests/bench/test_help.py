"""bench/help.py: what `./run bench` says where nothing is built, beside what the binary says."""

import re
import subprocess
import sys

import pytest
from conftest import ROOT, find_binary

HELP = ROOT / "bench" / "help.py"


def ask(*words):
    return subprocess.run([sys.executable, HELP, *words], capture_output=True, text=True, timeout=60)


def flags_in(text):
    """name -> all that is said of it, without how the lines are broken."""
    found = {}
    for line in text.splitlines():
        flag = re.match(r"  --([\w-]+)(.*)", line)
        if flag:
            name, found[flag[1]] = flag[1], flag[2]
        elif found and line.startswith("      "):
            found[name] += line
        elif found:
            break
    return {name: "".join(said.replace(" arg", "").split()) for name, said in found.items()}


def test_the_flags_are_the_binarys():
    binary = subprocess.run([find_binary("bench_workloads_fake"), "--help"], capture_output=True, text=True, timeout=60)
    ours = flags_in(ask("--help").stdout)
    assert ours.pop("full") and ours.pop("ladder")
    theirs = flags_in(binary.stdout)
    assert len(theirs) > 15 and ours == theirs


def test_the_list_is_the_binarys():
    binary = subprocess.run([find_binary("bench_workloads"), "--list"], capture_output=True, text=True, timeout=120)
    ours, theirs = (text.split("workloads (what") for text in (ask("--list").stdout, binary.stdout))
    assert ours[1] == theirs[1]
    assert set(theirs[0].splitlines()) <= set(ours[0].splitlines())  # a build may have fewer strategies


@pytest.mark.parametrize("words", [
    (), ("--full",), ("--workers=1,2", "--size", "quick"), ("--benchmark_repetitions=3", "--quiet"), ("--v=1",)])
def test_flags_that_there_are(words):
    done = ask(*words)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("words, said", [
    (("--sizes=1",), "unknown flag --sizes"), (("--workers=1", "x"), "'x' is none"), (("--quiet", "2"), "'2' is none")])
def test_flags_that_there_are_none(words, said):
    done = ask(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1 and said in done.stderr
