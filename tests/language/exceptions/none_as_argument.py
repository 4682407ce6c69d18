"""What is said of an argument that is None."""


def t(name, f):
    try:
        print(name, "->", repr(f()))
    except Exception as error:
        print(name, "->", type(error).__name__, error)


t("'a'.replace(None,'b')", lambda: 'a'.replace(None,'b'))
t("'a'.replace('a',None)", lambda: 'a'.replace('a',None))
t("'a'.startswith(None)", lambda: 'a'.startswith(None))
t("'a'.split(None)", lambda: 'a'.split(None))
t("'a'.join(None)", lambda: 'a'.join(None))
t("'a'.strip(None)", lambda: 'a'.strip(None))
t("'a'.find(None)", lambda: 'a'.find(None))
t("'a'.encode(None)", lambda: 'a'.encode(None))
t("b'a'.decode(None)", lambda: b'a'.decode(None))
t('format(1,None)', lambda: format(1,None))
t("str(b'a', None)", lambda: str(b'a', None))
t("'a'.center(5,None)", lambda: 'a'.center(5,None))
t("'a'.partition(None)", lambda: 'a'.partition(None))
t("'a'.removeprefix(None)", lambda: 'a'.removeprefix(None))
t("'a'.count(None)", lambda: 'a'.count(None))
t("'a'.index(None)", lambda: 'a'.index(None))
t("'a'.ljust(3,None)", lambda: 'a'.ljust(3,None))
t("'a'.zfill(None)", lambda: 'a'.zfill(None))
t("str.maketrans('a',None)", lambda: str.maketrans('a',None))
t('getattr(1,None)', lambda: getattr(1,None))
t("int('1', None)", lambda: int('1', None))
t("'a'.expandtabs(None)", lambda: 'a'.expandtabs(None))
t("'x'.splitlines(None)", lambda: 'x'.splitlines(None))
t('hasattr(1, None)', lambda: hasattr(1, None))
t("'a'.endswith(None)", lambda: 'a'.endswith(None))
t('(i for i in []).throw(KeyError, None, None)', lambda: (i for i in []).throw(KeyError, None, None))
