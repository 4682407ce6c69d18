"""Assignment expressions in conditions and comprehensions."""
data = [1, 2, 3, 4]
while (n := len(data)) > 2:
    print(n, data.pop())
print(n)
if (half := n / 2) and half == 1.0:
    print("half", half)
print([y for x in range(6) if (y := x * x) > 5], y)
print((a := 1, a + 1), a, f"{(b := 7)}", b)
