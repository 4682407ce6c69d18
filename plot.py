#!/usr/bin/env python3
"""Draws the charts of one or more result files: plot.py FILE... -o FOLDER

Files of one machine, size and baseline are laid over each other; others make a set of charts of their
own. The journal of a run that did not end (FILE.rows) is drawn like a result. What is drawn of times is
what the program `conclude` says of them: the one that GILBENCH_CONCLUDE names, or that of a build here. Exit status: 0, or with one line on stderr 2 for input or a
folder that cannot be used, 1 where the charts are drawn and their names cannot be printed.
"""

import argparse
import glob
import os
import subprocess
import sys
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
REEXECUTED = "GILBENCH_PLOT_REEXECUTED"


def other_pythons():
    """Pythons that may have matplotlib where this one has not, Debian's own first."""
    found = ["/usr/bin/python3"]
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        names = [name for pattern in ("python3", "python3.*", "python")
                 for name in sorted(glob.glob(os.path.join(folder, pattern)))]
        found += [name for name in names if not name.endswith(("-config", ".py"))]
    return [name for name in dict.fromkeys(found) if os.access(name, os.X_OK)]


def has_matplotlib(python):
    try:
        # The version first: a Python 2 must not be taken.
        code = "import sys; assert sys.version_info >= (3, 8); import matplotlib"
        return not subprocess.run([python, "-c", code], timeout=60, check=False,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False


def run_under_another_python():
    """Starts this program again under a Python that has matplotlib; ends it when there is none."""
    if not os.environ.get(REEXECUTED):
        for python in other_pythons():
            if has_matplotlib(python):
                os.environ[REEXECUTED] = "1"
                sys.stdout.flush()
                os.execv(python, [python, os.path.abspath(__file__), *sys.argv[1:]])
    print("plot.py: no Python here has matplotlib: `./run setup` installs it", file=sys.stderr)
    sys.exit(2)


def main():
    parser = argparse.ArgumentParser(
        prog="plot.py", description="Draw the charts of gilbench results as PNG and SVG.")
    parser.add_argument("files", nargs="+", metavar="FILE",
                        help="a result of bench_workloads or bench_collector")
    parser.add_argument("-o", "--out", required=True, metavar="FOLDER",
                        help="where the charts go; created when missing")
    arguments = parser.parse_args()

    try:
        import matplotlib
    except ImportError:
        run_under_another_python()
    matplotlib.use("Agg")
    from plots import charts, data, style
    from plots.output import print_text

    # A letter that the font lacks is drawn as a box; that is no reason for a page of warnings.
    warnings.filterwarnings("ignore", message="Glyph .* missing from current font")
    matplotlib.rcParams.update(style.SETTINGS)
    try:
        sets = data.load(arguments.files)
        os.makedirs(arguments.out, exist_ok=True)
        paths = charts.draw_all(sets, arguments.out)
    except data.DataError as error:
        print(f"plot.py: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"plot.py: cannot write to {arguments.out}: {error.strerror or error}",
              file=sys.stderr)
        return 2
    if not paths:
        print("plot.py: nothing to draw: no row has a time, or none that could be compared", file=sys.stderr)
        return 2
    return print_text("plot.py", "\n".join(paths))


if __name__ == "__main__":
    sys.exit(main())
