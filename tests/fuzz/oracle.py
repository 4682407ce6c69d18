"""CPython as the oracle: a process that forks for each program, so that none pays for starting Python.

oracle.py reads one JSON object a line from standard input, {"path", "out", "err", "timeout", "limits"},
runs the program of that path in a child whose output goes to the files `out` and `err`, and answers
with a line {"status": exit status or minus the signal, or null after the timeout}. With "tool": "tree"
it does not run the program, but prints its syntax tree, for run_program's --tree.
"""
import gc
import json
import os
import resource
import select
import signal
import sys
import traceback
import types

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../runtime/program"))
import ast_to_json  # noqa: E402

del sys.path[0]


def empty_module(module):
    """What CPython does to the main module at its end: names that begin with one underscore first."""
    names = module.__dict__
    private = [n for n in names if n.startswith("_") and not n.startswith("__")]
    for name in private + [n for n in list(names) if n != "__builtins__" and n not in private]:
        names[name] = None


def exit_status(error):
    """The status that CPython ends with after SystemExit."""
    if error.code is None or isinstance(error.code, int):
        return (error.code or 0) & 0xFF
    print(error.code, file=sys.stderr)
    return 1


def run_module(path):
    """Runs the file as the main module; returns the exit status."""
    module = types.ModuleType("__main__")
    module.__dict__.update(__file__=path, __builtins__=__builtins__)
    sys.modules["__main__"] = module
    sys.argv = [path]
    status = 0
    try:
        with open(path, "rb") as file:
            code = compile(file.read(), path, "exec", dont_inherit=True)
        exec(code, module.__dict__)
    except SystemExit as error:
        status = exit_status(error)
    except BaseException as error:
        error.__traceback__ = None
        sys.stderr.write("".join(traceback.format_exception_only(type(error), error)))
        status = 1
    empty_module(module)
    gc.collect()
    return status


def print_tree(path):
    """What runtime/program/ast_to_json.py does; returns its exit status."""
    try:
        ast_to_json.main(path)
    except SystemExit as error:
        return exit_status(error)
    return 0


def run_or_print(request):
    tool = print_tree if request.get("tool") == "tree" else run_module
    return tool(request["path"])


def be_child(request, run):
    """Turns this process into the program's; does not return."""
    status = 1
    try:
        os.setsid()
        for descriptor, name in ((1, request["out"]), (2, request["err"])):
            opened = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(opened, descriptor)
            os.close(opened)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for name, value in request.get("limits", {}).items():
            resource.setrlimit(getattr(resource, name), (value, value))
        status = run(request)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


def serve(request, run):
    """The child's end: its exit status, minus its signal, or None when it had to be ended."""
    child = os.fork()
    if child == 0:
        be_child(request, run)
    handle = os.pidfd_open(child)
    try:
        ended, _, _ = select.select([handle], [], [], request["timeout"])
        try:
            os.killpg(child, signal.SIGKILL)  # threads' and processes' remains too
        except ProcessLookupError:
            pass
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status) if ended else None
    finally:
        os.close(handle)


def serve_requests(run, missing=None, tools=()):
    """Answers each line of standard input. `missing` is the answer for a tool that cannot run here."""
    answers = os.fdopen(os.dup(1), "w")
    for line in os.fdopen(os.dup(0), "r"):
        request = json.loads(line)
        status = missing if missing and request.get("tool") in tools else serve(request, run)
        print(json.dumps({"status": status}), file=answers, flush=True)


def main():
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
    gc.freeze()
    serve_requests(run_or_print)


if __name__ == "__main__":
    main()
