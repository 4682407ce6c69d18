"""Changing the size of a dict or set under a loop is an error."""
d = {1: "a", 2: "b"}
try:
    for k in d:
        d[k + 10] = "new"
except RuntimeError as error:
    print(error)
d = {1: "a", 2: "b"}
try:
    for k, v in d.items():
        del d[k]
except RuntimeError as error:
    print(error, d)
s = {1}
try:
    for x in s:
        s.add(x + 1)
except RuntimeError as error:
    print(error)
d = {1: 0, 2: 0}
for k in d:
    d[k] += k
print(d)
it = iter({1: 2})
print(next(it))
try:
    next(it)
except StopIteration as error:
    print("stop", error.args)
