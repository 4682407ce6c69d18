"""Endless recursion: only the last line of the traceback is compared."""


def down(n):
    return down(n + 1)


print("falling")
down(0)
