"""finally runs on return, break, continue and while an error passes; its return wins."""
log = []


def returns():
    try:
        return "try"
    finally:
        log.append("cleanup")


def overrides():
    try:
        return 1 // 0
    finally:
        return "finally wins"


def loops():
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            log.append(i)
        finally:
            log.append("f" + str(i))
    return "done"


def nested():
    try:
        try:
            return log.append("body")
        finally:
            log.append("inner")
    finally:
        log.append("outer")


print(returns(), overrides(), loops(), nested(), log)


def value_kept():
    x = 1
    try:
        return x
    finally:
        x = 2


print(value_kept())
try:
    try:
        {}["missing"]
    finally:
        print("passing")
except KeyError as error:
    print("caught", error)
