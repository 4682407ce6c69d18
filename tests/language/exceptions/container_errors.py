"""Missing keys, bad indexes, and what tuples, strings and ranges do not allow."""

items, text, pair, number, nothing, unordered = [1], "abc", (1, 2), 5, None, {1}


def check(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__ + ":", error)


def assign(x, i, v):
    x[i] = v


def delete(x, i):
    del x[i]


check(lambda: [1][1])
check(lambda: [1][-2])
check(lambda: (1,)[5])
check(lambda: "abc"[3])
check(lambda: b"abc"[9])
check(lambda: range(3)[3])
check(lambda: {}["k"])
check(lambda: {1: 2}[(1, "x")])
check(lambda: items["0"])
check(lambda: text["0"])
check(lambda: pair[1.0])
check(lambda: items[None])
check(lambda: number[0])
check(lambda: nothing[0])
check(lambda: unordered[0])
check(lambda: len[0])
check(lambda: [1, 2][::0])
check(lambda: assign([1], 1, 0))
check(lambda: assign((1,), 0, 0))
check(lambda: assign("abc", 0, "x"))
check(lambda: assign(b"abc", 0, 1))
check(lambda: assign(5, 0, 0))
check(lambda: assign([1, 2, 3], slice(0, 3, 2), [1]))
check(lambda: assign([1], slice(0, 1), 5))
check(lambda: delete([1], 3))
check(lambda: delete((1,), 0))
check(lambda: delete({}, "k"))
check(lambda: delete("abc", 0))
check(lambda: [1, 2, 3]["a":])
