"""Locks are values: hashed by identity, kept in lists and dicts."""
import threading

locks = [threading.Lock() for _ in range(4)]
with locks[1], locks[3]:
    print([lock.locked() for lock in locks])
print([lock.locked() for lock in locks], len(set(locks)), locks[0] == locks[1], locks[2] in locks)
owner = {lock: i for i, lock in enumerate(locks)}
print(owner[locks[2]], type(locks[0]).__name__, bool(locks[0]))
table = {"a": threading.Lock(), "b": threading.Lock()}
for name in table:
    table[name].acquire()
print([table[n].locked() for n in table])
for name in table:
    table[name].release()
print([table[n].locked() for n in table])
