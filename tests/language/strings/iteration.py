"""Iterating over a string and building containers from it."""
count = {}
for c in "mississippi":
    count[c] = count.get(c, 0) + 1
print(count)
print(list("abc"), tuple("abc"), sorted("hello"), sorted(set("hello")), "".join(reversed("abc")))
print([c.upper() for c in "abc" if c != "b"], list(enumerate("xy")), list(zip("ab", "cd")))
print(max("hello"), min("hello"), all("abc"), any(""), len("hello"))
a, b, *rest = "pqrst"
print(a, b, rest)
