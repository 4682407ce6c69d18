"""An f-string's braces need an expression."""
x = 1
print(f"{x} {}")
