"""The repr of containers in containers, and of containers in themselves."""
a = [1, "two", (3, [4, {"five": {6}}])]
print(a)
a.append(a)
print(a)
print(a[3][3] is a, len(a))
d = {"self": None}
d["self"] = d
print(d)
x = []
y = [x]
x.append(y)
print(x, y)
t = ([],)
t[0].append(t)
print(t)
print([[]], [()], [{}], ((),), {"a": []})
same = [0]
print([same, same], str(same), repr(same))
