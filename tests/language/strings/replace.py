"""replace and translate make a new string and leave the old one."""
s = "one fish two fish"
t = s.replace("fish", "cat")
print(s, "|", t)
print(s.replace("fish", "cat", 1), s.replace("zebra", "x"))
print(s.replace("f", ""), s.replace("o", "00"))
print("aaa".replace("a", "b", 2), "abc".replace("", "-"))
print("aaaa".replace("aa", "a"), "".replace("", "x"))
print("abc".replace("", "-", 2), "x" * 5, ("x" * 5).replace("xx", "y"))
table = str.maketrans("abc", "xyz")
print("aabbccdd".translate(table), "hello".translate({104: "J", 111: None}))
