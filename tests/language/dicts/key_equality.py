"""Keys that are equal are one key; the first stays and the value changes."""
d = {1: "a"}
d[1.0] = "b"
d[True] = "c"
print(d, len(d))
e = {0.0: "zero"}
e[-0.0] = "minus"
e[False] = "false"
print(e)
s = "ab"
t = "a"
t += "b"
f = {s: 1}
f[t] = 2
print(f, (1, 2.0) in {(1.0, 2): 0})
nan = float("nan")
g = {nan: 1}
g[float("nan")] = 2
g[nan] = 3
print(len(g), g[nan])
print({2 ** 64: "big"}[2.0 ** 64], {2 ** 64: "big"}[18446744073709551616])
