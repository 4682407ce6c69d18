"""Frames of methods show the method's name."""


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.check()

    def check(self):
        if self.balance < 0:
            raise ValueError("negative balance")


print(Account(5).balance)
Account(-5)
