"""sum() of nothing is its start as it is."""
print(sum([], True), sum(set(), False), sum((), 2.5), sum("", []), sum([], None), sum([], start=(1,)))
start = [1]
print(sum([], start) is start, sum([[2]], start), start, sum([True], True), sum([False], False))
