"""A call that gives one parameter twice."""


def f(a, b=1):
    return a + b


print(f(*[1], **{"b": 2}))
print(f(1, 2, a=3))
