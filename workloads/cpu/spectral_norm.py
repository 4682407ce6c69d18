"""Find the spectral norms of `size` 24 by 24 matrices by the power method."""

import math

SHARING = "none"
SIZES = {"small": 8, "full": 560}
EXPECT = {"small": "4.858752006", "full": "40.574038309"}

ORDER = 24
ROUNDS = 5


def element(row, column, shift):
    diagonal = row + column
    return 1.0 / (diagonal * (diagonal + 1) // 2 + row + 1 + shift)


def multiply(vector, shift):
    result = []
    for row in range(ORDER):
        total = 0.0
        for column in range(ORDER):
            total += element(row, column, shift) * vector[column]
        result.append(total)
    return result


def multiply_transposed(vector, shift):
    result = []
    for row in range(ORDER):
        total = 0.0
        for column in range(ORDER):
            total += element(column, row, shift) * vector[column]
        result.append(total)
    return result


def spectral_norm(shift):
    image = [1.0] * ORDER
    vector = image
    for _ in range(ROUNDS):
        vector = image
        image = multiply_transposed(multiply(vector, shift), shift)
    product = 0.0
    square = 0.0
    for before, after in zip(vector, image):
        product += before * after
        square += before * before
    return math.sqrt(product / square)


def work(state, size, worker, workers):
    return [(shift, spectral_norm(shift)) for shift in range(worker, size, workers)]


def combine(parts):
    # In the order of the matrices, and not by sum(): see nbody.
    total = 0.0
    for _, value in sorted([pair for part in parts for pair in part]):
        total += value
    return f"{total:.9f}"
