"""Which of its methods an operand of % is asked for."""


class Both:
    def __int__(self):
        return 5

    def __index__(self):
        return 6


class Int:
    def __int__(self):
        return 7


print("%d %i %u %x %o %c" % (Both(), Both(), Both(), Both(), Both(), "c"), "%d" % Int())
try:
    print("%x" % Int())
except TypeError as error:
    print(error)

print(repr("%c" % Both()), b"%c" % Both(), repr("%c" % True))
for template in ["%c", b"%c"]:
    for value in [Int(), 1.5, "ab"]:
        try:
            print(template % value)
        except TypeError as error:
            print(error)
