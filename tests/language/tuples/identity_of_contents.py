"""A tuple cannot change but what it holds can."""
inner = [1]
t = (inner, 2)
u = t
inner.append(2)
print(t, u is t, t[0] is inner)
t += (3,)
print(t, u, u is t)
t[0].append("x")
print(u, t[0] is u[0], t == u + (3,))
a = ([1], [2])
b = tuple(a)
c = tuple([[1], [2]])
print(a == c, a is c, b == a)
