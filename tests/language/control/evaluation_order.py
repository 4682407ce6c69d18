"""Operands, arguments, items and targets are evaluated left to right."""


def e(x):
    print(x, end=" ")
    return x


print(e(1) + e(2) * e(3) - e(4))
print([e(1), e(2)], (e(3), e(4)), {e(5): e(6), e(7): e(8)}, {e(9)})
d = {}
d[e("k")] = e("v")
print(d)
print(max(e(1), e(2), key=e(None) or abs), (e(1) < e(2)) == e(True), e([0, 1, 2])[e(1) : e(2)])
a = [0, 0]
a[e(0)], a[e(1)] = e(10), e(20)
print(a)
a[e(0)] += e(5)
print(a)
print(e(2) ** e(3) ** e(0), e(1) if e(0) else e(2))
