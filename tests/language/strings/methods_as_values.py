"""Methods of a string can be kept and called later, also through the class."""
upper = "abc".upper
print(upper(), upper())
join = ", ".join
print(join(["a", "b"]), join([]))
print(str.upper("xyz"), list(map(str.strip, [" a ", "b "])), sorted(["B", "a", "C"], key=str.lower))
f = str.replace
print(f("aba", "a", "c"), str.join("-", ["1", "2"]))
words = "the quick brown fox".split()
print(list(map(len, words)), sorted(words, key=len), max(words, key=len))
