"""Generators that read from generators."""


def numbers(limit):
    n = 0
    while n < limit:
        yield n
        n += 1


def odd(source):
    for x in source:
        if x % 2:
            yield x


def squared(source):
    for x in source:
        yield x * x


def take(source, n):
    for x in source:
        if n == 0:
            return
        n -= 1
        yield x


print(list(squared(odd(numbers(10)))), sum(squared(odd(numbers(100)))))


def forever():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


print(list(take(forever(), 12)), list(take(forever(), 0)), list(take("abc", 9)))
for i, x in enumerate(forever()):
    if x > 1000:
        print(i, x)
        break
primes = []
for n in numbers(60):
    if n > 1 and all(n % p for p in primes):
        primes.append(n)
print(primes, list(zip(numbers(3), squared(numbers(9)))))
