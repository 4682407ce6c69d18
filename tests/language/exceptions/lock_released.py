"""A lock taken by with is free again after an error; releasing a free lock is one."""
import threading

lock = threading.Lock()
try:
    with lock:
        print(lock.locked())
        raise ValueError("inside")
except ValueError as error:
    print(error, lock.locked())
try:
    lock.release()
except RuntimeError as error:
    print(error)
with lock:
    try:
        1 // 0
    except ZeroDivisionError:
        print("still held", lock.locked())
print(lock.locked())
