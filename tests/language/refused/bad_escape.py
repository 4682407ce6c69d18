"""An escape that is cut off."""
x = 1
y = "\x4"
