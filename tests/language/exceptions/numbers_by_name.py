"""__index__, __int__, __float__ and their like of int, bool and float."""


def t(name, f):
    try:
        print(name, "->", repr(f()))
    except Exception as error:
        print(name, "->", type(error).__name__, error)


t('(5).__index__()', lambda: (5).__index__())
t('True.__index__()', lambda: True.__index__())
t('(2**70).__index__()', lambda: (2**70).__index__())
t('True.__int__()', lambda: True.__int__())
t('(5).__float__()', lambda: (5).__float__())
t('(5).__neg__()', lambda: (5).__neg__())
t('(-5).__abs__()', lambda: (-5).__abs__())
t('(0).__bool__()', lambda: (0).__bool__())
t('(5).__invert__()', lambda: (5).__invert__())
t('(1.5).__int__()', lambda: (1.5).__int__())
t('(1.5).__trunc__()', lambda: (1.5).__trunc__())
t('(1.5).__abs__()', lambda: (1.5).__abs__())
t('(5).__pos__()', lambda: (5).__pos__())
t('int.__index__(5)', lambda: int.__index__(5))
