"""Draw the Mandelbrot set on `size` by `size` points and count the steps until each escapes."""

SHARING = "none"
SIZES = {"small": 32, "full": 420}
EXPECT = {"small": 28_376, "full": 4_832_395}

MAX_STEPS = 100


def escape_steps(real, imaginary):
    x = 0.0
    y = 0.0
    for step in range(MAX_STEPS):
        x_squared = x * x
        y_squared = y * y
        if x_squared + y_squared > 4.0:
            return step
        y = 2.0 * x * y + imaginary
        x = x_squared - y_squared + real
    return MAX_STEPS


def work(state, size, worker, workers):
    steps = 0
    for row in range(worker, size, workers):
        imaginary = 2.4 * row / size - 1.2
        for column in range(size):
            steps += escape_steps(2.8 * column / size - 2.1, imaginary)
    return steps


def combine(parts):
    return sum(parts)
