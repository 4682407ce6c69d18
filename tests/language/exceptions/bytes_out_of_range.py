"""What is no byte, however large, is a ValueError."""
for items in ([256], [-1], [2 ** 63 - 1], [2 ** 64], [0, -(2 ** 100)], (10 ** 30,)):
    try:
        print(bytes(items))
    except ValueError as error:
        print(error)
