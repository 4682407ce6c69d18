"""Truth of instances: __bool__, else __len__, else true."""


class ByBool:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        print("bool?", end=" ")
        return self.value

    def __len__(self):
        return 99


class ByLen:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


class Plain:
    pass


print(bool(ByBool(True)), bool(ByBool(False)), not ByBool(True))
print(bool(ByLen(0)), bool(ByLen(3)), not ByLen(0), bool(Plain()), not Plain(), len(ByBool(0)))
print("yes" if ByBool(False) else "no", (ByLen(0) or "empty"), ByLen(1) and "full")
while ByBool(False):
    print("never")
print(any([ByLen(0), ByLen(1)]), all([ByLen(0), ByLen(1)]))
print(len([x for x in (ByLen(0), Plain()) if x]))
