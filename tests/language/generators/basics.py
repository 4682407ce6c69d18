"""A generator runs in steps, keeps its locals, and ends once."""


def count(n):
    print("start", end=" ")
    for i in range(n):
        got = i * 10
        yield got
        print("after", i, end=" ")
    print("end", end=" ")


g = count(2)
print("made")
print(next(g))
print(next(g))
print(next(g, "default"), next(g, "again"), list(g))
print(list(count(3)))
for x in count(2):
    print(x)
print(sum(count(4)), max(count(2)), type(g).__name__, iter(g) is g)
a, b = count(2)
print(a, b, 10 in count(5))
