"""An error while a class body runs."""
print("before")


class Broken:
    size = 5
    half = size / 0
