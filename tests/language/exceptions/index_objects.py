"""Objects with __index__ repeat sequences and are numbers for math, % and float."""


def t(name, f):
    try:
        print(name, "->", repr(f()))
    except Exception as error:
        print(name, "->", type(error).__name__, error)


import math


class Idx:
    def __index__(self):
        return 2


class Big:
    def __index__(self):
        return 2 ** 70


class No:
    pass


t("'ab' * No()", lambda: 'ab' * No())
t('No() * [1]', lambda: No() * [1])
t('Idx() * (1,)', lambda: Idx() * (1,))
t('[1] * Idx()', lambda: [1] * Idx())
t("b'x' * Big()", lambda: b'x' * Big())
t("b'x' * 2.0", lambda: b'x' * 2.0)
t("'ab' * None", lambda: 'ab' * None)
t('math.sqrt(Big())', lambda: math.sqrt(Big()))
t('float(Idx())', lambda: float(Idx()))
t("'%f' % Idx()", lambda: '%f' % Idx())
t("'%d' % Idx()", lambda: '%d' % Idx())
t('math.floor(Idx())', lambda: math.floor(Idx()))
t('math.atan(No())', lambda: math.atan(No()))
t('math.hypot(Idx(),1)', lambda: math.hypot(Idx(),1))
