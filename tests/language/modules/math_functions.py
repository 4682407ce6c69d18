"""The math module: roots, powers, rounding, trigonometry, integers."""
import math

print(math.pi, math.e, math.tau, math.inf, math.nan)
print(math.sqrt(2), math.sqrt(16), math.pow(2, 10), math.exp(1), math.log(10), math.log(8, 2))
print(math.log2(1024), math.log10(1000), math.floor(2.7))
print(math.floor(-2.7), math.ceil(2.1), math.ceil(-2.1))
print(math.trunc(-2.7), math.fabs(-3), math.fmod(-7, 3), math.copysign(3, -0.0), math.hypot(3, 4))
print(math.sin(0.5), math.cos(0.5), math.tan(0.5))
print(math.atan2(1, -1), math.degrees(math.pi), math.radians(180))
print(math.gcd(48, 18), math.isqrt(10 ** 20), math.factorial(20), math.factorial(25))
print(math.isnan(math.nan), math.isinf(-math.inf))
print(math.isfinite(1.0), math.floor(1e20), math.ceil(7))
print(math.modf(3.25), math.frexp(8.0), math.ldexp(0.5, 4))
print(math.asin(1), math.acos(0), math.atan(1))
