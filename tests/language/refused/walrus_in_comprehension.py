"""A comprehension's loop variable cannot be rebound in it."""
print([x := 1 for x in range(3)])
