"""Names share a list; += changes it in place, + makes a new one."""
a = [1]
b = a
b += [2]
print(a, b, a is b)
b = b + [3]
print(a, b, a is b)
c = a * 2
a.append(9)
print(a, c)
d = a
d *= 2
print(a is d, a)
e = a[:]
f = list(a)
g = a.copy()
e[0] = f[0] = g[0] = "changed"
print(a[0], e[0], e is f, f == g)
row = [0]
grid = [row] * 3
row[0] = 1
print(grid)
t = ([],)
t[0].append(1)
print(t)
x = [1]
y = [x, x]
y[0] += ["both"]
print(y, x)
