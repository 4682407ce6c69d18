"""Indexes that no sequence has, and what has no items at all."""


def t(name, f):
    try:
        print(name, "->", repr(f()))
    except Exception as error:
        print(name, "->", type(error).__name__, error)


class Idx:
    def __index__(self):
        return 2


class Big:
    def __index__(self):
        return 2 ** 70


class No:
    pass


t("int.from_bytes([1,2],'big')", lambda: int.from_bytes([1,2],'big'))
t("int.from_bytes(No(),'big')", lambda: int.from_bytes(No(),'big'))
t("int.from_bytes(Idx(),'big')", lambda: int.from_bytes(Idx(),'big'))
t("int.from_bytes('x','big')", lambda: int.from_bytes('x','big'))
t("int.from_bytes(1.5,'big')", lambda: int.from_bytes(1.5,'big'))
t("int.from_bytes(True,'big')", lambda: int.from_bytes(True,'big'))
t("int.from_bytes((i for i in (1,2)),'big')", lambda: int.from_bytes((i for i in (1,2)),'big'))
t('1 in No()', lambda: 1 in No())
t('1 in 5', lambda: 1 in 5)
t('5 in None', lambda: 5 in None)
t("'a' in Idx()", lambda: 'a' in Idx())
t('1 in (lambda: 0)', lambda: 1 in (lambda: 0))
t("b'ab'[2**63]", lambda: b'ab'[2**63])
t("b'ab'[-2**63]", lambda: b'ab'[-2**63])
t("'ab'[2**64]", lambda: 'ab'[2**64])
t('[1][2**64]', lambda: [1][2**64])
t('(1,)[2**64]', lambda: (1,)[2**64])
t('range(5)[2**65]', lambda: range(5)[2**65])
t('range(5)[-2**65]', lambda: range(5)[-2**65])
t('range(5)[5]', lambda: range(5)[5])


class Raises:
    def __iter__(self):
        raise TypeError("its own")


def unpacked(value):
    a, b = value
    return a


def starred(value):
    a, *b = value
    return a


for value in (5, None, No, No(), Raises(), (1, 2), [1]):
    t("unpacked", lambda: unpacked(value))
    t("starred", lambda: starred(value))
t("in its own", lambda: 1 in Raises())
t("index of an index object", lambda: [1, 2, 3][Idx()])
t("too large an index object", lambda: [1, 2, 3][Big()])
t("too large an index object", lambda: (1, 2, 3)[Big()])
