"""Errors out of native modules."""
import hashlib
import math
import zlib


def check(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__ + ":", error)


check(lambda: math.sqrt(-1))
check(lambda: math.log(0))
check(lambda: math.sqrt("x"))
check(lambda: math.exp(1000))
check(lambda: math.floor(float("inf")))
check(lambda: math.factorial(-1))
check(lambda: math.fmod(1, 0))
check(lambda: hashlib.sha256("text"))
check(lambda: hashlib.sha256(b"").update(5))
check(lambda: zlib.compress("text"))
check(lambda: b"\xff".decode())
check(lambda: "é".encode("ascii"))
