"""Indexing from both ends, and slices of every kind."""
s = "gilbench"
print(s[0], s[3], s[7], s[-1], s[-8], s[True])
print(s[2:5], s[:3], s[3:], s[:], s[-3:], s[:-3], s[-5:-2])
print(s[::2], s[1::2], s[::-1], s[5:2:-1], s[2:5:-1] == "", s[-1:-9:-2], s[::-3])
print(s[10:], s[:100], s[-100:3], s[5:5] == "", s[4:1] == "")
print("".join([s[i] for i in range(len(s))]), "".join([s[-i] for i in range(1, len(s) + 1)]))
