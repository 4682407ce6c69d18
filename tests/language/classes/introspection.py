"""What classes and instances tell about themselves."""


class Base:
    """The base."""

    def __init__(self):
        self.a = 1


class Derived(Base):
    pass


d = Derived()
d.b = [2]
print(d.__dict__, Base().__dict__, d.__class__, type(d) is d.__class__, d.__doc__, Base.__doc__)
print(Derived.__bases__, Derived.__base__, [c.__name__ for c in Derived.__mro__], Derived.__mro__)
print(Derived.__name__, Derived.__qualname__, Derived.__module__, Base.__bases__)
print(d.__init__.__func__ is Base.__init__, d.__init__.__self__ is d, Base.__init__.__qualname__)
print(vars(d), bool.__bases__, int.__name__, type.__name__, sorted(vars(Base()).keys()))
