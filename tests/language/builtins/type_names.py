"""type(x), its name, its repr and its identity."""
values = [1, 2 ** 70, True, 1.5, "s", b"b", None, [], (), {}, set(), range(1), slice(1), len, int]
for v in values:
    print(type(v).__name__, type(v))
print(type(1) is int, type(2 ** 70) is int, type([]) == list)
print(type("") is type("x"), type(1) is type(1.0))
print(type(lambda: 0).__name__, type(iter([])).__name__)
print(type([].append).__name__, type("".join).__name__)
print(int, [str, float], {"k": dict}, f"{bool}", str(type(1)))
print(type(type(1)), type(NotImplemented).__name__)
print(type(iter("")).__name__, type(iter(())).__name__)
print(type({}.keys()).__name__, type(zip()).__name__)
