"""A for loop over a list sees what is appended and skips what is removed."""
a = [1, 2, 3]
seen = []
for x in a:
    seen.append(x)
    if x < 3 and len(a) < 8:
        a.append(x + 10)
print(a, seen)
b = [1, 2, 3, 4, 5, 6]
seen = []
for x in b:
    seen.append(x)
    b.remove(x)
print(b, seen)
c = [1, 2, 3]
it = iter(c)
print(next(it))
c.clear()
print(list(it), next(it, "done"))
c.append(1)
print(list(it))
