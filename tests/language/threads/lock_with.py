"""with on a Lock holds it inside and frees it on every way out."""
import threading

lock = threading.Lock()
with lock as got:
    print(lock.locked(), got)
print(lock.locked())


def early(x):
    with lock:
        if x:
            return "early", lock.locked()
    return "late", lock.locked()


print(early(True), early(False), lock.locked())
for i in range(3):
    with lock:
        if i == 0:
            continue
        if i == 1:
            break
print(i, lock.locked())
a = threading.Lock()
b = threading.Lock()
with a, b:
    print(a.locked(), b.locked(), lock.locked())
print(a.locked(), b.locked())


class Account:
    def __init__(self):
        self.lock = threading.Lock()
        self.balance = 0

    def add(self, n):
        with self.lock:
            self.balance += n
            return self.balance


account = Account()
print([account.add(i) for i in range(5)], account.lock.locked())
