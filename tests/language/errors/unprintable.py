"""An exception whose text cannot be made: it has too many digits."""


print("going")
raise ValueError(10 ** 5000)
