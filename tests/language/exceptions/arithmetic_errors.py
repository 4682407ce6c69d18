"""Division by zero, negative shifts, overflow and impossible conversions."""


def check(action):
    try:
        print(action())
    except (ArithmeticError, ValueError) as error:
        print(type(error).__name__ + ":", error)


big = 10 ** 400
check(lambda: 1 // 0)
check(lambda: 1 / 0)
check(lambda: 1 % 0)
check(lambda: 1.0 / 0)
check(lambda: 1.0 // 0)
check(lambda: 1.0 % 0)
check(lambda: divmod(1, 0))
check(lambda: divmod(1.0, 0))
check(lambda: big // 0)
check(lambda: big % 0)
check(lambda: 0 ** -1)
check(lambda: 0.0 ** -1)
check(lambda: 1 << -1)
check(lambda: 1 >> -1)
check(lambda: float(big))
check(lambda: big / 3)
check(lambda: big * 1.0)
check(lambda: big / big)
check(lambda: 1e308 ** 2)
check(lambda: int(float("inf")))
check(lambda: int(float("nan")))
check(lambda: round(float("inf")))
check(lambda: pow(2, 5, 0))
check(lambda: pow(2, -1, 4))
check(lambda: chr(-1))
check(lambda: chr(1114112))
