"""join puts a separator between the strings of any iterable."""
print(",".join(["a", "b", "c"]), "".join(["x", "y"]), "-".join([]), "-".join(["one"]))
print(", ".join(("t", "u")), "/".join("abc"), " ".join({"k": 1, "l": 2}))
print("\n".join(["first", "second"]))
print("".join([str(i) for i in range(10)]), "+".join(map(str, [1, 2, 3])))
parts = []
for i in range(5):
    parts.append("<" + str(i) + ">")
print("".join(parts), "é".join(["中", "文"]))
