"""isinstance and issubclass with builtin types and tuples of them."""


class A:
    pass


class B(A):
    pass


values = [1, True, 1.5, "s", b"b", None, [1], (1,), {1: 1}, {1}, range(2), A(), B(), A, len, abs]
for t in (int, bool, float, str, bytes, list, tuple, dict, set, range, A, B, type, object):
    print(t.__name__, [isinstance(v, t) for v in values])
print(isinstance(1, (str, int)), isinstance("x", (list, (tuple, str))), isinstance(1, ()))
print(issubclass(bool, int), issubclass(int, bool), issubclass(B, (str, A)), issubclass(A, object))
print([type(v).__name__ for v in values], type(B()) is B, type(B()) is A, type(A) is type)
