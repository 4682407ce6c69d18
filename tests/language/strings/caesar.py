"""ord and chr in a small cipher that goes there and back."""


def shift(text, amount):
    out = []
    for c in text:
        if "a" <= c <= "z":
            out.append(chr((ord(c) - ord("a") + amount) % 26 + ord("a")))
        elif c.isupper():
            out.append(chr((ord(c) - 65 + amount) % 26 + 65))
        else:
            out.append(c)
    return "".join(out)


secret = shift("Attack at Dawn, zebra!", 3)
print(secret, shift(secret, -3))
for n in (0, 1, 13, 25, 26, -1):
    print(n, shift("xyz ABC", n))
