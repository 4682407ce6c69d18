"""A lock's __enter__ is its acquire() under another name."""
import threading

lock, again = threading.Lock(), threading.RLock()
print(lock.__enter__(False), lock.__enter__(blocking=False), lock.locked())
print(again.__enter__(), again.__enter__(True, 1))
for each in (lock, again):
    try:
        each.__enter__(1, 2, 3)
    except TypeError as error:
        print(error)
