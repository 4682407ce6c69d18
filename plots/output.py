"""What the tools print, with an exit status that says whether it got there."""

import os
import sys


def print_text(program, text):
    """Prints it. Returns the exit status: 0, or 1 with one line where it cannot be written."""
    if sys.stdout is None:  # closed from the start: nobody wants it
        return 0
    sys.stdout.reconfigure(errors="backslashreplace")  # a path may be no text
    try:
        print(text, flush=True)
    except OSError as error:
        # What is still in the buffer must not fail once more when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"{program}: cannot write to standard output: {error.strerror}", file=sys.stderr)
        return 1
    return 0
