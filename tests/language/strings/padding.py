"""center, ljust, rjust, zfill and expandtabs."""
for s in ("ab", "abc", ""):
    for width in (0, 2, 5, 6):
        print([s.center(width), s.ljust(width), s.rjust(width), s.zfill(width)])
        print([s.center(width, "*"), s.rjust(width, "0")])
print(["-5".zfill(5), "+5".zfill(4), "5".zfill(0), "--1".zfill(6)])
print(["abc".ljust(6, "."), "é".rjust(3, "中"), "é".center(4, "-")])
print(["a\tb".expandtabs(), "a\tb".expandtabs(4), "\t".expandtabs(2), "abc\td".expandtabs(4)])
