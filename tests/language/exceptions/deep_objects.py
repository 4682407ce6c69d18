"""Operations that go into nested objects count as calls: an error beyond the recursion limit."""

DEPTH = 1_100


def nest(wrap, innermost):
    for _ in range(DEPTH):
        innermost = wrap(innermost)
    return innermost


def show(name, ask):
    try:
        print(name, ask())
    except RecursionError as error:
        print(name, error)


class Selfish:
    pass


Selfish.__call__ = Selfish()

show("isinstance", lambda: isinstance(1, nest(lambda inner: (inner,), str)))
show("issubclass", lambda: issubclass(int, nest(lambda inner: (inner,), str)))
show("call itself", lambda: Selfish()())
show("repr", lambda: len(repr(nest(lambda inner: [inner], 1))))
show("equal tuples", lambda: nest(lambda inner: (inner,), 1) == nest(lambda inner: (inner,), 1))
show("equal sets", lambda: nest(lambda inner: frozenset([inner]), 1) ==
     nest(lambda inner: frozenset([inner]), 1))
show("ordered lists", lambda: nest(lambda inner: [inner], 1) < nest(lambda inner: [inner], 2))

# Neither error nor end of the stack where keys are only a little nested.
key, other = 1, 1
for _ in range(300):
    key, other = (key,), (other,)
print({key: "found"}[other], [key].index(other), {key} == {other}, hash(key) == hash(other))
