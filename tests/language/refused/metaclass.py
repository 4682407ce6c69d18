"""A class takes no keywords."""


class Meta(type):
    pass


class C(metaclass=Meta):
    pass
