"""`conclude` as a user meets it: JSON of one file or two, and one line for what cannot be used."""

import json
import subprocess

import pytest
from conftest import ROOT, find_binary

REFERENCE = ROOT / "results" / "reference"


def conclude(*arguments):
    return subprocess.run([find_binary("conclude"), *map(str, arguments)], text=True,
                          capture_output=True, timeout=60)


def report(*arguments):
    done = conclude(*arguments)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def refused(*arguments):
    done = conclude(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def row(workload, strategy, workers, seconds):
    return {"name": f"{workload}/{strategy}/workers:{workers}", "workload": workload,
            "strategy": strategy, "kind": workload.split("/")[0], "workers": workers,
            "run_type": "iteration", "repetition_index": 0, "seconds": seconds}


def ten_times(seconds):
    return [seconds * (1 + 0.001 * (block % 3)) for block in range(10)]


def write(path, rows, **context):
    context = {"num_cpus": 2, "cpu_model": "a cpu", "size": "quick", **context}
    path.write_text(json.dumps({"context": context, "benchmarks": rows}))
    return path


@pytest.fixture
def file(tmp_path):
    """global_lock does not become faster with two workers; biased_refcount does."""
    return write(tmp_path / "old.json", [
        row(workload, strategy, workers, ten_times(seconds))
        for workload in ("cpu/a", "cpu/b")
        for strategy, workers, seconds in (("global_lock", 1, 1), ("global_lock", 2, 1),
                                           ("biased_refcount", 1, 1.2), ("biased_refcount", 2, 0.6))
    ])


def test_one_file(file):
    found = report(file)
    assert found["threshold"] == 0.01
    alone, together = found["conclusions"]
    assert (alone["workers"], alone["winner"], alone["main"]) == (1, "global_lock", False)
    assert (together["workers"], together["winner"], together["main"]) == (2, "biased_refcount", True)
    assert together["verdict"] == "winner"
    assert together["workloads"] == ["cpu/a", "cpu/b"]
    assert together["sentence"].startswith("cpu with 2 workers: biased_refcount is the fastest, 1.67 ")
    first = together["standings"][0]
    assert first["speedup"]["ratio"] == pytest.approx(2)
    assert first["cost"]["ratio"] == pytest.approx(1.2)
    assert first["cost"]["low"] <= 1.2 <= first["cost"]["high"] + 1e-9
    assert first["cost"]["blocks"] == 10
    assert [each["strategy"] for each in found["rows"][:2]] == ["global_lock", "global_lock"]
    assert found["noise"]["aa_ratio_95"] is None


def test_the_threshold(file):
    assert report("--threshold=0.5", file)["conclusions"][0]["verdict"] == "level"
    for wrong in ("-1", "2", "nan", "x"):
        assert "threshold" in refused(f"--threshold={wrong}", file)


def test_two_files(file, tmp_path):
    rows = json.loads(file.read_text())["benchmarks"]
    for each in rows:
        if each["strategy"] == "global_lock":
            each["seconds"] = [seconds * 1.05 for seconds in each["seconds"]]
    found = report(file, write(tmp_path / "new.json", rows))
    marks = {(each["workload"], each["strategy"], each["workers"]): each["mark"]
             for each in found["rows"]}
    assert marks["cpu/a", "global_lock", 1] == "worse"
    assert marks["cpu/a", "biased_refcount", 2] == "same"
    kinds = {(each["strategy"], each["workers"]): each for each in found["kinds"]}
    assert kinds["global_lock", 2]["change"]["ratio"] == pytest.approx(1.05)
    assert kinds["global_lock", 2]["mark"] == "worse"
    assert kinds[None, None]["mark"] == "worse"
    assert found["unlike"] is None


@pytest.mark.parametrize("context", [
    {"num_cpus": 4}, {"cpu_model": "another"}, {"size": "full"}, {"schema_version": 2}])
def test_two_files_that_are_unlike(file, tmp_path, context):
    other = write(tmp_path / "new.json", json.loads(file.read_text())["benchmarks"], **context)
    assert "--anyway" in refused(file, other)
    assert "different" in report("--anyway", file, other)["unlike"]


def test_two_files_without_a_common_row(file, tmp_path):
    other = write(tmp_path / "new.json", [row("io/a", "global_lock", 1, ten_times(1))])
    assert "no row has a time in both" in refused(file, other)


def test_a_journal(file, tmp_path):
    document = json.loads(file.read_text())
    lines = [{"context": document["context"]}, *document["benchmarks"]]
    journal = tmp_path / "old.json.rows"
    journal.write_text("".join(json.dumps(line) + "\n" for line in lines) + '{"name": "cpu/')
    assert report(journal)["conclusions"] == report(file)["conclusions"]


@pytest.mark.parametrize("path", sorted(REFERENCE.glob("*.json")), ids=lambda path: path.stem)
def test_stored_results_are_read(path):
    found = report(path)
    assert len(found["rows"]) == len(json.loads(path.read_text())["benchmarks"])
    for conclusion in found["conclusions"]:
        if conclusion["blocks"] < 6:
            assert conclusion["verdict"] == "none"
            assert conclusion["reason"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"benchmarks": []}', "\x00", "[" * 100_000,
                                  '{"context": {}}\n{"name": \n'])
