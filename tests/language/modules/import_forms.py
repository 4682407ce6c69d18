"""import, import as, from import, from import as, inside functions too."""
import math
import math as m
from math import sqrt, floor as down
import time, os


def area(r):
    from math import pi

    return round(pi * r * r, 3)


def late():
    import hashlib

    return hashlib.sha256(b"").hexdigest()[:8]


print(math is m, sqrt(9), down(2.5), area(2), late(), math.sqrt is sqrt, m.__name__)
print(type(math).__name__, hasattr(math, "pi"), hasattr(math, "nope"), getattr(math, "floor")(1.5))
print(callable(time.sleep), callable(os.read), f"{m.pi:.3f}")
import math as again

print(again is math)
