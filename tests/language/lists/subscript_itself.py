"""A list that is its own item, by every way to write the subscript."""


def look(items, i):
    inner = items[i]
    print(inner is items, items[i][i] is items, items[1] is items, items[i][0], items[-1] is items)
    for _ in range(3):
        items[i][i][0] += 1
    print(items[0], items[i][i - 1])
    items[i] = None
    print(items)


values = [10]
values.append(values)
look(values, 1)
