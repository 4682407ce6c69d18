"""An uncaught error in a function called by a function."""


def divide(a, b):
    return a // b


def average(items):
    return divide(sum(items), len(items))


print(average([1, 2, 3]))
print(average([]))
print("never")
