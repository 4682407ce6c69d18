"""Methods, bound methods as values, and calling through the class."""


class Counter:
    def __init__(self, start=0):
        self.value = start

    def up(self, by=1):
        self.value += by
        return self

    def get(self):
        return self.value


c = Counter()
print(c.up().up(5).get(), Counter.get(c), Counter.up(c, by=2).value)
up = c.up
up()
up(by=10)
print(c.value, up == c.up, up is c.up, up.__name__, up.__self__ is c)
others = [Counter(i) for i in range(3)]
print([m() for m in [o.get for o in others]], list(map(Counter.get, others)))
c.get = lambda: "instance attribute wins"
print(c.get(), Counter.get(c))
print(sorted(others, key=Counter.get, reverse=True)[0].value)
print(max(others, key=lambda o: o.value).get())
