"""An except clause takes a class or a tuple of classes, and no tuple of tuples."""


def catch(error, classes):
    try:
        try:
            raise error
        except classes as caught:
            return "caught " + type(caught).__name__
    except Exception as other:
        return type(other).__name__ + ": " + str(other)


print(catch(KeyError("k"), (ValueError, LookupError)))
print(catch(KeyError("k"), ()))
print(catch(KeyError("k"), ((KeyError,),)))
print(catch(KeyError("k"), (KeyError, int)))
print(catch(KeyError("k"), (ValueError, (KeyError,))))
print(catch(KeyError("k"), int))
print(catch(KeyError("k"), [KeyError]))
