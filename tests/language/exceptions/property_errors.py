"""Properties without setter, and errors raised inside them."""


class C:
    @property
    def fixed(self):
        return 5

    @property
    def broken(self):
        raise ValueError("inside the property")


def check(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__ + ":", error)


def assign(c):
    c.fixed = 1


def delete(c):
    del c.fixed


check(lambda: C().fixed)
check(lambda: assign(C()))
check(lambda: delete(C()))
check(lambda: C().broken)
check(lambda: getattr(C(), "broken", "default"))
