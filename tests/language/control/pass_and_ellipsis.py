"""pass, bare expressions, docstrings and the ellipsis."""


def nothing():
    pass


def documented():
    """Says nothing."""


class Empty:
    pass


if True:
    pass
for _ in range(2):
    pass
1 + 1
"a bare string"
[1, 2][0]
print(nothing(), documented(), documented.__doc__, nothing.__doc__, Empty.__name__)
print(..., Ellipsis is ..., type(...).__name__, [...])
x: int = 5
print(x)
