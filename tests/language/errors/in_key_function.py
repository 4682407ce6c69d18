"""An error inside a function that a builtin calls."""


def key(word):
    return len(word) + word.count(0)


print(sorted([3, 1, 2]))
print(sorted(["a", "b"], key=key))
