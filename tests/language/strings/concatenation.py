"""Adding, repeating and growing strings."""
a = "ab"
b = a
a += "cd"
print(a, b, a + b, a * 3, 3 * b, a * 0 == "", a * -1 == "")
s = ""
for i in range(20):
    s += str(i)
print(s, len(s))
print("x" + "" + "y", ("-" * 10) + ">", "ab" * 2 + "c")
s *= 2
print(len(s), s.count("1"))
