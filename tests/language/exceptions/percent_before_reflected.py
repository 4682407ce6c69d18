"""str % x formats x, whatever special methods x has."""


class Reflected:
    def __rmod__(self, other):
        return "reflected"

    def __str__(self):
        return "its text"

    def __index__(self):
        return 7


print("%s and %x" % (Reflected(), Reflected()), "<%s>" % Reflected(), "%x" % Reflected())
print(5 % Reflected(), [] % Reflected())
try:
    print("nothing" % Reflected())
except TypeError as error:
    print(error)
