"""Augmented assignment to items and attributes evaluates the target once."""
calls = []


def where(x):
    calls.append(x)
    return x


class Box:
    count = 5


a = [1, 2, 3]
a[where(0)] += 10
a[where(-1)] *= 2
d = {"k": [1]}
d[where("k")] += [2]
d["n"] = 1
d["n"] <<= 4
box = Box()
box.count += 1
print(a, d, calls, box.count, Box.count)
s = t = "ab"
s += "c"
u = v = (1,)
u += (2,)
p = q = {1}
p |= {2}
print(s, t, u, v, sorted(q), p is q)
m = [[0] * 2] * 2
m[0][0] += 1
print(m)
x = 5
x -= x - 3
x **= x
x //= 2
print(x)
