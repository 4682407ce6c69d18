"""raise ... from prints the cause first."""


def parse(text):
    try:
        return int(text)
    except ValueError as error:
        raise RuntimeError("cannot parse") from error


print(parse("7"))
parse("seven")
