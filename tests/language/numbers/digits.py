"""Digits of a big number, taken apart and put together."""
n = 2 ** 127 - 1
text = str(n)
print(text, len(text))
digits = []
while n:
    n, digit = divmod(n, 10)
    digits.append(digit)
print(digits)
print(sum(digits), digits[0], digits[-1])
back = 0
for digit in reversed(digits):
    back = back * 10 + digit
print(back == 2 ** 127 - 1, str(back) == text, int(text) == back)
print(str(-(10 ** 40)), str(10 ** 40 - 1), str(10 ** 18), str(10 ** 19 + 7))
