"""An error inside a handler prints what was being handled first."""


def lookup(table, key):
    try:
        return table[key]
    except KeyError:
        return table.fallback


print(lookup({1: 2}, 1))
lookup({}, "x")
