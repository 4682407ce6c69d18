"""Classes that only know themselves go, with their instances; others stay."""
import gc

gc.disable()
gc.collect()


class Base:
    made = 0

    def __init__(self):
        Base.made += 1


def make_class(i):
    class Local(Base):
        number = i

        def __init__(self):
            super().__init__()
            self.kind = Local

    Local.one = Local()
    Local.table = {Local: Local.one}
    return Local


for i in range(50):
    make_class(i)
print(Base.made, gc.collect() >= 200, gc.collect())
kept = make_class(7)
for i in range(50):
    make_class(i)
print(gc.collect() >= 200)
print(kept.number, kept.one.kind is kept, kept.table[kept].number, kept().kind.__name__)


class Oops(Exception):
    pass


def fail():
    error = Oops("no")
    error.itself = error
    raise error


for i in range(3):
    try:
        fail()
    except Oops as caught:
        last = str(caught)
print(last, gc.collect() > 0, gc.collect())
