"""The floors of runtime/: a file includes its own floor and those below it, and no other.

So who opens memory/ knows what he may touch. Includes against the order are named, file and line.
"""
import collections
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]

# From the ground up. Single files lie on the floor that they name.
FLOORS = [
    ["runtime/support"],
    ["runtime/program"],
    ["strategies", "runtime/engine.h", "runtime/primitives/primitive.h"],  # words: the contract, the boundaries
    ["runtime/values"],
    ["runtime/memory"],
    ["runtime/world"],
    ["runtime/objects"],
    ["runtime/interpreter"],
    ["runtime/modules"],
    ["runtime/launch", "runtime/model.h", "runtime/primitives"],
    # What puts strategies and runtimes together, and what runs them.
    ["strategies/entry.cpp", "strategies/registry.cpp", "strategies/primitives_registry.cpp", "runtime/main.cpp"],
    ["bench"],
]
# So many includes go up that are still to be mended: memory asks threads and worlds for what is to be a
# state of its own, and an error asks for the frame that it leaves. None is to be added.
NOT_YET = {
    ("runtime/memory/", "runtime/world/"): 21,
    ("runtime/objects/errors.cpp", "runtime/interpreter/unwind.h"): 1,
}

INCLUDE = re.compile(r'\s*#\s*include "((?:runtime|strategies|bench)/[^"]+)"')


def floor_of(name):
    found = [
        (len(part), number)
        for number, parts in enumerate(FLOORS)
        for part in parts
        if name == part or name.startswith(part + "/")
    ]
    assert found, f"{name} lies on no floor"
    return max(found)[1]


def includes():
    for folder in ("runtime", "strategies", "bench"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in (".h", ".cpp", ".inc"):
                continue
            name = path.relative_to(ROOT).as_posix()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if match := INCLUDE.match(line):
                    yield name, number, match[1]


def excuse(name, target):
    return next((pair for pair in NOT_YET if name.startswith(pair[0]) and target.startswith(pair[1])), None)


def going_up():
    return [(name, line, target) for name, line, target in includes() if floor_of(target) > floor_of(name)]


def test_includes_go_down():
    against = [f"{n}:{line} includes {t}, which lies above" for n, line, t in going_up() if not excuse(n, t)]
    assert not against, "\n".join(against)


def test_as_many_are_excused_as_are_known():
    """One more: mend it. One less: lower the number."""
    found = collections.Counter(excuse(name, target) for name, _, target in going_up())
    del found[None]
    assert found == NOT_YET


def test_every_included_file_exists():
    missing = [f"{name}:{line}: {target}" for name, line, target in includes() if not (ROOT / target).exists()]
    assert not missing, "\n".join(missing)
