"""Methods of locks called unbound, with too few and too many arguments, and with a keyword."""

import threading


def attempt(label, function, *args, **keywords):
    try:
        function(*args, **keywords)
        print(label, "is right")
    except Exception as error:
        print(label, type(error).__name__ + ":", error)


for lock, names in [(threading.Lock(), ["release", "locked"]), (threading.RLock(), ["release"])]:
    for name in names:
        method = getattr(type(lock), name)
        attempt(name + "()", method)
        attempt(name + " too many", method, lock, 1)
        attempt(name + " keyword", method, lock, wrong=1)
for lock in [threading.Lock(), threading.RLock()]:
    method = type(lock).acquire
    attempt("acquire()", method)
    attempt("acquire too many", method, lock, True, -1, 0)
    attempt("acquire keyword", method, lock, wrong=1)
    attempt("acquire twice", method, lock, True, blocking=True)
    for name in ["__enter__", "__exit__"]:
        attempt(name + "()", getattr(type(lock), name))
attempt("Lock too many", threading.Lock, 1)
attempt("Lock keyword", threading.Lock, wrong=1)
attempt("get_ident too many", threading.get_ident, 1)
