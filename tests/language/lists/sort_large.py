"""Sorting a few thousand pseudo-random records is stable and complete."""
seed = 12345
records = []
for i in range(3000):
    seed = (seed * 1103515245 + 12345) % 2147483648
    records.append((seed % 50, i))
records.sort(key=lambda r: r[0])
ordered = True
for i in range(1, len(records)):
    if records[i - 1][0] > records[i][0]:
        ordered = False
    if records[i - 1][0] == records[i][0] and records[i - 1][1] > records[i][1]:
        ordered = False
print(ordered, len(records), records[:5], records[-3:])
print(sum([i * (r[0] + r[1]) for i, r in enumerate(records)]))
records.sort(key=lambda r: r[1], reverse=True)
print(records[:4], records == sorted(records, key=lambda r: -r[1]))
up = list(range(1000))
down = up[::-1]
down.sort()
print(down == up)
