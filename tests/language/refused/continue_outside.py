"""continue in a function within a loop is not in the loop."""
for x in [1]:

    def f():
        continue
