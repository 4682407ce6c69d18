"""find, rfind, index, count, in, startswith and endswith, with bounds."""
s = "abracadabra"
print(s.find("a"), s.find("a", 1), s.find("bra"), s.find("z"), s.find("a", 1, 3), s.find(""))
print(s.rfind("a"), s.rfind("bra"), s.rfind("a", 0, 10), s.rfind("q"), s.rfind(""))
print(s.index("c"), s.index("a", 4), s.rindex("bra"), s.find("a", -3), s.find("", 20))
print(s.count("a"), s.count("abra"), s.count("z"), s.count("a", 2), s.count("aa"), s.count(""))
print("cad" in s, "dac" in s, "" in s, "x" not in s, "bra" not in s)
print(s.startswith("abra"), s.startswith("bra"), s.startswith("bra", 1), s.startswith(("x", "a")))
print(s.endswith("bra"), s.endswith("abr"), s.endswith("abr", 0, 10), s.endswith(("q", "ra")))
print("".startswith(""), "a".startswith(()), "aaa".count("aa"))
