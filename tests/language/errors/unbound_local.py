"""A local variable read before it is assigned."""
total = 10


def add(n):
    total = total + n
    return total


print(total)
add(1)
