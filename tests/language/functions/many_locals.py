"""Functions with many parameters, locals and constants."""


def f(a, b, c, d, e, g, h, i, j, k, l=12, m=13, n=14, o=15, p=16):
    q = a + b
    r = c * d
    s = e - g
    t = h // (i or 1)
    u = [j, k, l]
    v = (m, n)
    w = {o: p}
    x = q + r + s + t
    y = str(x) + str(u) + str(v) + str(w)
    z = len(y)
    return x, y, z


print(f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
print(f(1, 2, 3, 4, 5, 6, 7, 0, 9, 10, p=0, l=1))
print(f(*range(10), **{"o": "key"}))
big = [i for i in range(300)]
print(sum(big), max(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20))
