"""except* is left out."""
try:
    print("group")
except* ValueError:
    pass
