"""__init__ called by name: lists begin anew, object's takes nothing, exceptions no keywords."""


def t(name, f):
    try:
        print(name, "->", repr(f()))
    except Exception as error:
        print(name, "->", type(error).__name__, error)


class Idx:
    def __index__(self):
        return 2


class Big:
    def __index__(self):
        return 2 ** 70


class No:
    pass


t('[].__init__()', lambda: [].__init__())
t('[1].__init__([2])', lambda: [1].__init__([2]))
t("list.__init__([1], 'ab', 1)", lambda: list.__init__([1], 'ab', 1))
t('object().__init__(1)', lambda: object().__init__(1))
t('No().__init__(1)', lambda: No().__init__(1))
t('object.__init__(No(), 1)', lambda: object.__init__(No(), 1))
t('No(1)', lambda: No(1))
t('Exception(a=1)', lambda: Exception(a=1))
t('OSError(a=1)', lambda: OSError(a=1))
t('StopIteration(value=3)', lambda: StopIteration(value=3))
t("KeyError('x', y=1)", lambda: KeyError('x', y=1))
t("ImportError('m', name='n')", lambda: ImportError('m', name='n'))
t("AttributeError('a', name='n', obj=1)", lambda: AttributeError('a', name='n', obj=1))
