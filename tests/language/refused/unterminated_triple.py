"""A long string without its end."""
x = """abc
def
