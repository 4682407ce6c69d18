"""raise ... from None hides the context."""
try:
    {}["k"]
except KeyError:
    print("hiding")
    raise ValueError("only this") from None
