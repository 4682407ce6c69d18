"""Functions within functions; each call makes a new one."""


def outer(x):
    def inner(y):
        def innermost(z):
            return x * 100 + y * 10 + z

        return innermost

    return inner


print(outer(1)(2)(3), outer(4)(5)(6), outer(1) is outer(1))


def sort_by_distance(points, origin):
    ox, oy = origin

    def distance(p):
        return (p[0] - ox) ** 2 + (p[1] - oy) ** 2

    return sorted(points, key=distance)


print(sort_by_distance([(5, 5), (0, 1), (3, 3)], (3, 2)))


def local_recursion(n):
    def go(i, acc):
        return acc if i == 0 else go(i - 1, acc + [i])

    return go(n, [])


print(local_recursion(5))
