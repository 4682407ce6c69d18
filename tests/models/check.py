#!/usr/bin/env python3
"""Checks a Promela model: spin makes a verifier, the C compiler compiles it, and it runs.

usage: check.py MODEL.pml holds|refuted [-DNAME[=VALUE]]...

Exit status 0 when the model does what was expected of it: `holds`, a full search without an error;
`refuted`, an error was found (for the variants that are broken on purpose). 77: there is no spin.
A model with an ltl property (-DENDLESS) is searched for fair cycles that violate it.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77


def output_of(command, folder):
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit status {done.returncode}\n{done.stdout}")
    return done.stdout


def main(model, expected, *defines):
    if expected not in ("holds", "refuted"):
        sys.exit(__doc__)
    if shutil.which("spin") is None:
        print("no spin here")
        return SKIPPED
    is_liveness = "-DENDLESS" in defines
    with tempfile.TemporaryDirectory() as folder:
        output_of(["spin", *defines, "-a", pathlib.Path(model).resolve()], folder)
        # Weak fairness needs room for a copy of the states for each process; COLLAPSE saves memory.
        kind = ["-DNFAIR=3"] if is_liveness else ["-DSAFETY"]
        compiler = shutil.which("gcc") or "cc"
        output_of([compiler, "-O1", "-w", "-DCOLLAPSE", *kind, "-o", "pan", "pan.c"], folder)
        # -m: the depth of the search; a search that is cut short says so, and proves nothing.
        search = ["-a", "-f"] if is_liveness else []
        report = output_of(["./pan", "-m1000000", *search], folder)
    print(report)
    errors = int(re.search(r"errors: (\d+)", report).group(1))
    if expected == "refuted":
        return 0 if errors > 0 else 1
    is_full = "max search depth too small" not in report and "Search not completed" not in report
    return 0 if errors == 0 and is_full else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
