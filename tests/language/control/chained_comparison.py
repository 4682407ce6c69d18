"""Chained comparisons evaluate each operand once, left to right, and stop early."""


def v(x):
    print("v" + str(x), end=" ")
    return x


print(v(1) < v(2) < v(3))
print(v(3) < v(2) < v(1))
print(v(1) < v(5) > v(2) == v(2) != v(3))
print(v(1) == v(1) == v(2) == v(9))
print(1 < 2 < 3 < 4, 1 < 3 > 2, 3 > 2 > 1, 1 == 1.0 == True, 1 < 2 == 2 < 3, (1 < 2) == True)
print("a" < "b" < "c", 2 in [1, 2] == True, 1 in [1] in [[1]], not 1 < 2 < 0, 0 <= 5 < 10)
x = 5
if 0 < x <= 5 != 6:
    print("inside")
while 3 <= x < 100:
    x *= 3
print(x)
