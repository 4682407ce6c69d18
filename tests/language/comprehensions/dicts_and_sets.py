"""Dict and set comprehensions."""
print({x: x * x for x in range(5)}, {k: v for k, v in zip("ab", [1, 2])}, {c: ord(c) for c in "xy"})
print({v: k for k, v in {"a": 1, "b": 2}.items()})
print({x % 3: x for x in range(10)}, {1: 2 for _ in []})
print({(x, y): x * y for x in range(2) for y in range(3) if x != y}, {k: {k: k} for k in "p"})
print(sorted({x % 4 for x in range(100)}))
print(sorted({a + b for a in "ab" for b in "cd"}), {1 for _ in "xy"})
print({k: [i for i in range(k)] for k in range(4)}, {str(k): v for k, v in enumerate("pq")})
log = []


def note(x):
    log.append(x)
    return x


print({note("k" + str(i)): note("v" + str(i)) for i in range(2)}, log)
