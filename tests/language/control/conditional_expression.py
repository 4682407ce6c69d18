"""Conditional expressions nest to the right and evaluate one branch only."""


def loud(x):
    print("loud", x)
    return x


print(loud("yes") if True else loud("no"))
print(loud("yes") if 0 else loud("no"))
for n in (-1, 0, 1):
    print("neg" if n < 0 else "zero" if n == 0 else "pos", (1 if n else 2) + 1)
f = (lambda: "a") if [] else (lambda: "b")
print(f(), [x if x % 2 else -x for x in range(5)], {1: "t"} if 1 else {}, (1 if 0 else 2, 3))
