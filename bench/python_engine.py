"""A Python as an engine process of bench_workloads: PYTHON python_engine.py --engine-process=DESCRIPTOR.

docs/engine-processes.md tells who says what when. Each row runs in a process of its own, forked from
this one before it has run anything: so no row inherits the heap, the threads or the compiled traces of
another. This process dies of what that process dies of, and the bench takes it from there.

What a Python before 3.8 cannot parse stands in python_repetition.py: this file has to tell the bench
which version it is.
"""
import json
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
import time

OLDEST = (3, 8)
PROTOCOL = 1
MODES = (("threads", "thread"), ("processes", "forked process"))


def has_global_lock():
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def version():
    """As 3.13.0, or 3.13.0t where it runs without its global lock."""
    return sys.version.split()[0] + ("" if has_global_lock() else "t")


def full_name():
    if hasattr(sys, "pypy_version_info"):
        return "PyPy %d.%d.%d, Python %s" % (sys.pypy_version_info[:3] + (version(),))
    known = {"cpython": "CPython"}
    return "%s %s" % (known.get(sys.implementation.name, sys.implementation.name), version())


def hello():
    strategies = [
        {
            "name": "%s_%s" % (sys.implementation.name, mode),
            "summary": "%s, one %s per worker" % (full_name(), unit),
            "workers_share_objects": mode == "threads",
            "workers_are_processes": mode == "processes",
        }
        for mode, unit in MODES
    ]
    build = {"python": version(), "gil": has_global_lock()}
    return {"hello": PROTOCOL, "pid": os.getpid(), "strategies": strategies, "build": build}


def die_like(status):
    """Ends this process as the one that has ended with this wait status."""
    if os.WIFEXITED(status):
        os._exit(os.WEXITSTATUS(status))
    number = os.WTERMSIG(status)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # there is one already, where they are wanted
    if number != signal.SIGKILL:
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(1)


def add_measured(sample, answer):
    """What the services have measured: metrics beside the program's own, and whatever else there is."""
    metrics = sample["metrics"] = dict(answer.pop("metrics", {}), **sample.get("metrics", {}))
    sample["shown_counters"] = metrics
    sample.update(answer)


class Engine:
    def __init__(self, descriptor, repetition):
        self.socket = socket.socket(fileno=descriptor)
        self.socket.set_inheritable(False)
        self.lines = self.socket.makefile("r", encoding="utf-8", newline="\n")
        self.repetition = repetition
        self.programs = {}
        self.row_process = None
        self.stacks = None  # reads where that process is
        self.interrupted = False
        signal.signal(signal.SIGINT, self.interrupt)
        signal.signal(signal.SIGQUIT, self.tell_where_it_hangs)

    def interrupt(self, *_):
        """The bench wants the run to end: the process that runs it is told."""
        self.interrupted = True
        self.tell_row(signal.SIGINT)

    def tell_row(self, number):
        if self.row_process is not None:
            try:
                os.kill(self.row_process, number)
            except ProcessLookupError:  # it has just ended
                pass

    def tell_where_it_hangs(self, *_):
        """The bench gives the run up, and asks for the last time."""
        if self.row_process is None:
            return
        self.tell_row(signal.SIGQUIT)
        self.tell_row(signal.SIGCONT)
        for _ in range(50):
            time.sleep(0.01)
            stacks = self.stacks()
            if stacks:
                self.send(stacks)
                return

    def send(self, message):
        # What is no Unicode would be no JSON for the bench.
        text = json.dumps(message, ensure_ascii=False)
        self.socket.sendall(text.encode("utf-8", "replace") + b"\n")

    def ask(self, question):
        self.send(question)
        line = self.lines.readline()
        if not line:  # nobody wants this process any more
            os._exit(1)
        return json.loads(line)

    def serve(self):
        self.send(hello())
        for line in self.lines:
            message = json.loads(line)
            if "program" in message:
                self.take_program(message["program"])
            if "row" in message:
                self.run_row(message["row"])

    def take_program(self, program):
        path = program["path"]
        answer = {"ready": path}
        try:
            self.programs[path] = compile(program["source"], path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = getattr(error, "lineno", None) or 1
            reason = getattr(error, "msg", None) or error
            answer["error"] = "%s:%d: %s: %s" % (path, line, type(error).__name__, reason)
        self.send(answer)

    def run_row(self, row):
        self.interrupted = False
        answer = self.ask({"run": row["name"]})
        if "error" in answer:
            reply = self.repetition.failure("error", answer["error"])
        else:
            reply = self.run_once(row, answer.get("environment", []))
        answer = self.ask({"ran": reply["status"] == "ok"})
        if "error" in answer:
            # What the bench has ended for this has nothing to say of its own.
            own = "" if reply["status"] == "interrupted" else reply["message"]
            both = [text for text in (own, answer["error"]) if text]
            reply = self.repetition.failure("error", "\n".join(both))
        else:
            add_measured(reply["sample"], answer)
        self.send({"reply": reply})

    def run_once(self, row, environment):
        """The program's own temporary files are in the folder too, so that none outlives the run."""
        folder = None
        try:
            folder = tempfile.mkdtemp(prefix="gilbench-")
            result, stacks = (os.path.join(folder, name) for name in ("result.json", "stacks.txt"))
            variables = dict(pair.partition("=")[::2] for pair in environment)
            self.stacks = lambda: self.repetition.python_stacks.read(stacks, row["program"])
            status = self.fork_and_wait(row, dict(variables, TMPDIR=folder), result, stacks)
            told = self.stacks()
            if told:  # of this process, or of a worker
                self.send(told)
            if status == 0 and os.path.exists(result):
                with open(result, encoding="utf-8") as file:
                    return json.load(file)
        except OSError as error:
            return self.repetition.failure("error", "cannot run it: %s" % error)
        finally:
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
        die_like(status)

    def fork_and_wait(self, row, environment, result, stacks):
        parent = os.getpid()
        # Until the process knows what to do about it.
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            process = os.fork()
            if process == 0:
                try:
                    os.close(self.socket.detach())
                    os.environ.update(environment)
                    tempfile.tempdir = None  # found anew
                    self.repetition.run(self.programs[row["program"]], row, result, stacks, parent)
                finally:
                    os._exit(1)  # there is one engine
            self.row_process = process
            if self.interrupted:  # before there was a process to tell
                self.tell_row(signal.SIGINT)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
        try:
            while True:
                status = os.waitpid(process, os.WUNTRACED)[1]
                if not os.WIFSTOPPED(status):
                    return status
                os.kill(parent, signal.SIGSTOP)
        finally:
            self.row_process = None


def own_module(name):
    """A file beside this one; programs do not find those by their names."""
    sys.dont_write_bytecode = True
    folder = os.path.dirname(os.path.abspath(__file__))
    before = sys.path[:]
    sys.path.insert(0, folder)
    module = __import__(name)
    sys.path[:] = [place for place in before if os.path.abspath(place) != folder]
    return module


def main(words):
    if len(words) != 1 or not words[0].startswith("--engine-process="):
        sys.exit("this is started by bench_workloads --python=PATH")
    descriptor = int(words[0].partition("=")[2])
    if sys.version_info < OLDEST:
        reason = "Python %d.%d, and %d.%d is needed" % (sys.version_info[:2] + OLDEST)
        os.write(descriptor, json.dumps({"hello": PROTOCOL, "error": reason}).encode() + b"\n")
        return
    Engine(descriptor, own_module("python_repetition")).serve()


if __name__ == "__main__":
    main(sys.argv[1:])
