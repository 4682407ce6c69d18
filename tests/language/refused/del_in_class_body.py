"""A class body cannot unbind a name."""


class C:
    a = 1
    del a
