"""Functions of modules with too few and too many arguments, and with a keyword."""

import gc
import math
import os
import sys
import time
import zlib


def attempt(label, function, *args, **keywords):
    try:
        function(*args, **keywords)
        print(label, "is right")
    except Exception as error:
        print(label, type(error).__name__ + ":", error)


def misuse(least, most, *functions):
    for function in functions:
        label = function.__name__
        if least > 0:
            attempt(label + " too few", function, *["a"] * (least - 1))
        attempt(label + " too many", function, *["a"] * (most + 1))
        attempt(label + " keyword", function, *["a"] * least, wrong=1)


misuse(1, 1, math.sqrt, math.sin, math.cos, math.tan, math.asin, math.acos, math.atan, math.sinh,
       math.cosh, math.tanh, math.asinh, math.acosh, math.atanh, math.exp, math.exp2, math.expm1,
       math.log1p, math.cbrt, math.fabs, math.erf, math.erfc, math.gamma, math.lgamma,
       math.degrees, math.radians, math.log2, math.log10, math.ulp, math.frexp, math.modf,
       math.isnan, math.isinf, math.isfinite, math.isqrt, math.factorial, math.floor, math.ceil,
       math.trunc, math.fsum, math.prod)
misuse(2, 2, math.pow, math.fmod, math.remainder, math.atan2, math.copysign, math.nextafter,
       math.ldexp, math.comb, math.dist)
misuse(1, 2, math.perm, math.log)
misuse(2, 4, math.isclose)
misuse(0, 0, time.perf_counter, time.perf_counter_ns, time.monotonic, time.time, time.time_ns,
       time.process_time, time.thread_time)
misuse(1, 1, time.sleep)
misuse(0, 0, os.pipe, os.getpid, os.cpu_count, os.sched_yield, os.getcwd)
misuse(2, 2, os.read, os.write, os.ftruncate)
misuse(3, 3, os.lseek)
misuse(1, 2, os.getenv)
misuse(1, 1, os.path.basename, os.path.dirname, os.path.exists, os.path.isfile, os.path.isdir,
       os.path.getsize)
misuse(1, 2, zlib.crc32, zlib.adler32)
misuse(1, 3, zlib.compress, zlib.decompress)
misuse(0, 1, gc.collect)
misuse(0, 0, gc.enable, gc.disable, gc.isenabled)
misuse(0, 0, sys.getswitchinterval, sys.getrecursionlimit)
misuse(1, 1, sys.intern)
misuse(0, 1, sys.exit)
attempt("gcd keyword", math.gcd, 1, wrong=1)
attempt("lcm keyword", math.lcm, 1, wrong=1)
attempt("hypot keyword", math.hypot, 1, wrong=1)
attempt("isclose by position", math.isclose, 1, 2, 3)
attempt("prod by position", math.prod, [1], 2)
attempt("join()", os.path.join)
attempt("join keyword", os.path.join, "a", wrong=1)
attempt("open()", os.open)
attempt("open too few", os.open, "a")
for function in [os.close, os.fsync, os.unlink, os.rmdir, os.mkdir, os.rename]:
    attempt(function.__name__ + "()", function)
attempt("close too many", os.close, 1, 2)
attempt("listdir too many", os.listdir, "a", "b")
attempt("environment twice", os.getenv, "a", key="a")
