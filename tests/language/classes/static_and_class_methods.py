"""staticmethod, classmethod and property."""


class Temperature:
    count = 0

    def __init__(self, celsius):
        self._celsius = celsius
        Temperature.count += 1

    @staticmethod
    def to_fahrenheit(c):
        return c * 9 / 5 + 32

    @classmethod
    def from_fahrenheit(cls, f):
        return cls((f - 32) * 5 / 9)

    @classmethod
    def made(cls):
        return cls.__name__, cls.count

    @property
    def fahrenheit(self):
        return self.to_fahrenheit(self._celsius)

    @property
    def celsius(self):
        return self._celsius

    @celsius.setter
    def celsius(self, value):
        print("setting", value)
        self._celsius = value


class Special(Temperature):
    pass


t = Temperature(100)
print(t.fahrenheit, t.celsius, Temperature.to_fahrenheit(0), t.to_fahrenheit(10))
t.celsius = 20
t.celsius += 5
print(t.celsius, t.fahrenheit)
s = Special.from_fahrenheit(212)
print(type(s).__name__, s.celsius, Special.made(), Temperature.made(), t.made())
