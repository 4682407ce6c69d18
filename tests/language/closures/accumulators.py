"""Closures as objects: running averages, memo tables, stepping functions."""


def averager():
    values = []
    total = 0.0

    def add(x):
        nonlocal total
        values.append(x)
        total += x
        return total / len(values)

    return add


avg = averager()
print(avg(10), avg(20), avg(0))


def stepper(a=0, b=1):
    def step():
        nonlocal a, b
        a, b = b, a + b
        return a

    return step


fib = stepper()
print([fib() for _ in range(15)])


def compose(f, g):
    return lambda *args: f(g(*args))


inc = lambda x: x + 1
chain = inc
for _ in range(20):
    chain = compose(inc, chain)
print(chain(0), compose(str, inc)(41) + "!")
