"""Generators that call themselves: trees, permutations, subsets."""


def walk(tree):
    if tree is not None:
        left, value, right = tree
        for x in walk(left):
            yield x
        yield value
        for x in walk(right):
            yield x


def permutations(items):
    if len(items) < 2:
        yield items
        return
    for i in range(len(items)):
        for rest in permutations(items[:i] + items[i + 1 :]):
            yield items[i : i + 1] + rest


def subsets(items):
    if not items:
        yield []
    else:
        for s in subsets(items[1:]):
            yield s
            yield [items[0]] + s


tree = (((None, 1, None), 2, (None, 3, None)), 4, (None, 5, (None, 6, None)))
print(list(walk(tree)), list(permutations("abc")), len(list(permutations("abcde"))))
print(list(subsets([1, 2, 3])), sum(1 for _ in subsets(list(range(10)))))
