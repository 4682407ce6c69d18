"""Where a program was when its process died or hung: faulthandler's text, and that as the bench reads it."""

import fcntl
import faulthandler
import os
import re
import signal

OUT_OF_REACH = 1001  # as bench/engine_messages.h: programs that go through descriptors do not come so far

THREAD = re.compile(r"(Current thread|Thread) 0x")
FRAME = re.compile(r'  File "(.*)", line (\d+) in (.*)')
FATAL = {"Segmentation fault": "SEGV", "Aborted": "ABRT", "Bus error": "BUS", "Floating point exception": "FPE",
         "Floating-point exception": "FPE", "Illegal instruction": "ILL"}  # fmt: skip


def watch(path):
    """From now on a fatal signal writes the stacks of all threads there, and so does SIGQUIT, which then
    has no other effect. Worker processes inherit it."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        file = fcntl.fcntl(file, fcntl.F_DUPFD, OUT_OF_REACH)
        os.set_inheritable(file, False)
    except OSError:  # beyond the limit of open files
        pass
    faulthandler.enable(file, all_threads=True)
    faulthandler.register(signal.SIGQUIT, file, all_threads=True, chain=False)


def read(path, program):
    """The message {"stacks", "signal"}, with the frames in the program's file; None where there are none."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return None
    written = program.encode("ascii", "backslashreplace").decode()  # as faulthandler writes it
    stacks, name = [], "QUIT"
    for line in lines:
        thread, frame = THREAD.match(line), FRAME.match(line)
        if line.startswith("Fatal Python error: "):
            name = FATAL.get(line.partition(": ")[2], name)
        elif thread:
            stacks.append({"thread": "main", "frames": []})
            if thread[1] == "Current thread":
                stacks[-1]["current"] = True
        elif frame and stacks and frame[1] == written:
            stacks[-1]["frames"].append({"file": program, "line": int(frame[2]), "function": frame[3]})
        elif frame and stacks and frame[3] == "work":  # of python_workers.py
            stacks[-1]["thread"] = "worker"
    stacks = [thread for thread in stacks if thread["frames"]]
    return {"stacks": stacks, "pid": os.getpid(), "signal": name} if stacks else None
