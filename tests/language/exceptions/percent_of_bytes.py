"""bytes % values: numbers as in str, %s and %b of bytes, %c of a byte, keys of bytes."""


def t(name, f):
    try:
        print(name, "->", repr(f()))
    except Exception as error:
        print(name, "->", type(error).__name__, error)


t("b'%d %s %b' % (5, b'x', b'y')", lambda: b'%d %s %b' % (5, b'x', b'y'))
t("b'%s' % 'x'", lambda: b'%s' % 'x')
t("b'%c%c' % (65, b'B')", lambda: b'%c%c' % (65, b'B'))
t("b'%c' % 256", lambda: b'%c' % 256)
t("b'%c' % b'ab'", lambda: b'%c' % b'ab')
t("b'%c' % 'a'", lambda: b'%c' % 'a')
t("b'%5.2f|%-5d|%05x' % (3.14159, 7, 255)", lambda: b'%5.2f|%-5d|%05x' % (3.14159, 7, 255))
t("b'%(a)d' % {b'a': 3}", lambda: b'%(a)d' % {b'a': 3})
t("b'%(a)d' % {'a': 3}", lambda: b'%(a)d' % {'a': 3})
t("b'%d' % 'x'", lambda: b'%d' % 'x')
t("b'%f' % 'x'", lambda: b'%f' % 'x')
t("b'%x' % 1.5", lambda: b'%x' % 1.5)
t("b'%d' % (1,2)", lambda: b'%d' % (1,2))
t("b'%d %d' % 1", lambda: b'%d %d' % 1)
t("b'%r %a' % ('\\xe9', 'x')", lambda: b'%r %a' % ('\xe9', 'x'))
t("b'\\xff%d' % 1", lambda: b'\xff%d' % 1)
t("b'%%' % ()", lambda: b'%%' % ())
t("b'%*d' % (5, 3)", lambda: b'%*d' % (5, 3))
t("b'%s' % (b'abc',)", lambda: b'%s' % (b'abc',))
t("b'%.2s' % b'abc'", lambda: b'%.2s' % b'abc')
t("b'a' % b''", lambda: b'a' % b'')
t("b'%s' % b'%s' % b'x'", lambda: b'%s' % b'%s' % b'x')
t("'%b' % 1", lambda: '%b' % 1)
