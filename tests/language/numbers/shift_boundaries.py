"""Left shifts grow past 64 bits exactly where they must and right shifts undo them."""
for amount in (0, 1, 30, 31, 32, 61, 62, 63, 64, 65, 127, 128):
    left = 1 << amount
    minus = -3 << amount
    print(amount, left, minus, left >> amount, minus >> amount, minus >> (amount + 2))
x = 0x7FFFFFFFFFFFFFFF
print(x << 1, (x << 1) >> 1 == x, x >> 62, x >> 63)
