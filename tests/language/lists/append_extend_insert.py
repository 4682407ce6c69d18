"""append, extend, insert and their order, at ends and beyond."""
a = []
for i in range(5):
    a.append(i * i)
print(a, a.append("x"), a)
a.extend([7, 8])
a.extend("yz")
a.extend(range(2))
a.extend({"k": 1})
print(a)
b = [1, 2, 3]
b.insert(0, "first")
b.insert(2, "middle")
b.insert(100, "last")
b.insert(-1, "before last")
b.insert(-100, "very first")
print(b, len(b))
b.extend(b)
print(len(b), b[:3])
c = [[]]
c.append(c[0])
c[0].append(1)
print(c)
