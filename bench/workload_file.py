"""What a workload file says of itself, read without running it: for what is asked before anything runs."""

import ast
import os
import stat
import warnings

MOST_CHARACTERS = 64 << 20  # of a workload file
SERVICES = ("upstream", "udp_client")  # of the bench: what NEEDS may name


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
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            if node.value is not None:  # `name: type` alone binds nothing
                constants[node.target.id] = node.value
        elif isinstance(node, ast.Delete):
            for name in ast.walk(node):
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Del):
                    functions.discard(name.id)
                    constants.pop(name.id, None)
                    unbound[name.id] = node.lineno
    return functions, constants, unbound


def needs(path, node):
    """The services that `NEEDS = node` names; none where `node` is None. Raises UsageError in one line."""
    if node is None:
        return []
    wrong = node
    if isinstance(node, ast.Tuple):
        wrong = next((each for each in node.elts if getattr(each, "value", None) not in SERVICES), None)
    if wrong is not None:
        raise UsageError(f'{path}:{wrong.lineno}: NEEDS must be a tuple of services, as ("{SERVICES[0]}",); '
                         f"services: {', '.join(SERVICES)}")
    return [each.value for each in node.elts]


class Workload:
    """A workload file, by its constants."""

    def __init__(self, path):
        self.path = path
        _, tree = parsed(path)
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
        self.sizes = [key.value for key in getattr(constants["SIZES"], "keys", [None])
                      if isinstance(key, ast.Constant) and isinstance(key.value, str)]
        if not self.sizes or len(self.sizes) != len(constants["SIZES"].keys):
            line = constants["SIZES"].lineno
            raise UsageError(f"{path}:{line}: SIZES must be a dict with a str for each size")
        self.needs = needs(path, constants.get("NEEDS"))
