"""A results file whose surroundings are against it: no row is lost, and nothing else is touched."""

import json
import os
import pathlib
import resource
import signal
import subprocess
import sys
import time

import pytest
from conftest import find_binary, gathered, ROOT

sys.path.insert(0, str(ROOT))

from plots import data  # noqa: E402


@pytest.fixture(autouse=True)
def conclude_of_this_build(monkeypatch):
    monkeypatch.setenv("GILBENCH_CONCLUDE", str(find_binary("conclude")))


ONE_ROW = ("--strategies=fake_lock", "--workers=1")
IN_ORDER = "--benchmark_enable_random_interleaving=false"
ONCE = "--benchmark_repetitions=1"


def wait_until(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def is_whole(path):
    return bool(json.loads(path.read_text())["benchmarks"])


def journal_of(path):
    return path.with_name(path.name + ".rows")


def names_in(journal):
    lines = journal.read_text().splitlines()
    assert "context" in json.loads(lines[0])
    return [json.loads(line)["name"] for line in lines[1:]]


def only_line(text):
    lines = text.splitlines()
    assert len(lines) == 1, text
    return lines[0]


def messages(text):
    """What the bench itself says; Google Benchmark says on what machine it runs."""
    return [line for line in text.splitlines() if line.startswith("bench_workloads: ")]


def message(text):
    lines = messages(text)
    assert len(lines) == 1, text
    return lines[0]


def start_waiting(harness, out=None, **options):
    """A run that has finished the rows of cpu/a and waits in cpu/b."""
    harness.add("cpu/a")
    harness.add("cpu/b", "wait")
    process = harness.start(
        f"--benchmark_out={out or harness.out}", *ONE_ROW, IN_ORDER, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, **options)
    wait_until(lambda: len(harness.log()) == 4)
    return process


def test_nothing_but_the_results_is_left(harness):
    harness.add("cpu/a")
    harness.rows(*ONE_ROW)
    assert {path.name for path in harness.folder.iterdir()} == {"workloads", "runs.log", "results.json"}


def test_rows_are_in_the_journal_as_they_are_in_the_results(harness):
    """Each when a repetition of it is done; the one that is skipped from the start."""
    harness.add("cpu/a", "error@fake_process")
    harness.add("shared/b", sharing="write")
    harness.add("shared/c", "wait", sharing="write")
    process = harness.start(f"--benchmark_out={harness.out}", "--workers=1", IN_ORDER,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(lambda: "shared/c" in "".join(run[1] for run in harness.log()))
    lines = [json.loads(line) for line in journal_of(harness.out).read_text().splitlines()]
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    rows = gathered(harness.results()["benchmarks"])
    assert lines[0]["context"]["num_cpus"] == harness.results()["context"]["num_cpus"]
    assert len(rows) == 5  # two skipped, two timed, one failed
    assert {row["name"] for row in lines[1:]} == set(rows)
    timed = [row for row in lines[1:] if row["name"] == "cpu/a/fake_lock/workers:1"]
    assert [row["repetitions"] for row in timed] == [1, 2, 3]
    for row in timed:
        row["repetitions"] = 3  # as many as there are in the end
    assert gathered(timed)["cpu/a/fake_lock/workers:1"] == rows["cpu/a/fake_lock/workers:1"]
    assert not journal_of(harness.out).exists()


def test_a_second_run_into_the_same_file_is_refused(harness):
    first = start_waiting(harness)
    runs = len(harness.log())
    link = harness.folder / "link.json"
    link.symlink_to(harness.out)
    for path in (harness.out, link):
        second = harness.run(f"--benchmark_out={path}", *ONE_ROW)
        assert (second.returncode, second.stdout) == (2, "")
        assert "another run" in only_line(second.stderr)
    assert len(harness.log()) == runs
    first.send_signal(signal.SIGINT)
    assert first.wait(timeout=60) == 130
    assert is_whole(harness.out)
    assert harness.run(f"--benchmark_out={harness.out}", *ONE_ROW, "--workloads=cpu/a").returncode == 0


def test_a_killed_run_leaves_its_rows_and_the_next_one_keeps_them(harness):
    harness.out.write_text("old")
    process = start_waiting(harness)
    process.kill()
    process.wait()
    assert harness.out.read_text() == "old"
    journal = journal_of(harness.out)
    assert set(names_in(journal)) == {"cpu/a/fake_lock/workers:1"}
    assert [json.loads(line)["seconds"] for line in journal.read_text().splitlines()[1:]] == [0.01] * 3
    assert data.load([journal])[0].get("fake_lock", "cpu/a", 1).fact.seconds.value == pytest.approx(0.01)
    left = journal.read_text()
    done = harness.run(f"--benchmark_out={harness.out}", *ONE_ROW, "--workloads=cpu/a", "--quiet")
    assert done.returncode == 0
    kept = harness.folder / "results.json.rows.1"
    assert str(kept) in message(done.stderr)
    assert kept.read_text() == left and is_whole(harness.out) and not journal.exists()
    # Once more: no name is used twice, and nothing is said without a reason.
    journal.write_text("another\n")
    done = harness.run(f"--benchmark_out={harness.out}", *ONE_ROW, "--workloads=cpu/a", "--quiet")
    assert "results.json.rows.2" in message(done.stderr) and kept.read_text() == left
    done = harness.run(f"--benchmark_out={harness.out}", *ONE_ROW, "--workloads=cpu/a", "--quiet")
    assert messages(done.stderr) == []


def test_many_runs_at_once_and_one_of_them_writes(harness):
    """Over a journal that was left: it is kept once, whoever finds it."""
    harness.add("cpu/a", "wait")
    journal_of(harness.out).write_text("left\n")
    runs = [harness.start(f"--benchmark_out={harness.out}", *ONE_ROW, "--benchmark_repetitions=1",
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(8)]
    wait_until(lambda: sum(run.poll() is not None for run in runs) == 7)
    assert sorted(run.returncode for run in runs if run.poll() is not None) == [2] * 7
    (winner,) = (run for run in runs if run.poll() is None)
    winner.send_signal(signal.SIGINT)
    assert winner.wait(timeout=60) == 130
    kept = [path for path in harness.folder.iterdir() if ".rows" in path.name]
    assert [path.read_text() for path in kept] == ["left\n"]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_descriptor_that_is_closed_at_the_start(harness, number):
    """What is opened must not get its number: a table in the results, results in the table."""
    harness.add("cpu/a")
    done = subprocess.run(
        [harness.binary, *ONE_ROW, f"--benchmark_out={harness.out}"], env=harness.environment(),
        timeout=60, preexec_fn=lambda: os.close(number), stdin=subprocess.DEVNULL,
        **{name: subprocess.DEVNULL for place, name in ((1, "stdout"), (2, "stderr")) if place != number})
    assert done.returncode == 0
    assert is_whole(harness.out)


def test_results_go_to_what_a_link_leads_to(harness):
    harness.add("cpu/a")
    for folder in ("links", "real"):
        (harness.folder / folder).mkdir()
    target = harness.folder / "real" / "target.json"
    link = harness.folder / "links" / "link.json"
    link.symlink_to("../real/target.json")
    harness.out = link
    harness.rows(*ONE_ROW)  # to what is not there yet
    assert link.is_symlink() and is_whole(target)
    target.write_text("{}")
    harness.rows(*ONE_ROW)
    assert link.is_symlink() and is_whole(target)
    assert [path.name for path in target.parent.iterdir()] == ["target.json"]
    assert [path.name for path in link.parent.iterdir()] == ["link.json"]


@pytest.mark.parametrize("folder", ["/proc/self/fd", "/dev/fd", "link"])
def test_a_descriptor_is_written_where_it_stands(harness, folder):
    harness.add("cpu/a")
    with open(harness.folder / "through.json", "w+") as file:
        file.write("before\n")
        file.flush()
        path = pathlib.Path(folder) / str(file.fileno())
        if folder == "link":
            path = harness.folder / "third"
            path.symlink_to(f"/proc/self/fd/{file.fileno()}")
        process = harness.start(*ONE_ROW, f"--benchmark_out={path}", pass_fds=[file.fileno()],
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert process.wait(timeout=60) == 0
    head, _, rest = (harness.folder / "through.json").read_text().partition("\n")
    assert head == "before" and json.loads(rest)["benchmarks"]
    assert folder != "link" or path.is_symlink()
    assert not [path for path in harness.folder.iterdir() if ".rows" in path.name]


def test_a_pipe_gets_the_results_and_stays(harness):
    harness.add("cpu/a")
    pipe = harness.folder / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert harness.run(*ONE_ROW, f"--benchmark_out={pipe}").returncode == 0
        assert json.loads(reader.stdout.read())["benchmarks"]
    assert pipe.is_fifo()


def test_files_beside_the_results_are_not_touched(harness):
    harness.add("cpu/a")
    mine = [harness.folder / f"results.json{ending}" for ending in (".tmp", ".part", ".rows.1", "~")]
    for path in mine:
        path.write_text("mine")
    harness.rows(*ONE_ROW)
    assert is_whole(harness.out)
    assert [path.read_text() for path in mine] == ["mine"] * len(mine)


def test_what_stands_in_the_journals_place_is_not_touched(harness):
    harness.add("cpu/a")
    elsewhere = harness.folder / "elsewhere"
    elsewhere.write_text("mine")
    journal_of(harness.out).symlink_to(elsewhere)
    done = harness.run(*ONE_ROW, f"--benchmark_out={harness.out}")
    assert done.returncode == 2 and "results.json.rows" in only_line(done.stderr)
    assert elsewhere.read_text() == "mine" and journal_of(harness.out).is_symlink()


@pytest.mark.parametrize("where", ["device", "pipe"])
def test_a_table_that_cannot_be_written_is_exit_status_1(harness, where):
    harness.add("cpu/a")
    if where == "device":
        output = os.open("/dev/full", os.O_WRONLY)
    else:
        reader, output = os.pipe()
        os.close(reader)
    process = harness.start(*ONE_ROW, "--quiet", f"--benchmark_out={harness.out}", stdout=output,
                            stderr=subprocess.PIPE, text=True)
    os.close(output)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "cannot write to standard output" in message(said)
    assert is_whole(harness.out)  # but the results are


def test_results_into_a_full_device_are_exit_status_1(harness):
    harness.add("cpu/a")
    done = harness.run(*ONE_ROW, "--quiet", "--benchmark_out=/dev/full")
    assert done.returncode == 1
    assert "cannot write /dev/full" in message(done.stderr)


def limit_file_size(size):
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_a_limit_on_the_size_of_files_costs_no_row(harness):
    """The journal fits and the results do not: the old ones stay, and the rows are in the journal."""
    for name in "abcdef":
        harness.add(f"cpu/{name}")
    harness.rows(*ONE_ROW, ONCE)
    whole = harness.out.read_text()
    names = list(gathered(json.loads(whole)["benchmarks"]))
    process = harness.start(*ONE_ROW, ONCE, "--quiet", f"--benchmark_out={harness.out}", stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, text=True, preexec_fn=limit_file_size(len(whole) - 200))
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "File too large" in message(said) and "results.json.rows" in said
    assert harness.out.read_text() == whole
    assert sorted(names_in(journal_of(harness.out))) == names
    assert not [path for path in harness.folder.iterdir() if path.name.startswith(".gilbench")]


def test_a_journal_that_is_full_has_whole_rows_only(harness):
    for name in "abcdef":
        harness.add(f"cpu/{name}")
    process = harness.start(*ONE_ROW, ONCE, IN_ORDER, "--quiet", f"--benchmark_out={harness.out}",
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                            preexec_fn=limit_file_size(3500))
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    lines = messages(said)
    assert len(lines) == 2 and "rows are on disk only when the run ends" in lines[0]
    assert "cannot write" in lines[1]
    found = names_in(journal_of(harness.out))
    assert 1 <= len(found) < 6
    assert found == [f"cpu/{name}/fake_lock/workers:1" for name in "abcdef"[: len(found)]]


def test_a_kill_at_any_moment_leaves_the_old_results_or_the_new_ones(harness):
    """And the rows that are complete: in the results or in the journal."""
    for name in "abcd":
        harness.add(f"cpu/{name}", "seconds=0.001")
    harness.rows(*ONE_ROW)
    for number in range(20):
        process = harness.start(*ONE_ROW, f"--benchmark_out={harness.out}", stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)
        time.sleep(0.003 * (number % 20))
        process.kill()
        process.wait()
        assert len(gathered(harness.results()["benchmarks"])) == 4
        journal = journal_of(harness.out)
        if journal.exists() and journal.stat().st_size:
            text = journal.read_text()
            for line in text[: text.rfind("\n") + 1].splitlines():
                json.loads(line)


def test_the_file_keeps_its_mode(harness):
    harness.add("cpu/a")
    harness.out.write_text("{}")
    harness.out.chmod(0o600)
    harness.rows(*ONE_ROW)
    assert harness.out.stat().st_mode & 0o777 == 0o600


def test_the_lock_is_taken_before_the_workloads_are_read(harness):
    """They take seconds, in which another run would not be refused."""
    bad = harness.folder / "bad.py"
    harness.write(bad, "syntax_error")
    first = start_waiting(harness)
    second = harness.run(f"--benchmark_out={harness.out}", f"--program={bad}")
    assert second.returncode == 2 and "another run" in only_line(second.stderr)
    first.kill()
    first.wait()
