"""Many generators alive at once, stepped in turn."""


def task(name, n):
    for i in range(n):
        yield f"{name}{i}"


tasks = [task("a", 3), task("b", 1), task("c", 2)]
order = []
while tasks:
    current = tasks.pop(0)
    item = next(current, None)
    if item is not None:
        order.append(item)
        tasks.append(current)
print(order)
many = [task(str(i), 2) for i in range(500)]
print(len([next(g) for g in many]), [next(g) for g in many][-1], sum(len(list(g)) for g in many))


def merge(*sources):
    sources = [iter(s) for s in sources]
    heads = [next(s, None) for s in sources]
    while any(h is not None for h in heads):
        best = min(i for i, h in enumerate(heads) if h is not None and h == min(
            x for x in heads if x is not None))
        yield heads[best]
        heads[best] = next(sources[best], None)


print(list(merge([1, 4, 9], [2, 3, 10], [5])))
abandoned = task("left", 5)
print(next(abandoned))
