"""Every start, stop and step over a short string."""
s = "abcd"
bounds = [None, -6, -4, -2, 0, 1, 3, 4, 9]
for step in (1, 2, -1, -3):
    for start in bounds:
        print(step, start, [s[start:stop:step] for stop in bounds])
