"""Runs programs with our run_program and under CPython, and says how each of them ended."""
import dataclasses
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
HASH_SEED = "0"
MEMORY_BYTES = 3 << 30  # of one program; sanitizers need more address space than any limit allows
REPORTS = re.compile(r"(ERROR: \w*Sanitizer: ?[\w-]*|WARNING: ThreadSanitizer: [\w ]+|runtime error: .*"
                     r"|Assertion .* failed|terminate called.*)")


@dataclasses.dataclass(frozen=True)
class Outcome:
    """How a program ended, and what it said until then."""

    status: object  # the exit status; minus the signal; None: it had to be ended
    output: str
    errors: str
    seconds: float = 0.0

    @property
    def last_error(self):
        """The last line of what went to standard error: of a traceback, what was raised."""
        lines = self.errors.rstrip().splitlines()
        return lines[-1] if lines else ""

    @property
    def report(self):
        """What a sanitizer or an assertion says, or ''."""
        found = REPORTS.search(self.errors)
        return found[0] if found else ""

    @property
    def crash(self):
        """'SIGSEGV' or a sanitizer's words; '' for a program that ended by itself or in time."""
        if self.report:
            return self.report
        if self.status is not None and self.status < 0:
            try:
                return signal.Signals(-self.status).name
            except ValueError:
                return f"signal {-self.status}"
        return ""


def is_cpython_311(python):
    probe = "import sys; print(sys.implementation.name, *sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", probe], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.split() == ["cpython", "3", "11"]


def find_python():
    """The path of a CPython 3.11, whose answers are the right ones, or None."""
    candidates = ["/usr/bin/python3", sys.executable, shutil.which("python3.11"),
                  shutil.which("python3")]
    return next((p for p in candidates if p and is_cpython_311(p)), None)


def end_group(process):
    """Ends a process that leads a session, with all its children."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


class Binary:
    """Our run_program of one build."""

    def __init__(self, build):
        self.path = pathlib.Path(build).resolve() / "run_program"
        cache = self.path.parent / "CMakeCache.txt"
        text = cache.read_text(errors="replace") if cache.exists() else ""
        found = re.search(r"^GILBENCH_SANITIZE:\w+=(.*)$", text, re.MULTILINE)
        self.sanitizer = found[1] if found else ""
        self.prefix = []
        if "thread" in self.sanitizer and shutil.which("setarch"):
            self.prefix = ["setarch", os.uname().machine, "-R"]  # see ./run: its shadow memory
        self.patience = 5 if self.sanitizer else 1  # how much slower it may be
        self.environment = {
            k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "GILBENCH"))}
        self.environment.update(PYTHONHASHSEED=HASH_SEED, PYTHONUTF8="1")

    def strategies(self):
        """All strategies of this build, as the binary names them to who asks for another."""
        said = subprocess.run([*self.prefix, self.path, "--strategy=?", "x.py"], check=False,
                              capture_output=True, text=True, env=self.environment).stderr
        return [name.strip() for name in said.partition("strategies: ")[2].split(",") if name.strip()]

    def natives(self):
        """The table of natives, a dict each; [] where the binary has no --list-natives."""
        done = subprocess.run([*self.prefix, self.path, "--list-natives"], check=False,
                              capture_output=True, text=True, env=self.environment)
        if done.returncode:
            return []
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def run(self, path, strategy, flags=(), timeout=10.0, tree=None):
        """`tree`: a file with the program's syntax tree, or None where our own start is to parse."""
        given = [f"--tree={tree}"] if tree else []
        command = [*self.prefix, str(self.path), f"--strategy={strategy}", *flags, *given, str(path)]
        started = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, env=self.environment,
                                   start_new_session=True)
        status = None
        try:
            output, errors = process.communicate(timeout=timeout * self.patience)
            status = process.returncode
        except subprocess.TimeoutExpired:
            end_group(process)
            output, errors = process.communicate()
        finally:
            end_group(process)
        return Outcome(status, output.decode("utf-8", "surrogateescape"),
                       errors.decode("utf-8", "replace"), time.monotonic() - started)


class CPython:
    """The oracle, kept running; start it in the process that uses it."""

    def __init__(self, python):
        self.python = python
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="gilbench-oracle-"))
        self.process = None

    def start(self):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        environment.update(PYTHONHASHSEED=HASH_SEED, PYTHONUTF8="1")
        self.process = subprocess.Popen(
            [self.python, "-P", "-S", "-W", "ignore", str(FOLDER / "oracle.py")], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)

    def ask(self, path, out, err, timeout, **more):
        """The exit status of one request (oracle.py)."""
        if self.process is None or self.process.poll() is not None:
            self.start()
        request = {"path": str(path), "out": str(out), "err": str(err), "timeout": timeout,
                   "limits": {"RLIMIT_AS": MEMORY_BYTES, "RLIMIT_CORE": 0}, **more}
        print(json.dumps(request), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())["status"]

    def tree(self, path, timeout=10.0):
        """A file with the program's syntax tree; None where there is none, which ours is to tell."""
        out = self.folder / "tree"
        status = self.ask(path, out, self.folder / "tree-err", timeout, tool="tree")
        return out if status == 0 else None

    def run(self, path, timeout=10.0):
        out, err = self.folder / "out", self.folder / "err"
        started = time.monotonic()
        status = self.ask(path, out, err, timeout)
        return Outcome(status, out.read_bytes().decode("utf-8", "surrogateescape"),
                       err.read_bytes().decode("utf-8", "replace"), time.monotonic() - started)

    def close(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
            self.process = None
        shutil.rmtree(self.folder, ignore_errors=True)
