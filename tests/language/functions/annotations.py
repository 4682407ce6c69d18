"""Annotations of parameters, results and variables change nothing."""
from_module: int = 3


def f(a: int, b: str = "x", *args: float, c: "forward" = None, **kw: dict) -> list:
    local: int = 5
    undecided: str
    return [a, b, args, c, kw, local]


print(f(1), f("not an int", 2, 3, c=4, d=5), from_module)


class C:
    size: int = 7
    only_declared: str


print(C.size, C().size, hasattr(C, "only_declared"))
