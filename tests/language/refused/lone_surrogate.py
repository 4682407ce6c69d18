"""A str holds characters, and a surrogate alone is none."""
print("ok")
print("\ud800")
