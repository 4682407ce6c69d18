"""Every kind of object that can be part of a cycle is found in one."""
import gc

gc.disable()
gc.collect()


class Box:
    pass


def through(wrap):
    box = Box()
    box.content = wrap(box)


def list_of(box):
    return [1, box, "text"]


def tuple_of(box):
    return (None, box)


def dict_value(box):
    return {"key": box}


def dict_key(box):
    return {box: "value"}


def set_of(box):
    return {box}


def frozenset_of(box):
    return frozenset([box, 3])


def bound_method(box):
    return [box].append


def method(box):
    class_of = type(box)
    class_of.touch = lambda self: self
    return box.touch


def closure(box):
    def inner():
        return box

    return inner


def default(box):
    def inner(x=box, *, y=box):
        return x

    return inner


def attribute(box):
    def inner():
        return None

    inner.box = box
    return inner


def values_view(box):
    return {1: box}.values()


def items_view(box):
    return {1: box}.items()


def iterator(box):
    return iter([box])


def map_of(box):
    return map(str, [box])


def zip_of(box):
    return zip([box], [box])


def enumerate_of(box):
    return enumerate([box])


def exception(box):
    return ValueError(box)


def slice_of(box):
    return slice(box, None, box)


wraps = [
    list_of, tuple_of, dict_value, dict_key, set_of, frozenset_of, bound_method, method, closure, default,
    attribute, values_view, items_view, iterator, map_of, zip_of, enumerate_of, exception, slice_of
]
for wrap in wraps:
    through(wrap)
    found = gc.collect()
    print(wrap.__name__, found > 1, gc.collect())
