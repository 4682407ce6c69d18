"""Comparisons between int, float and bool are exact, even where a float cannot hold the int."""
print(1 == 1.0, 1 < 1.5, 2 > 1.5, 1 <= 1.0, 1 != 1.0, True == 1.0, False < 0.5)
n = 2 ** 53
print(n == float(n), n + 1 == float(n), n + 1 > float(n), float(n) < n + 1, float(n) >= n + 1)
big = 10 ** 30
print(big == 1e30, big < 1e30, big > 1e30, -big < -1e29, 1e29 < big)
top = 9223372036854775807
print(top == 9223372036854775808.0, top < 9223372036854775808.0, top + 1 == 9223372036854775808.0)
inf = float("inf")
nan = float("nan")
print(10 ** 400 < inf, -(10 ** 400) > -inf, 10 ** 400 == inf, inf == inf, -inf < inf)
print(nan == nan, nan != nan, nan < 1, nan > 1, 1 < nan, nan == 1, 10 ** 400 < nan)
