"""and, or and not return an operand and evaluate no more than they need."""


def say(x):
    print("say", x, end="; ")
    return x


print(say(0) and say(1), say(1) and say(2), say(0) or say(3), say(4) or say(5))
print(say("") or say([]) or say(None), say(1) and say("") and say(9), not say(0), not not say("x"))
print(1 and 2 or 3, 0 and 2 or 3, None or "default", [] and 1, (1 or 2) and 3, not 1 == 2)
print(True or say("never"), False and say("never"))
x = None
print(x and x[0], x is None or x[0])
print(0 or 0.0 or "" or "last", 1 and "a" and [0])
