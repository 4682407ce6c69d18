"""What can change has no hash."""


class Eq:
    def __eq__(self, other):
        return True


def check(action):
    try:
        print(action())
    except TypeError as error:
        print(error)


check(lambda: {[]: 1})
check(lambda: {{}: 1})
check(lambda: {1: 2}[[]])
check(lambda: {[1]})
check(lambda: hash({1}))
check(lambda: hash((1, [2])))
check(lambda: {(1, []): 2})
check(lambda: [] in {1: 2})
check(lambda: {}.get([]))
check(lambda: {1}.add([]))
check(lambda: hash(Eq()))
check(lambda: {slice(1): 1})
check(lambda: {}.setdefault({}, 1))
check(lambda: {}.pop([], None))
check(lambda: [] in [1])
