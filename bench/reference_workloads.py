"""Which workload files reference.py runs, and the programs that some of them talk to."""

import ast
import fnmatch
import json
import pathlib
import select
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
        error = constants.get("EXPECT_ERROR")
        self.expects_error = error is not None and getattr(error, "value", "") is not None
        if "combine" not in functions and not self.expects_error:
            raise UsageError(f"{path}:1: no function combine(parts)")
        for name in ("SIZES",) if self.expects_error else ("SIZES", "EXPECT"):
            if name not in constants:
                raise UsageError(f"{path}:1: no constant {name}")
        sharing = constants.get("SHARING")
        self.sharing = sharing.value if isinstance(sharing, ast.Constant) else "none"
        self.sizes = [ast.literal_eval(key) for key in getattr(constants["SIZES"], "keys", [])]
        fixed = constants.get("FIXED_DURATION")
        self.fixed_duration = isinstance(fixed, ast.Constant) and fixed.value is True
        self.needs_upstream = "GILBENCH_UPSTREAM" in source
        self.needs_udp_client = "GILBENCH_UDP_CLIENT" in source


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
