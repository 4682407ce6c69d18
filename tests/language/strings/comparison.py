"""Strings compare by code point, first difference first."""
words = ["b", "a", "", "ab", "B", "aa", "abc", "é", "z", "中", "0", " "]
print(sorted(words))
print("a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "" < "a", "Z" < "a", "é" > "z")
print("abc" == "abc", "abc" != "abC", "a" <= "a", "b" >= "a", "a" == 1, "1" != 1)
print(max(words), min(words), "\uffff" < "\U00010000")
x = "ab"
y = "a"
y += "b"
print(x == y, hash(x) == hash(y), {x: 1}[y])
