"""Arguments are evaluated before the call, in order, once."""
log = []


def n(x):
    log.append(x)
    return x


def f(*args, **kwargs):
    log.append("called")
    return args, kwargs


print(f(n(1), *[n(2), n(3)], k=n(4), **{"z": n(5)}))
print(log)
log.clear()
print([f][n(0)](n(1)), log)
log.clear()
(n(f))(n(n(7)))
print(log[1:])
x = [1]
print((lambda a, b: (a, b))(x, x.append(2)), x)
