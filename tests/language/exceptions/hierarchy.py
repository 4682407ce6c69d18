"""Which builtin exception is a kind of which."""
pairs = [
    (ZeroDivisionError, ArithmeticError),
    (OverflowError, ArithmeticError),
    (KeyError, LookupError),
    (IndexError, LookupError),
    (RecursionError, RuntimeError),
    (NotImplementedError, RuntimeError),
    (UnboundLocalError, NameError),
    (ModuleNotFoundError, ImportError),
    (FileNotFoundError, OSError),
    (UnicodeDecodeError, ValueError),
    (TypeError, ValueError),
    (Exception, BaseException),
    (KeyboardInterrupt, Exception),
    (StopIteration, Exception),
]
for a, b in pairs:
    print(a.__name__, b.__name__, issubclass(a, b), issubclass(a, Exception))


def caught_by(action, kind):
    try:
        action()
    except kind:
        return True
    except Exception:
        return False


print(caught_by(lambda: 1 // 0, ArithmeticError), caught_by(lambda: [][0], LookupError))
print(caught_by(lambda: {}[0], IndexError), caught_by(lambda: int("x"), (TypeError, ValueError)))
print(caught_by(lambda: nope, NameError), caught_by(lambda: (1).x, ()), IOError is OSError)
