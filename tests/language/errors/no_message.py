"""An exception raised as a bare class."""


class Stop(Exception):
    pass


print("going")
raise Stop
