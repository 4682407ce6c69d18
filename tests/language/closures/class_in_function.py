"""A class made in a function closes over its variables."""


def make(name, scale):
    class Shape:
        kind = name

        def area(self, side):
            return side * side * scale

        def __repr__(self):
            return f"<{name} x{scale}>"

    return Shape


A = make("square", 1)
B = make("double", 2)
print(A().area(3), B().area(3), A.kind, B.kind, A(), B(), A is B, isinstance(A(), B))
print(A.__name__, make("z", 0)().area(5))
x = "module"


def scopes():
    x = "function"

    class C:
        seen = x
        x = "class"
        after = x

        def method(self):
            return x

    return C.seen, C.x, C.after, C().method()


print(scopes())
