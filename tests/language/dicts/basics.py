"""Building, reading and changing dicts."""
d = {"a": 1, "b": 2}
print(d, len(d), d["a"], d.get("b"), d.get("z"), d.get("z", 0), "a" in d, "z" not in d, 1 in d)
d["c"] = 3
d["a"] = 10
print(d)
del d["b"]
print(d, list(d), bool({}), bool(d), {} == dict())
print(dict(a=1, b=2), dict([("x", 1), ("y", 2)]), dict({"k": "v"}))
print(dict({"k": 1}, m=2), dict(zip("pq", (1, 2))))
e = {1: "int", 1.5: "float", "s": "str", (1, 2): "tuple", None: "none", True: "bool"}
print(e, e[1], e[1.0], e[None], e[1, 2])
print({"a": 1, "b": 2} == {"b": 2, "a": 1})
print({"a": 1} == {"a": 1.0}, {"a": 1} != {"a": 2}, {1: 2, 1: 3})
