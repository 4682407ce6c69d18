"""The | and |= operators and ** in displays; later keys win."""
a = {"x": 1, "y": 2}
b = {"y": 20, "z": 30}
print(a | b, b | a, a, b)
c = a
c |= b
print(a, c is a)
c |= [("q", 0)]
print(a)
print({**a, "x": "over", **b}, {**{}}, {"first": 0, **b, "z": None})
d = {**a}
d["x"] = "own"
print(a["x"], d["x"])
