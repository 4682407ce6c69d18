"""Zero to a negative power is an error, and to minus infinity it is infinity."""


def t(name, f):
    try:
        print(name, "->", repr(f()))
    except Exception as error:
        print(name, "->", type(error).__name__, error)


INF = float("inf")

t('0.0 ** -INF', lambda: 0.0 ** -INF)
t('(-0.0) ** -INF', lambda: (-0.0) ** -INF)
t('0 ** -INF', lambda: 0 ** -INF)
t('pow(0.0,-1)', lambda: pow(0.0,-1))
t('0 ** -1', lambda: 0 ** -1)
t('0.0 ** -2.5', lambda: 0.0 ** -2.5)
t('pow(0.0, -INF)', lambda: pow(0.0, -INF))
