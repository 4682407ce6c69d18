"""The loop variable stays inside; the first iterable is evaluated outside."""
x = "outside"
print([x for x in "abc"], x)
data = [1, 2, 3]
print([data for data in data], data)


def f(n):
    values = [n * i for i in range(n)]
    return values, [i for i in values if i > n], n


print(f(3))


class C:
    size = 3
    items = [i * 2 for i in range(size)]


print(C.items, hasattr(C, "i"))
i = 5
squares = [i * i for i in range(i)]
print(squares, i, [[i for i in range(i)] for i in range(i)])
print([y for x in range(2) for y in [x] * 2], x)
