"""super() serves calls of the base's methods only."""


class A:
    def visit(self):
        return 1


class B(A):
    def visit(self):
        parent = super().visit
        return parent()
