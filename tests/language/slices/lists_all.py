"""Every start, stop and step over a short list; slices of ranges and tuples agree."""
a = [0, 1, 2, 3, 4]
t = tuple(a)
r = range(5)
bounds = [None, -7, -5, -3, -1, 0, 2, 4, 5, 8]
same = True
for step in (None, 1, 3, -1, -2):
    for start in bounds:
        row = []
        for stop in bounds:
            part = a[start:stop:step]
            row.append(len(part))
            if list(t[start:stop:step]) != part or list(r[start:stop:step]) != part:
                same = False
        print(step, start, row, a[start::step])
print(same)
