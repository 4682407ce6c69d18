"""Key views behave as sets."""
a = {"x": 1, "y": 2, "z": 3}
b = {"y": 20, "z": 3, "w": 4}
print(sorted(a.keys() & b.keys()), sorted(a.keys() | b.keys()), sorted(a.keys() - b.keys()))
print(sorted(a.keys() ^ b.keys()), sorted(a.items() & b.items()), sorted(a.keys() & ["x", "q"]))
print(a.keys() == {"x", "y", "z"}, a.keys() == b.keys(), a.keys() >= {"x"}, a.keys() < b.keys())
print({"y"} <= b.keys(), a.keys().isdisjoint({"q"}), a.items() == dict(a).items())
