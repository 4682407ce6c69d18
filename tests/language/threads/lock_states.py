"""threading.Lock: acquire, release, locked, and not waiting for a taken one."""
import threading

lock = threading.Lock()
print(lock.locked(), lock.acquire(), lock.locked())
print(lock.acquire(False), lock.acquire(blocking=False))
print(lock.release(), lock.locked(), lock.acquire(True), lock.acquire(timeout=0.01), lock.locked())
lock.release()
print(lock.acquire(blocking=False))
lock.release()
other = threading.Lock()
print(other is lock, other.locked())
