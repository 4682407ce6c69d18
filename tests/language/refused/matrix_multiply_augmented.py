"""The @= operator is left out."""
a = 1
a @= a
