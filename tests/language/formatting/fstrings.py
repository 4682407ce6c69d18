"""f-strings: expressions, conversions, nested specs, braces and the = form."""
name = "world"
n = 42
x = 3.14159
items = [1, 2]
print(f"hello {name}", f"{n}", f"{n + 1}", f"{name!r}", f"{name!s}", f"{'é'!a}", f"{items}")
print(f"{x:.2f}", f"{n:5d}|", f"{n:<5}|", f"{n:^6}|", f"{n:05}", f"{n:+}", f"{n:x}", f"{n:#x}")
width = 10
digits = 3
print(f"{x:{width}.{digits}f}|", f"{name:>{width}}|", f"{name:*^{width}}|")
print(f"{{literal}} {{{n}}}", f"{n}{name}{x:.1f}", f"", f"plain")
print(f"{n=}", f"{n + 1=}", f"{name=}", f"{x=:.2f}", f"{ n = }")
print(f"{items[0]} {len(items)} {name.upper()} {'yes' if n > 1 else 'no'} {(lambda v: v * 2)(n)}")
print(f"{name}" "joined" f"{n}", f"{None} {True} {1.0} {'a' 'b'}", f"{name!r:>10}|")
