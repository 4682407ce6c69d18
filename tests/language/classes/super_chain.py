"""super() through several levels, with arguments and in other methods."""


class A:
    def __init__(self, *args, **kwargs):
        self.log = ["A", args, kwargs]

    def visit(self, x):
        return ["A" + x]


class B(A):
    def __init__(self, first, **kwargs):
        super().__init__(first, more=1, **kwargs)
        self.log.append("B")


class C(B):
    def visit(self, x):
        return ["C" + x] + super().visit(x + "'")


class D(C):
    def __init__(self):
        super().__init__("d", k=2)
        self.log.append("D")

    def visit(self, x):
        return ["D" + x] + super().visit(x + '"')


d = D()
print(d.log, d.visit("v"), A.visit(d, "direct"))
