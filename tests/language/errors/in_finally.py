"""An error passes through finally, which runs and prints."""


def work(n):
    try:
        print("working")
        return 10 // n
    finally:
        print("tidying")


print(work(5))
print(work(0))
