"""close runs the finally blocks; throw raises inside."""


def guarded():
    try:
        for i in range(5):
            try:
                yield i
            except ValueError as error:
                print("inside", error, end=" ")
                yield "recovered"
    finally:
        print("cleanup", end=" ")


g = guarded()
print(next(g), next(g))
g.close()
print(list(g))
h = guarded()
print(next(h))
print(h.throw(ValueError("thrown")))
print(next(h))
try:
    h.throw(KeyError("through"))
except KeyError as error:
    print(error, list(h))
unstarted = guarded()
unstarted.close()
print(list(unstarted))
