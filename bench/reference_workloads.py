"""Which workload files reference.py runs, and the programs that some of them talk to."""

import ast
import fnmatch
import json
import os
import pathlib
import select
import stat
import subprocess
import warnings

ROOT = pathlib.Path(__file__).resolve().parent.parent
KINDS = ("cpu", "shared", "io", "mixed")
MOST_CHARACTERS = 64 << 20  # of a workload file


class UsageError(Exception):
    """Something the caller got wrong, in one line."""


def read_plain_file(path):
    """What is no file has no end, or an end that only one reader sees, or none to read."""
    flags = os.O_RDONLY | os.O_NONBLOCK
    with open(path, encoding="utf-8", opener=lambda name, _: os.open(name, flags)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise UsageError(f"{path}: not a plain file")
        source = file.read(MOST_CHARACTERS + 1)
    if len(source) > MOST_CHARACTERS:
        raise UsageError(f"{path}: more than {MOST_CHARACTERS} characters")
    return source


def parsed(path):
    """(source, syntax tree); raises UsageError in one line."""
    try:
        source = read_plain_file(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return source, ast.parse(source, str(path))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise UsageError(f"{path}:{line}: {getattr(error, 'msg', error)}") from None
    except (RecursionError, MemoryError):
        raise UsageError(f"{path}:1: too deeply nested") from None


def bindings(tree):
    """What the module's own statements leave bound: the names of functions, the values of constants, and
    for what was unbound the line. What stands in an `if` or a loop shows when the program runs."""
    functions, constants, unbound = set(), {}, {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            functions.add(node.name)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            constants[node.targets[0].id] = node.value
        elif isinstance(node, ast.Delete):
            for name in ast.walk(node):
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Del):
                    functions.discard(name.id)
                    constants.pop(name.id, None)
                    unbound[name.id] = node.lineno
    return functions, constants, unbound


class Workload:
    """A workload file: what its constants say of it, read without running it."""

    def __init__(self, kind, path):
        self.kind = kind
        self.path = path
        self.name = f"{kind}/{path.stem}"
        source, tree = parsed(path)
        functions, constants, unbound = bindings(tree)

        def missing(kind, name):
            return UsageError(f"{path}:{unbound.get(name.partition('(')[0], 1)}: no {kind} {name}")

        if "work" not in functions:
            raise missing("function", "work(state, size, worker, workers)")
        error = constants.get("EXPECT_ERROR")
        self.expects_error = error is not None and getattr(error, "value", "") is not None
        if "combine" not in functions and not self.expects_error:
            raise missing("function", "combine(parts)")
        for name in ("SIZES",) if self.expects_error else ("SIZES", "EXPECT"):
            if name not in constants:
                raise missing("constant", name)
        sharing = constants.get("SHARING")
        self.sharing = sharing.value if isinstance(sharing, ast.Constant) else "none"
        self.sizes = [key.value for key in getattr(constants["SIZES"], "keys", [None])
                      if isinstance(key, ast.Constant) and isinstance(key.value, str)]
        if not self.sizes or len(self.sizes) != len(constants["SIZES"].keys):
            line = constants["SIZES"].lineno
            raise UsageError(f"{path}:{line}: SIZES must be a dict with a str for each size")
        self.size, self.is_other_size = None, False
        fixed = constants.get("FIXED_DURATION")
        self.fixed_duration = isinstance(fixed, ast.Constant) and fixed.value is True
        self.needs_upstream = "GILBENCH_UPSTREAM" in source
        self.needs_udp_client = "GILBENCH_UDP_CLIENT" in source


def choose_size(workload, size):
    """As bench/workload_set.h: `quick` is `full` where there is no `quick`. Raises UsageError."""
    workload.is_other_size = size == "quick" and size not in workload.sizes and "full" in workload.sizes
    workload.size = "full" if workload.is_other_size else size
    if workload.size not in workload.sizes:
        sizes = ", ".join(workload.sizes)
        raise UsageError(f"{workload.name} has no size '{size}', only {sizes}")


def find_workloads(globs, programs):
    files = [
        (kind, path) for kind in KINDS for path in sorted((ROOT / "workloads" / kind).glob("*.py"))
    ]
    names = [f"{kind}/{path.stem}" for kind, path in files]
    for glob in globs:
        if not fnmatch.filter(names, glob):
            raise UsageError(f"no workload matches '{glob}'; there are {', '.join(names)}")
    chosen = [("program", pathlib.Path(program)) for program in programs]
    chosen += [
        file
        for file, name in zip(files, names)
        if any(fnmatch.fnmatchcase(name, glob) for glob in globs)
    ]
    return [Workload(kind, path) for kind, path in chosen]


class Helper:
    """A program of ours that says its ports first and ends when its standard input closes.

    `variables`: for each protocol that it names, the environment variable that the port goes into.
    """

    def __init__(self, what, path, flag, variables):
        try:
            self.process = subprocess.Popen(
                [path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        except OSError as error:
            raise UsageError(
                f"{what} {path}: {error.strerror}; build it or name it by {flag}=PATH"
            ) from None
        missing = dict(variables)
        self.environment = {}
        while missing:
            words = self.process.stdout.readline().split()
            if len(words) != 2 or words[0] not in missing:
                self.stop()
                ports = " and ".join(variables)
                raise UsageError(f"{what} {path}: did not print its {ports} port")
            self.environment[missing.pop(words[0])] = words[1]

    def stop(self, patience_s=5):
        self.process.stdin.close()
        try:
            self.process.wait(patience_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


class Upstream(Helper):
    """The service that the io workloads talk to, one for all rows."""

    def __init__(self, path):
        variables = {"tcp": "GILBENCH_UPSTREAM_PORT", "udp": "GILBENCH_UPSTREAM_UDP_PORT"}
        super().__init__("upstream service", path, "--upstream", variables)


class UdpClient(Helper):
    """The client whose questions a worker of a mixed workload answers, one for each run."""

    def __init__(self, path):
        super().__init__("udp client", path, "--udp-client", {"udp": "GILBENCH_UDP_CLIENT_PORT"})

    def measurements(self, limit_s=5.0):
        """What it measured, after a run that ended well; None where it was never called."""
        if not select.select([self.process.stdout], [], [], limit_s)[0]:
            return None
        try:
            measured = json.loads(self.process.stdout.readline())
        except ValueError:
            return None
        return measured if isinstance(measured, dict) else None
