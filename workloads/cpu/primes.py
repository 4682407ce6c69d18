"""Count the primes below `size` by trial division."""

SHARING = "none"
SIZES = {"small": 10_000, "full": 360_000}
EXPECT = {"small": 1229, "full": 30_757}

# Numbers are dealt in blocks: dealt one by one, every even number would go to the same half of the
# workers, and they would have nothing to do.
BLOCK = 50


def is_prime(number):
    if number < 2:
        return False
    if number % 2 == 0:
        return number == 2
    divisor = 3
    while divisor * divisor <= number:
        if number % divisor == 0:
            return False
        divisor += 2
    return True


def work(state, size, worker, workers):
    found = 0
    for start in range(worker * BLOCK, size, workers * BLOCK):
        for number in range(start, min(start + BLOCK, size)):
            if is_prime(number):
                found += 1
    return found


def combine(parts):
    return sum(parts)
