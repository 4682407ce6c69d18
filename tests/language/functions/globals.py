"""global: reading needs none, assigning does; globals seen at call time."""
count = 0
text = "global"


def bump():
    global count, made
    count += 1
    made = "made " + str(count)


def read():
    return text


def shadow():
    text = "local"
    return text


for _ in range(3):
    bump()
print(count, made, read(), shadow(), text)
text = "changed"
print(read())


def uses_later():
    return defined_later(5)


def defined_later(x):
    return x * 2


print(uses_later())


def defined_later(x):
    return x * 3


print(uses_later())
len_before = len
len = lambda x: "shadowed"
print(len("abc"))
len = len_before
print(len("abc"))
