"""map and filter are lazy iterators."""
print(list(map(str, [1, 2])), list(map(lambda a, b: a * b, [1, 2, 3], [4, 5])))
print(list(map(len, ["a", "bb"])))
print(list(filter(None, [0, 1, "", "a", None, []])), list(filter(lambda x: x > 1, [1, 2, 3])))
print(list(filter(str.isdigit, "a1b2")), list(map(int, "123")))
print(sum(map(abs, [-1, -2])), set(map(int, "11")))


def noisy(x):
    print("noisy", x)
    return x * 2


m = map(noisy, [1, 2, 3])
print("made")
print(next(m))
print(list(m), list(m), next(m, "end"))
print(list(map(max, [1, 5], [3, 2], [2, 2])), dict(map(lambda k: (k, k * k), range(3))))
print("".join(map(chr, [72, 105])), list(filter(lambda x: x % 2, map(lambda x: x + 1, range(6)))))
