"""gc.enable, gc.disable, gc.isenabled, and what they and collect() refuse."""
import gc

print(gc.isenabled())
print(gc.disable(), gc.isenabled())
print(gc.enable(), gc.isenabled())
for number in (-1, 3, 100):
    try:
        gc.collect(number)
    except ValueError as error:
        print("ValueError:", error)
try:
    gc.collect("all")
except TypeError as error:
    print("TypeError:", error)
print(gc.collect.__name__, type(gc.collect(0)).__name__)
