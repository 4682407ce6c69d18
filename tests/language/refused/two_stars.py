"""Unpacking takes one star only."""
*a, *b = [1, 2]
