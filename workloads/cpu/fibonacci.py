"""Compute the 18th Fibonacci number by naive recursion, `size` times: function calls."""

SHARING = "none"
SIZES = {"small": 10, "quick": 200, "full": 1_600}
EXPECT = {"small": 25_840, "quick": 516_800, "full": 4_134_400}


def fibonacci(n):
    if n < 2:
        return n
    return fibonacci(n - 1) + fibonacci(n - 2)


def work(state, size, worker, workers):
    total = 0
    for _ in range(worker, size, workers):
        total += fibonacci(18)
    return total


def combine(parts):
    return sum(parts)
