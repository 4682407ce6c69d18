"""Methods of hashes called unbound, with too few and too many arguments, and with a keyword."""

import hashlib


def attempt(label, function, *args, **keywords):
    try:
        function(*args, **keywords)
        print(label, "is right")
    except Exception as error:
        print(label, type(error).__name__ + ":", error)


for name, least in [("update", 1), ("digest", 0), ("hexdigest", 0), ("copy", 0)]:
    method = getattr(type(hashlib.sha256()), name)
    attempt(name + "()", method)
    attempt(name + " too many", method, hashlib.sha256(), *[b""] * (least + 1))
    attempt(name + " keyword", method, hashlib.sha256(), *[b""] * least, wrong=1)
attempt("update too few", hashlib.md5().update)
for function in [hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.sha512]:
    attempt("too many", function, b"", b"", b"")
    attempt("by position", function, b"", True)
    attempt("keyword", function, wrong=1)
attempt("new()", hashlib.new)
