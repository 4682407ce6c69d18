"""A lock's __enter__ is its acquire() under another name; what a timeout may be."""
import threading

lock, again = threading.Lock(), threading.RLock()
print(lock.__enter__(False), lock.__enter__(blocking=False), lock.locked())
print(again.__enter__(), again.__enter__(True, 1))
for each in (lock, again):
    try:
        each.__enter__(1, 2, 3)
    except TypeError as error:
        print(error)
for value in (None, "1", [], 2**80, -2):
    try:
        threading.RLock().acquire(True, value)
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
for value in (None, "", [], 0, True):
    try:
        print(threading.Lock().acquire(value))
    except TypeError as error:
        print(error)
