"""Two closures over one variable, parameters as cells, cells in recursion."""


def account(balance):
    def deposit(amount):
        nonlocal balance
        balance += amount
        return balance

    def withdraw(amount):
        nonlocal balance
        if amount > balance:
            return "insufficient"
        balance -= amount
        return balance

    return {"in": deposit, "out": withdraw}


one = account(10)
two = account(20)
print(one["in"](5), one["out"](12), one["out"](50), two["out"](1), one["in"](0))


def tree(n):
    def left():
        return n - 1

    if n == 0:
        return []
    inner = tree(left())
    n = n * 10
    return inner + [left() + 1]


print(tree(4))


def args_cell(*args, **kwargs):
    return lambda: (args, kwargs, len(args))


print(args_cell(1, 2, k=3)())
