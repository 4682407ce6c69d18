"""Count the ways to place `size` queens on a board of that width, none attacking another."""

SHARING = "none"
SIZES = {"small": 7, "full": 11}
EXPECT = {"small": 40, "full": 2680}


def is_safe(columns, column):
    """Whether a queen in this column of the next row is attacked by none in the rows before."""
    distance = len(columns)
    for other in columns:
        if other == column or other - column == distance or column - other == distance:
            return False
        distance -= 1
    return True


def count_ways(columns, size):
    if len(columns) == size:
        return 1
    ways = 0
    for column in range(size):
        if is_safe(columns, column):
            columns.append(column)
            ways += count_ways(columns, size)
            columns.pop()
    return ways


def work(state, size, worker, workers):
    # One task for each way to fill the first three rows, attacks included: these end at once.
    ways = 0
    for task in range(worker, size * size * size, workers):
        columns = []
        for column in (task // (size * size), task // size % size, task % size):
            if not is_safe(columns, column):
                break
            columns.append(column)
        else:
            ways += count_ways(columns, size)
    return ways


def combine(parts):
    return sum(parts)
