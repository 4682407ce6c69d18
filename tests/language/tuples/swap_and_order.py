"""Tuple assignment evaluates the right side first, then assigns left to right."""
a, b = 1, 2
a, b = b, a
print(a, b)
a, b, c = b, a, a + b
print(a, b, c)
x = [0, 1, 2]
i = 0
i, x[i] = 2, 9
print(i, x)
x[0], x[1], x[2] = x[2], x[0], x[1]
print(x)
(p, q), r = (1, 2), 3
[s, t] = "uv"
print(p, q, r, s, t)
m = n = k = []
m.append(1)
print(n, k is m)
first = second = third = 0
first += 1
print(first, second, third)
