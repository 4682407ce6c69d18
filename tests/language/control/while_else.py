"""while with break, continue and else."""
n = 0
while n < 5:
    n += 1
    if n == 2:
        continue
    print(n)
else:
    print("ended", n)
while True:
    n -= 1
    if n < 3:
        break
else:
    print("never")
print("broke at", n)
while False:
    print("never")
else:
    print("else at once")
a = 27
steps = 0
while a != 1:
    a = a // 2 if a % 2 == 0 else 3 * a + 1
    steps += 1
print(steps)
