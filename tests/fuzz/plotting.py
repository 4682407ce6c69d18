"""plot.py and plots.targets as a process that forks for each file, with everything imported already.

plotting.py ROOT reads one JSON object a line, {"tool", "path", "out", "err", "charts", "timeout"}, and
answers {"status": as oracle.py does, or "no matplotlib"}.
"""
import json
import os
import runpy
import sys
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import oracle  # noqa: E402

try:
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot  # noqa: F401
except ImportError:
    matplotlib = None


def run_tool(root, request):
    """As the command line: plot.py FILE -o FOLDER, or python -m plots.targets FILE."""
    os.chdir(root)
    sys.path.insert(0, root)
    if request["tool"] == "plot":
        sys.argv = ["plot.py", request["path"], "-o", request["charts"]]
        runpy.run_path(os.path.join(root, "plot.py"), run_name="__main__")
    else:
        sys.argv = ["targets", request["path"]]
        runpy.run_module("plots.targets", run_name="__main__")


def run_request(root, request):
    try:
        run_tool(root, request)
    except SystemExit as error:
        return oracle.exit_status(error)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def main(root):
    if matplotlib is not None:
        sys.path.insert(0, root)
        try:
            import plots.charts  # noqa: F401
            import plots.targets  # noqa: F401
        except Exception:  # then each run says why
            pass
        sys.modules.pop("plots.targets", None)
    oracle.serve_requests(lambda request: run_request(root, request),
                          None if matplotlib is not None else "no matplotlib", ("plot",))


if __name__ == "__main__":
    main(sys.argv[1])
