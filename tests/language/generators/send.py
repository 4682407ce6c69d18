"""send hands a value to the waiting yield."""


def averager():
    total = 0.0
    count = 0
    average = None
    while True:
        x = yield average
        if x is None:
            return
        total += x
        count += 1
        average = total / count


g = averager()
print(next(g), g.send(10), g.send(20), g.send(0))


def echo():
    got = "nothing"
    for i in range(3):
        got = yield (i, got)
    print("last", got)


e = echo()
print(next(e), e.send("a"), next(e))
try:
    e.send("z")
except StopIteration:
    print("ended")
fresh = echo()
try:
    fresh.send(5)
except TypeError as error:
    print(error)
print(fresh.send(None))
