"""A slice kept in a variable; slice() and its fields."""
s = slice(1, 4)
print("abcdef"[s], [0, 1, 2, 3, 4][s], (0, 1, 2, 3, 4)[s], s)
print(s.start, s.stop, s.step, slice(3), slice(None, None, -1), slice(1, 10, 2).step)
print("hello"[slice(None, None, -1)], list(range(10))[slice(2, None, 3)])
print(slice(1, 2) == slice(1, 2), slice(1) == slice(2))
print(slice(None).indices(5), slice(-3, 9).indices(5))


class Shows:
    def __getitem__(self, key):
        return key


x = Shows()
print(x[1], x[1:2], x[::3], x[1, 2], x[1:2, 3], x["k"], x[-1:])
