"""A workload file of one's own: a template to begin with, and a look at whether it works.

    own_program.py new NAME          writes NAME.py
    own_program.py check FILE BENCH  runs it under CPython and, with the benchmark binary BENCH, once under
                                     every strategy; fills in the answers that EXPECT lacks

Exit status: 0; 1 where an answer is wrong or a strategy cannot run it; 2 for what is no workload file.
"""

import ast
import json
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

from python_repetition import load_module  # noqa: E402
from workload_file import UsageError, Workload, bindings, parsed  # noqa: E402

TEMPLATE = '''"""Say in one line what it does with `size`."""

# What the workers share and change: "none"; "read" for what setup() made and all of them read; "write" for
# what they change together.
SHARING = "none"
# "small" is for tests, a few milliseconds; "full" for measuring, some 300 ms with one worker.
SIZES = {"small": 1_000, "full": 100_000}
# If it talks to a service of the bench, also: NEEDS = ("upstream",) for the one that answers over HTTP and
# UDP; NEEDS = ("udp_client",) for the client that asks over UDP and measures the answers.
# What combine() is to answer. `./run check` fills in what stands here as `...`.
EXPECT = {"small": ..., "full": ...}


def setup(size):
    """Makes what every worker is handed; not timed. May be left out."""
    return None


def work(state, size, worker, workers):
    """This worker's share of the work: together they do the same whatever their number."""
    total = 0
    for number in range(worker, size, workers):
        total += number * number % 7
    return total


def combine(parts):
    """One answer from what the workers have returned, the same for any number of them."""
    return sum(parts)
'''

LONGEST_S = 600


def new(name):
    path = pathlib.Path(name if name.endswith(".py") else name + ".py")
    try:
        with open(path, "x", encoding="utf-8") as file:
            file.write(TEMPLATE)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    print(f"{path}: write work() and combine(), then ./run check {path} and ./run bench --program={path}")
    return 0


def answer(path, size, result):
    """What CPython answers, written to the file `result`; in a process of its own, which may end as it likes."""
    module = load_module(compile(parsed(path)[0], path, "exec"), path)
    size_value = module.SIZES[size]
    state = module.setup(size_value) if hasattr(module, "setup") else None
    found = module.combine([module.work(state, size_value, 0, 1)])
    expected = module.EXPECT.get(size, ...)
    said = json.dumps({"answer": repr(found), "expected": repr(expected), "known": expected is not ...,
                       "right": bool(expected == found)})
    with open(result, "w") as file:
        file.write(said)
    return 0


def answer_of(path, size):
    """What answer() writes, or the last line of its error."""
    with tempfile.TemporaryDirectory(prefix="gilbench-") as folder:
        result = pathlib.Path(folder, "result")
        try:
            done = subprocess.run([sys.executable, __file__, "answer", path, size, result], capture_output=True, text=True,
                                  timeout=LONGEST_S, stdin=subprocess.DEVNULL, check=False)  # fmt: skip
        except subprocess.TimeoutExpired:
            return f"not finished after {LONGEST_S} s"
        if done.returncode == 0 and result.exists():
            return json.loads(result.read_text())
        return (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]


def filled(source, tree, path, answers):
    """The source with these answers (size -> repr) in EXPECT. Raises UsageError where they do not fit."""
    for size, text in answers.items():
        try:
            ast.literal_eval(text)
        except (ValueError, SyntaxError):
            raise UsageError(f"{path}: the answer for {size} cannot stand in EXPECT: {text[:60]}") from None
    node = bindings(tree)[1].get("EXPECT")
    if not isinstance(node, ast.Dict):
        raise UsageError(f"{path}: EXPECT is no dict to fill in")
    if not all(isinstance(key, ast.Constant) for key in node.keys):
        raise UsageError(f"{path}:{node.lineno}: EXPECT has keys that are no plain text")
    entries = {key.value: ast.get_source_segment(source, value) for key, value in zip(node.keys, node.values)}
    entries.update(answers)
    text = "{" + ", ".join(f'"{size}": {value}' for size, value in entries.items()) + "}"
    lines = source.encode().splitlines(keepends=True)  # columns of the tree are bytes
    first, last = node.lineno - 1, node.end_lineno - 1
    lines[first:last + 1] = [lines[first][:node.col_offset] + text.encode() + lines[last][node.end_col_offset:]]
    return b"".join(lines).decode()


def check_answers(workload):
    """Whether CPython's answers are those of EXPECT; fills in what is not there."""
    missing, fine = {}, True
    for size in workload.sizes:
        found = answer_of(str(workload.path), size)
        if isinstance(found, str):
            print(f"CPython, size {size}: {found}")
            fine = False
        elif not found["known"]:
            missing[size] = found["answer"]
        elif not found["right"]:
            print(f"CPython, size {size}: answers {found['answer'][:200]}, and EXPECT says {found['expected'][:200]}")
            fine = False
    if missing:
        text = filled(*parsed(workload.path), workload.path, missing)
        try:
            with open(workload.path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
        except OSError as error:
            raise UsageError(f"{workload.path}: {error.strerror}") from None
        print(f"filled into EXPECT: {', '.join(missing)}")
    return fine


def rows_of(workload, bench):
    """The rows of one short run under every strategy and under this Python."""
    size = "small" if "small" in workload.sizes else workload.sizes[0]
    with tempfile.TemporaryDirectory(prefix="gilbench-") as folder:
        out = pathlib.Path(folder, "results.json")
        done = subprocess.run(
            [bench, f"--program={workload.path}", f"--size={size}", "--workers=1,2", "--quiet", f"--python={sys.executable}",
             "--benchmark_repetitions=1", f"--benchmark_out={out}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)  # fmt: skip
        if not out.exists():
            raise UsageError((done.stderr.strip().splitlines() or ["the benchmark binary wrote nothing"])[-1])
        return json.loads(out.read_text())["benchmarks"]


def check_strategies(workload, bench):
    """Whether all that can run it gave the right answer. A reason is told once, with whom it is about."""
    reasons, ran = {}, []
    for row in rows_of(workload, bench):
        reason = row.get("skipped") or (row.get("error_message") or "").strip()
        if reason:
            known = reasons.setdefault((reason.splitlines()[-1], "skipped" in row), [])
            if row["strategy"] not in known:
                known.append(row["strategy"])
        elif row["strategy"] not in ran:
            ran.append(row["strategy"])
    for (reason, is_skipped), names in reasons.items():
        who = "every strategy" if not ran and len(reasons) == 1 else ", ".join(names)
        print(f"{'left out' if is_skipped else 'failed'} under {who}: {reason}")
    right = [name for name in ran if not failed(name, reasons)]
    if right:
        print(f"right with 1 and 2 workers under {', '.join(right)}")
    return not any(not is_skipped for _, is_skipped in reasons)


def failed(name, reasons):
    return any(name in names for names in reasons.values())


def check(path, bench):
    workload = Workload(pathlib.Path(path))
    # What needs a service of the bench has an answer only there.
    asked = not (workload.needs or workload.expects_error)
    fine = check_answers(workload) if asked else True
    return 0 if check_strategies(workload, bench) and fine else 1


def main(words):
    try:
        if len(words) == 2 and words[0] == "new":
            return new(words[1])
        if len(words) == 4 and words[0] == "answer":
            return answer(*words[1:])
        if len(words) == 3 and words[0] == "check":
            return check(words[1], words[2])
        raise UsageError("one name is needed: ./run new NAME, ./run check FILE")
    except UsageError as error:
        print(f"run: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
