"""Every bound's __index__ runs once, in CPython's order, whatever it does to the sequence."""


class Bound:
    def __init__(self, value, change=None):
        self.value, self.change, self.calls = value, change, 0

    def __index__(self):
        self.calls += 1
        print("asked for", self.value, "time", self.calls)
        if self.change is not None and self.calls < 20:
            self.change()
        return self.value


numbers = list(range(5))


def grow(): numbers.append(len(numbers))
def shrink(): numbers.pop()


print(numbers[Bound(1, grow):Bound(4, grow)], numbers)
print(numbers[Bound(-3, grow):], numbers)
print(numbers[::Bound(-1, shrink)], numbers)
print(numbers[Bound(-1, shrink):Bound(-4, shrink):Bound(-2, shrink)], numbers)
numbers[Bound(1, grow):Bound(3, grow)] = "abc"
print(numbers)
numbers[Bound(0, grow):Bound(9, shrink):Bound(2)] = range(4)
print(numbers)
del numbers[Bound(1, grow):Bound(3)]
print(numbers)
del numbers[Bound(-3, grow)]
print(numbers)
numbers[Bound(-1, grow)] = "last"
print(numbers, numbers[Bound(-1, grow)])
numbers.insert(Bound(-1, grow), "inserted")
print(numbers, numbers.pop(Bound(-2, grow)), numbers)
numbers.append("sought")
print(numbers.index("sought", Bound(-3, grow), Bound(-1, grow)), numbers)
print("abcdef"[Bound(1):Bound(-1):Bound(2)], b"abcdef"[Bound(-4):Bound(5)])
print((1, 2, 3, 4)[Bound(3):Bound(0):Bound(-1)], (1, 2, 3, 1).index(1, Bound(1), Bound(4)))
print(range(10)[Bound(2):Bound(8):Bound(3)], range(Bound(1), Bound(9), Bound(2)))
print("abcabc".find("c", Bound(3), Bound(6)), b"abcabc".count(b"c", Bound(-2)))
print(slice(Bound(1), Bound(-1), Bound(3)).indices(Bound(10)))
print([0] * 2, list(range(3))[Bound(10 ** 30):], [1, 2, 3][Bound(-10 ** 30):Bound(10 ** 30)])
print([1, 2, 3, 1].index(1, Bound(-10 ** 30), Bound(10 ** 30)))
