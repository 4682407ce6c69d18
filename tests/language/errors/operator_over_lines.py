"""An operator over several lines fails where its operands begin."""


def scale(left, right):
    return (
        left
        * 2
        + right
    )


print(scale(1, 2))
scale(1, "2")
