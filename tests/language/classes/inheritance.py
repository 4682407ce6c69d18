"""Single inheritance: overriding, super(), attributes of the base."""


class Animal:
    legs = 4

    def __init__(self, name):
        self.name = name

    def speak(self):
        return "..."

    def describe(self):
        return f"{self.name} with {self.legs} legs says {self.speak()}"


class Dog(Animal):
    def speak(self):
        return "woof"


class Bird(Animal):
    legs = 2

    def __init__(self, name, wings=2):
        super().__init__(name)
        self.wings = wings

    def speak(self):
        return "tweet"

    def describe(self):
        return super().describe() + f" and {self.wings} wings"


class Parrot(Bird):
    def speak(self):
        return super().speak() + "-hello"


for a in (Animal("it"), Dog("Rex"), Bird("Tit", wings=3), Parrot("Polly")):
    print(a.describe(), isinstance(a, Animal), isinstance(a, Bird), isinstance(a, (Dog, Parrot)))
print(issubclass(Parrot, Bird), issubclass(Parrot, Animal), issubclass(Bird, Dog))
Animal.legs = 6
print(Dog("Spider").describe(), Bird.legs)
