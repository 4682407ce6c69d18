"""Numbers have no leading zeros."""
x = 007
