"""An uncaught exception of one's own class."""


class TemperatureError(ValueError):
    def __init__(self, degrees):
        super().__init__(f"too hot: {degrees}")
        self.degrees = degrees


def check(degrees):
    if degrees > 50:
        raise TemperatureError(degrees)
    return "fine"


print(check(20))
print(check(99))
