"""The floors of runtime/: a file includes its own floor and those below it, and no other.

So who opens memory/ knows what he may touch. Includes against the order are named, file and line.
"""
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


def test_includes_go_down():
    against = [
        f"{name}:{line} includes {target}, which lies above"
        for name, line, target in includes()
        if floor_of(target) > floor_of(name)
    ]
    assert not against, "\n".join(against)


def test_every_included_file_exists():
    missing = [f"{name}:{line}: {target}" for name, line, target in includes() if not (ROOT / target).exists()]
    assert not missing, "\n".join(missing)
