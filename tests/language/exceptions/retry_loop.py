"""A loop that tries again, gives up, and cleans up."""
attempts = []


def flaky(n, fail_until):
    attempts.append(n)
    if n < fail_until:
        raise OSError(f"attempt {n} failed")
    return f"worked at {n}"


def retry(limit, fail_until):
    last = None
    for n in range(limit):
        try:
            result = flaky(n, fail_until)
        except OSError as error:
            last = error
            continue
        finally:
            attempts.append("tidy")
        return result
    else:
        return f"gave up: {last}"


print(retry(5, 2))
print(retry(2, 9))
print(attempts)


def parse(items):
    good, bad = [], []
    for item in items:
        try:
            good.append(int(item))
        except (ValueError, TypeError) as error:
            bad.append((item, type(error).__name__))
    return good, bad


print(parse(["1", "x", None, "2", 3.7, "4.5"]))
