#!/usr/bin/env python3
"""Write what CPython 3.11 makes of every program here, or compare with what is stored.

    update_expected.py [--check] [--python=PATH]

Without --python it takes this interpreter if it is a 3.11, else the python3.11 or python3 it finds.
Messages change from version to version, so no other version will do.
Exit status: 0 done or all equal, 1 something differs, 77 no CPython 3.11 found (a skipped test).
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
MARK = "--- error\n"
SKIPPED = 77
FRAME = re.compile(r'  File "(?:.*/)?([^"/]+)", line (\d+)(, in .+)?$')
SUGGESTION = re.compile(r"\. Did you mean: '[^']*'\?$")
REFUSAL = re.compile(r"\d+: \S.*\n\Z")

# Prints "LINE: SyntaxError: message" for a file that CPython refuses, nothing for one it accepts.
SYNTAX_PROBE = """
import sys
path = sys.argv[1]
try:
    compile(open(path, "rb").read(), path, "exec", dont_inherit=True)
except SyntaxError as error:
    print("%d: %s: %s" % (error.lineno, type(error).__name__, error.msg))
"""


def is_cpython_311(python):
    probe = "import sys; print(sys.implementation.name, *sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", probe], capture_output=True, text=True)
    except OSError:
        return False
    return answer.stdout.split() == ["cpython", "3", "11"]


def find_python():
    candidates = [sys.executable, shutil.which("python3.11"), "/usr/bin/python3",
                  shutil.which("python3")]
    return next((p for p in candidates if p and is_cpython_311(p)), None)


def run(python, arguments, hash_seed=0):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environment.update(PYTHONHASHSEED=str(hash_seed), PYTHONUTF8="1", PYTHONDONTWRITEBYTECODE="1")
    return subprocess.run([python, "-P", *arguments], env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, encoding="utf-8", timeout=60)


def normalise(traceback):
    """CPython's traceback without source and caret lines, folders and suggestions.

    Of one with repeated lines, or of a RecursionError, only the last line is left: where exactly
    the stack ends is each interpreter's own affair.
    """
    lines = traceback.rstrip("\n").split("\n")
    if lines[-1].startswith("RecursionError"):
        return lines[-1] + "\n"
    kept = []
    for line in lines:
        frame = FRAME.match(line)
        if frame:
            kept.append('  File "%s", line %s%s' % (frame[1], frame[2], frame[3] or ""))
        elif not line.startswith("    "):
            kept.append(SUGGESTION.sub("", line))
    return "\n".join(kept) + "\n"


def expected_output(python, program):
    """The text of the .out file. ValueError: the program breaks this folder's rules."""
    first = run(python, [program])
    if run(python, [program], hash_seed=1).stdout != first.stdout:
        raise ValueError("its output changes from run to run or with the hash seed")
    if program.parent.name != "errors":
        if first.returncode or first.stderr:
            raise ValueError("it ends in an error:\n" + first.stderr)
        return first.stdout
    if not first.returncode:
        raise ValueError("it ends without an error")
    return first.stdout + MARK + normalise(first.stderr)


def expected_refusal(python, program):
    """The text of the .refused file: CPython's own words where CPython refuses the program too,
    unless we refuse the same line for a construct that we leave out altogether."""
    refused = run(python, ["-c", SYNTAX_PROBE, program])
    if refused.returncode:
        raise ValueError(refused.stderr)
    stored = program.with_suffix(".refused")
    text = stored.read_text(encoding="utf-8") if stored.exists() else ""
    if refused.stdout:
        line = refused.stdout.split(":")[0] + ":"
        ours = text.startswith(line) and text.endswith(" is not supported\n")
        return text if ours else refused.stdout
    if not REFUSAL.match(text):
        raise ValueError("CPython accepts it: write its .refused by hand, `LINE: reason`")
    return text


def examine(python, program, check):
    """Handles one program; returns a complaint or None."""
    refused = program.parent.name == "refused"
    stored = program.with_suffix(".refused" if refused else ".out")
    try:
        if not program.read_text(encoding="utf-8").startswith('"""'):
            raise ValueError("its first line is no docstring")
        text = (expected_refusal if refused else expected_output)(python, program)
    except (ValueError, subprocess.TimeoutExpired) as error:
        return str(error)
    before = stored.read_bytes() if stored.exists() else None
    if before == text.encode("utf-8"):
        return None
    if check:
        return stored.name + (" is missing" if before is None else " is not what CPython prints")
    stored.write_bytes(text.encode("utf-8"))
    print("wrote", stored.relative_to(FOLDER))
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--python", help="the CPython 3.11 to ask")
    options = parser.parse_args()
    python = options.python if options.python else find_python()
    if not python or not is_cpython_311(python):
        print("skipped: the expected output is CPython 3.11's, and there is none here")
        return SKIPPED
    programs = sorted(FOLDER.glob("*/*.py"))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        complaints = list(pool.map(lambda p: examine(python, p, options.check), programs))
    bad = 0
    for program, complaint in zip(programs, complaints):
        if complaint:
            bad += 1
            print("%s: %s" % (program.relative_to(FOLDER), complaint))
    for stored in sorted([*FOLDER.glob("*/*.out"), *FOLDER.glob("*/*.refused")]):
        if not stored.with_suffix(".py").exists():
            bad += 1
            print("%s: there is no such program" % stored.relative_to(FOLDER))
    print("%d programs, %d complaints" % (len(programs), bad))
    return 1 if bad or not programs else 0


if __name__ == "__main__":
    sys.exit(main())
