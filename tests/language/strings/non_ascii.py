"""Strings are sequences of code points, not of bytes."""
s = "naïve café 中文 😀!"
print(s, len(s), s[2], s[9], s[11], s[14], s[-1])
print(s[::-1], s[11:13], s[-3:], s.find("中"), s.index("😀"), s.count("é"))
print(list("aé中😀"), [ord(c) for c in "aé中😀"], chr(233), chr(0x4E2D), chr(0x1F600))
print("é" in s, "文 😀" in s, s.split(), s.upper(), s.replace("é", "e"))
print("é" + "中", "中" * 3, "中" < "文", "中文".center(8, "*"), "{:>5}|".format("中"))
for c in "ü😀z":
    print(c, ord(c), len(c), repr(c))
print({"é": 1, "中": 2}["中"], sorted("zéa中b"), max("aé中"))
