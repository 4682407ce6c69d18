"""__iter__ and __next__: loops, list(), unpacking, nesting."""


class Countdown:
    def __init__(self, start):
        self.n = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1


class Bag:
    def __init__(self, *items):
        self.items = items

    def __iter__(self):
        return iter(self.items)


for i in Countdown(3):
    print(i, end=" ")
print(list(Countdown(4)), sum(Countdown(100)), max(Countdown(5)), [x * x for x in Countdown(3)])
a, b, c = Countdown(3)
print(a, b, c, 2 in Countdown(3), 9 in Countdown(3), sorted(Countdown(3)), tuple(Countdown(2)))
it = Countdown(2)
print(next(it), next(it), next(it, "end"), list(it), iter(it) is it)
bag = Bag(1, "x", None)
print(list(bag), [(p, q) for p in bag for q in Bag(0, 1)], dict(zip(bag, Countdown(3))))
print(*bag, [*Bag(7, 8)], list(enumerate(Bag("e"))), list(map(str, bag)), None in bag)
