"""with on a class: __enter__, __exit__, nesting and several managers."""


class Tag:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print("<" + self.name + ">")
        return self.name.upper()

    def __exit__(self, kind, value, trace):
        print("</" + self.name + ">", kind, value, trace)


with Tag("a") as a:
    print(a)
with Tag("outer"), Tag("inner") as name:
    print("in", name)


def early():
    with Tag("return"):
        return "returned"


print(early())
for i in range(3):
    with Tag("loop" + str(i)):
        if i == 0:
            continue
        break
slots = {}
with Tag("item") as slots["k"], Tag("pair") as (p, *q):
    print(slots, p, q)
