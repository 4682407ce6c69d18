"""list, tuple, set, dict, str, bool and bytes of one another."""
print(list((1, 2)), list("ab"), list({1: 2}), list(range(2)))
print(list({5}), list(b"a"), list(map(str, [1])))
print(tuple([1]), tuple("xy"), tuple({"k": 1}))
print(dict([(1, 2)]), dict([["a", "b"]]), dict(["xy", "zw"]))
print(sorted(set("aab")), set([]), frozenset([1]), bool([]), bool("False"), str([1, "a"]), str({}))
print(str((1,)), str(b"x"), str(1e3), int("12"), float("1e3"), bytes([1]), list(dict(a=1).items()))
a = [1, 2]
print(list(a) is a, list(a) == a, tuple(a) == (1, 2))
print(tuple((t := (1,))) is t, str("s"), int(5), float(2))
