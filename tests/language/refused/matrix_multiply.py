"""The @ operator is left out."""
a = 1
b = a @ a
