"""Lists of lists as matrices."""


def multiply(a, b):
    columns = list(zip(*b))
    return [[sum([x * y for x, y in zip(row, col)]) for col in columns] for row in a]


a = [[1, 2], [3, 4]]
identity = [[1 if i == j else 0 for j in range(2)] for i in range(2)]
print(multiply(a, identity) == a, multiply(a, a), [list(r) for r in zip(*a)])
p = identity
for i in range(20):
    p = multiply(p, [[1, 1], [1, 0]])
print(p)
flat = [x for row in a for x in row]
print(flat, sum(flat), [a[i][i] for i in range(2)])
a[0], a[1] = a[1], a[0]
print(a)
