"""Results files made up for the tests of the charts, and the tools run on them."""

import contextlib
import io
import json
import os
import pathlib
import subprocess
import sys
import types

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
if "GILBENCH_BUILD_DIR" in os.environ:
    os.environ["GILBENCH_CONCLUDE"] = str(ROOT / os.environ["GILBENCH_BUILD_DIR"] / "conclude")

import matplotlib  # noqa: E402

import plot as plot_program  # noqa: E402
from plots import data, sheet  # noqa: E402

sheet.DPI = 60  # pictures nobody looks at

CONTEXT = {
    "cpu_model": "Example CPU 9000",
    "num_cpus": 2,
    "compiler": "g++ 12.2.0",
    "commit": "0123456789abcdef",
    "date": "2026-01-02T03:04:05+00:00",
    "size": "full",
}
TIMES = (0.4, 0.5, 0.6, 0.5, 0.4, 0.6)  # enough blocks for a verdict


def row(strategy, workload, workers, times=TIMES, **more):
    """An entry of schema 1: a row with a list of its repetitions' times."""
    result = {
        "name": f"{workload}/{strategy}/workers:{workers}",
        "run_type": "iteration",
        "strategy": strategy,
        "workload": workload,
        "kind": workload.split("/")[0],
        "sharing": "none",
        "workers": workers,
        "time_unit": "ms",
        "peak_rss_bytes": 20 * 2**20,
    }
    if times:
        result.update(seconds=list(times), real_time=sorted(times)[len(times) // 2] * 1e3)
    return {**result, **more}


def repetitions(strategy, workload, workers, times=TIMES, excluded=(), **more):
    """Entries of schema 2: one for each repetition, then a summary. Metrics are lists, of which each entry gets
    its own number."""
    metrics = more.pop("metrics", {})
    entries = []
    for index, seconds in enumerate(times):
        entry = row(strategy, workload, workers, None, seconds=seconds, real_time=seconds * 1e3,
                    repetition_index=index, block=index, **more)
        if metrics:
            entry["metrics"] = {name: values[index] for name, values in metrics.items()}
        if index in excluded:
            entry["excluded"] = "others used 0.9 of 2 cores"
        entries.append(entry)
    mean = row(strategy, workload, workers, None, run_type="aggregate", aggregate_name="mean", real_time=1.0)
    return [*entries, {**mean, "name": mean["name"] + "_mean"}]


def write(path, rows, **context):
    path.write_text(json.dumps({"context": {**CONTEXT, **context}, "benchmarks": rows}))
    return path


def load(tmp_path, rows, **context):
    """The set of charts of one file."""
    results, = data.load([write(tmp_path / "loaded.json", rows, **context)])
    return results


def run_here(main, *arguments):
    """A tool's main program in this process; what a finished process would be."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    before = sys.argv
    sys.argv = ["plot.py", *map(str, arguments)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), matplotlib.rc_context():
            status = main()
    except SystemExit as error:
        status = error.code
    finally:
        sys.argv = before
    texts = [stream.buffer.getvalue().decode() for stream in (out, err)]
    return types.SimpleNamespace(returncode=status, stdout=texts[0], stderr=texts[1])


def plot(*arguments):
    return run_here(plot_program.main, *arguments)


def plot_process(*arguments, **more):
    command = [sys.executable, str(ROOT / "plot.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, **more)


def check_pictures(folder, names):
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        f"{name}.{kind}" for name in names for kind in ("png", "svg"))
    for path in folder.glob("*.png"):
        content = path.read_bytes()
        assert content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) > 3000, path
    for path in folder.glob("*.svg"):
        text = path.read_text()
        assert "<svg" in text and text.rstrip().endswith("</svg>") and len(text) > 5000, path


def charts_of(tmp_path, rows, **context):
    """The names of the charts that are drawn, each checked to be a picture."""
    result = plot(write(tmp_path / "r.json", rows, **context), "-o", tmp_path / "charts")
    assert (result.returncode, result.stderr) == (0, "")
    names = {path.stem for path in (tmp_path / "charts").iterdir()}
    check_pictures(tmp_path / "charts", sorted(names))
    return names


def check_refused(result, *words):
    assert result.returncode == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert result.stderr.startswith("plot.py: ")
    for word in words:
        assert word in result.stderr
