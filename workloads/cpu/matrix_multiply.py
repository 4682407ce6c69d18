"""Multiply `size` pairs of 24 by 24 integer matrices, as lists of lists."""

SHARING = "none"
SIZES = {"small": 6, "full": 688}
EXPECT = {"small": 2_576_399_851, "full": 297_233_466_804}

ORDER = 24


def make_matrix(seed):
    return [
        [(seed + row * 7 + column * 13) % 101 for column in range(ORDER)] for row in range(ORDER)
    ]


def multiply(left, right):
    product = []
    for left_row in left:
        row = []
        for column in range(ORDER):
            total = 0
            for k in range(ORDER):
                total += left_row[k] * right[k][column]
            row.append(total)
        product.append(row)
    return product


def work(state, size, worker, workers):
    checksum = 0
    for pair in range(worker, size, workers):
        product = multiply(make_matrix(pair), make_matrix(3 * pair + 1))
        for number, row in enumerate(product):
            checksum += (number + 1) * sum(row)
    return checksum


def combine(parts):
    return sum(parts)
