"""Addition and subtraction cross the 64-bit boundary and come back."""
top = 9223372036854775807
bottom = -9223372036854775808
print(top, top + 1, top + top, top - bottom)
print(bottom, bottom - 1, bottom + bottom, bottom - top)
big = top + 1
print(big - 1, big - 1 == top, big - big, big + bottom)
print(type(big).__name__, type(big - 1).__name__)
x = top
for step in range(3):
    x += 1
    print(x, -x)
for step in range(6):
    x -= 1
    print(x, x > top)
print(-bottom, abs(bottom), -(-bottom) == bottom)
print(bottom // -1, bottom % -1, divmod(bottom, -1))