def test_what_is_no_result(tmp_path, text):
    path = tmp_path / "made.json"
    path.write_text(text)
    assert str(path) in refused(path)


def test_a_truncated_file(file, tmp_path):
    path = tmp_path / "cut.json"
    path.write_bytes(file.read_bytes()[:-40])
    assert "not JSON" in refused(path)
    assert "not JSON" in refused(file, path)


def test_flags_and_files():
    assert "results file" in refused()
    assert "results file" in refused("a", "b", "c")
    assert "--thresh" in refused("--thresh=1", "a")
    assert "No such file" in refused("/nonexistent/a.json")
    assert "usage: conclude" in conclude("--help").stdout


# ---- for people ----


def slower_by(factor, path, tmp_path):
    """A copy of the file in which one row takes `factor` times as long."""
    document = json.loads(path.read_text())
    changed = next(each for each in document["benchmarks"]
                   if (each["workload"], each["strategy"], each["workers"]) == ("cpu/a", "biased_refcount", 2))
    changed["seconds"] = [seconds * factor for seconds in changed["seconds"]]
    new = tmp_path / "new.json"
    new.write_text(json.dumps(document))
    return new


def test_what_changed_as_text(file, tmp_path):
    done = conclude(file, slower_by(1.2, file, tmp_path), "--text")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split() for line in done.stdout.splitlines()]
    rows = [line for line in lines if line[:1] == ["cpu/a"]]
    assert rows == [["cpu/a", "biased_refcount", "2", "1.20", "1.20", "to", "1.20", "worse"]]
    assert "Of 8 rows, 1 became slower, 0 became faster, 7 stayed the same within 1 %" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines() if line.startswith("  ")) < 100


def test_what_changed_as_markdown(file, tmp_path):
    done = conclude(file, slower_by(0.8, file, tmp_path), "--markdown")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert "| cpu/a | biased_refcount | 2 | 0.80 | 0.80 to 0.80 | better |" in lines
    assert "| cpu/b | global_lock | 1 | 1.000 | 0.999 to 1.001 | same |" in lines
    assert sum(line.startswith("| cpu/") for line in lines) == 8
    widths = {line.count("|") for line in lines if line.startswith("|")}
    assert widths == {7}


@pytest.mark.parametrize("factor, limit, code", [(1.2, "5%", 1), (1.2, "0.25", 0), (1.02, "5%", 0),
                                                 (0.5, "5%", 0), (1.02, "1%", 1)])
def test_fails_where_something_is_surely_slower(file, tmp_path, factor, limit, code):
    new = slower_by(factor, file, tmp_path)
    assert conclude(file, new, "--text", f"--fail-above={limit}").returncode == code
    assert conclude(file, new, f"--fail-above={limit}").returncode == code


def test_does_not_fail_by_noise(file, tmp_path):
    """Twice as slow in one block of ten, and as before in the others."""
    document = json.loads(file.read_text())
    for each in document["benchmarks"]:
        each["seconds"][4] *= 2
    new = tmp_path / "new.json"
    new.write_text(json.dumps(document))
    assert conclude(file, new, "--fail-above=5%").returncode == 0


@pytest.mark.parametrize("flags, words", [
    (["--text"], "two results files"), (["--fail-above=5%"], "two results files"),
    (["{file}", "--text", "--markdown"], "only one of"), (["{file}", "--fail-above=x"], "from 0% to 100%"),
    (["{file}", "--fail-above=101%"], "from 0% to 100%"), (["{file}", "--fail-above=-1"], "from 0% to 100%"),
])  # fmt: skip
def test_flags_for_two_files(file, flags, words):
    assert words in refused(file, *[flag.format(file=file) for flag in flags])


def test_workloads_can_be_left_out(tmp_path):
    file = tmp_path / "r.json"
    rows = [row(f"cpu/{name}", strategy, 1, ten_times(1.0)) for name in "abc" for strategy in ("global_lock", "x")]
    file.write_text(json.dumps({"benchmarks": rows}))
    conclusion, = report("--without=cpu/a,cpu/nowhere", file)["conclusions"]
    assert conclusion["workloads"] == ["cpu/b", "cpu/c"]
    assert "leaves no row" in refused("--without=cpu/a,cpu/b,cpu/c", file)
