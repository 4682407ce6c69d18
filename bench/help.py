"""What `./run bench` can say before anything is built: its flags, what there is to run, a wrong flag.

    help.py --help      the flags
    help.py --list      strategies and workloads; beside other flags it is one of them
    help.py FLAG...     nothing, or one line about the first flag that there is none of, and status 2
"""

import ast
import pathlib
import re
import sys
import textwrap

sys.dont_write_bytecode = True

from workload_file import bindings, parsed  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
FLAG = re.compile(r'FLAG\((\w+), "([^"]*)", "([^"]*)", "([^"]*)"\)')
OF_RUN = {"full": "all workloads of full size under all strategies, and several switch intervals",
          "ladder": "also the strategies between the global lock and biased counts, each one step from the next"}
SUMMARY = re.compile(r'kSummary =\s*((?:"[^"]*"\s*)+);')


def flags():
    """[(kind, name, value, text)] of bench/flags.def."""
    return FLAG.findall((ROOT / "bench" / "flags.def").read_text(encoding="utf-8"))


def show_flags():
    print("usage: ./run bench [FLAG]...\n")
    for _, name, value, text in [("SWITCH", *item[:1], "", item[1]) for item in OF_RUN.items()] + flags():
        head = f"  --{name}" + (f" {value}" if value else "")
        print(textwrap.fill(text, 100, initial_indent=head.ljust(32) + " ", subsequent_indent=" " * 33))
    print("\nand Google Benchmark's own: --benchmark_repetitions=N, --benchmark_filter=REGEX, "
          "--benchmark_out=FILE,\n--benchmark_format=console|json|csv and others")


def strategies():
    """(name, summary) in the order of CMakeLists.txt."""
    for name in re.findall(r"^add_strategy\((\w+)", (ROOT / "CMakeLists.txt").read_text(), re.MULTILINE):
        found = SUMMARY.search((ROOT / "strategies" / f"{name}.h").read_text(encoding="utf-8"))
        yield name, "".join(re.findall(r'"([^"]*)"', found[1])) if found else ""


def workloads():
    """(name, what is shared, first line of the text)."""
    for path in sorted((ROOT / "workloads").glob("*/*.py")):
        _, tree = parsed(path)
        sharing = bindings(tree)[1]["SHARING"].value
        text = (ast.get_docstring(tree) or "").partition("\n")[0]
        yield f"{path.parent.name}/{path.stem}", sharing, text


def show_list():
    print("strategies:")
    for name, summary in strategies():
        print(f"  {name:20} {summary}")
    print("workloads (what the workers share):")
    for name, sharing, text in workloads():
        print(f"  {name:24} {sharing:5} {text}")


def wrong_flag(words):
    """One line about the first word that is no flag; None where all are."""
    kinds = {name: kind for kind, name, _, _ in flags()}
    known = {**kinds, **dict.fromkeys(OF_RUN, "SWITCH")}
    words = iter(words)
    for word in words:
        name, equals, _ = word[2:].partition("=")
        if not word.startswith("--"):
            return f"arguments must be flags, and '{word}' is none"
        if name.startswith("benchmark_") or name == "v":
            continue
        if name not in known:
            names = ", ".join(f"--{each}" for each in known)
            return f"unknown flag --{name}; flags: {names}, --benchmark_* (see --help)"
        if known[name] != "SWITCH" and not equals:
            next(words, None)  # its value
    return None


def main(words):
    if "--help" in words:
        show_flags()
    elif words == ["--list"]:
        show_list()
    else:
        complaint = wrong_flag(words)
        if complaint:
            print(f"run: {complaint}", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
