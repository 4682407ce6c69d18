"""Which workload files reference.py runs, and the service that some of them talk to."""

import ast
import fnmatch
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
KINDS = ("cpu", "shared", "io", "mixed")


class UsageError(Exception):
    """Something the caller got wrong, in one line."""


class Workload:
    """A workload file: what its constants say of it, read without running it."""

    def __init__(self, kind, path):
        self.kind = kind
        self.path = path
        self.name = f"{kind}/{path.stem}"
        try:
            source = path.read_text(encoding="utf-8")
            tree = ast.parse(source, str(path))
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror}") from None
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None) or 1
            raise UsageError(f"{path}:{line}: {getattr(error, 'msg', error)}") from None
        functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        constants = {
            node.targets[0].id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        if "work" not in functions:
            raise UsageError(f"{path}:1: no function work(state, size, worker, workers)")
        # Only gilbench's own runtime finds the error (a deadlock, where CPython hangs).
        self.expects_error = "EXPECT_ERROR" in constants
        if "combine" not in functions and not self.expects_error:
            raise UsageError(f"{path}:1: no function combine(parts)")
        for name in ("SIZES",) if self.expects_error else ("SIZES", "EXPECT"):
            if name not in constants:
                raise UsageError(f"{path}:1: no constant {name}")
        sharing = constants.get("SHARING")
        self.sharing = sharing.value if isinstance(sharing, ast.Constant) else "none"
        self.sizes = [ast.literal_eval(key) for key in getattr(constants["SIZES"], "keys", [])]
        self.needs_upstream = "GILBENCH_UPSTREAM" in source


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


class Upstream:
    """The service that the io workloads talk to; it ends when its standard input closes."""

    def __init__(self, path):
        try:
            self.process = subprocess.Popen(
                [path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        except OSError as error:
            raise UsageError(
                f"upstream service {path}: {error.strerror}; build it or name it by --upstream=PATH"
            ) from None
        variables = {"tcp": "GILBENCH_UPSTREAM_PORT", "udp": "GILBENCH_UPSTREAM_UDP_PORT"}
        while variables:
            words = self.process.stdout.readline().split()
            if len(words) != 2 or words[0] not in variables:
                self.stop()
                raise UsageError(f"upstream service {path}: did not print its tcp and udp ports")
            os.environ[variables.pop(words[0])] = words[1]

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
