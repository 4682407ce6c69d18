"""Brackets that do not fit."""
x = [1, 2)
