"""Float operations round as IEEE doubles do, alone and mixed with int and bool."""
print(0.1 + 0.2, 0.3 - 0.1, 0.1 * 3, 1.1 * 1.1, 1 / 3 + 1 / 3)
print(1 + 2.5, 2.5 + 1, 3 * 0.5, 0.5 * 3, 7 / 2, 7 / 2.0, True + 0.5, 2.5 - True)
print(-0.0, 0.0 * -1, -0.0 + 0.0, 0.0 - 0.0, -(0.0))
print(1e308 + 1e308, 1e-320 / 10 ** 10, 1e16 + 1, 1e16 + 2)
print(10 ** 20 + 0.5, 2 ** 64 * 1.0, 0.5 * 10 ** 25)
total = 0.0
for i in range(10):
    total += 0.1
print(total, total == 1.0, abs(total - 1.0) < 1e-9)
x = 1.0
for i in range(60):
    x /= 2
print(x)
