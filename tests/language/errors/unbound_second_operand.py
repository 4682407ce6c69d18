"""The second operand of an operator has no value yet; the error is on the operator's line."""


def add(first):
    if first < 0:
        second = 1
    return [
        first
        + second
    ]


print(add(-1))
add(1)
