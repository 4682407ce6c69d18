"""What is defined in a generator expression is named after it, without <locals>."""


def function():
    return next(lambda: 0 for _ in [1])


print(function().__qualname__)
print(next(lambda: 0 for _ in [1]).__qualname__)
print(next(next((lambda: 0 for _ in [1]) for _ in [1])).__qualname__)
