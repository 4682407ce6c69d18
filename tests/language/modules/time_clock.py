"""time: the clock moves forward and sleep waits."""
import time

a = time.perf_counter()
time.sleep(0.01)
b = time.perf_counter()
print(b - a >= 0.01, b >= a, type(a).__name__, time.sleep(0))
print(time.monotonic() <= time.monotonic(), time.time() > 1.5e9)
