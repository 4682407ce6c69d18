"""What a source's code sees and changes of the list that takes its items."""

numbers = [1, 2]


class Source:
    """Counts up to `end`, and does something before each item."""

    def __init__(self, end, before):
        self.next, self.end, self.before = 0, end, before

    def __iter__(self):
        return self

    def __next__(self):
        self.before()
        if self.next == self.end:
            raise StopIteration
        self.next += 1
        return self.next * 10


def show(): print("seen", numbers)
def grow(): numbers.append(0)


numbers.extend(Source(3, show))
print(numbers)
numbers += Source(2, show)
print(numbers)
numbers[1:3] = Source(2, show)
print(numbers)
numbers[-2:] = Source(2, grow)
print(numbers)
numbers[1:100] = Source(1, grow)
print(numbers)
numbers[:0] = Source(1, numbers.clear)
print(numbers)
numbers[::2] = Source(1, show)
print(numbers)
numbers.extend(map(lambda item: len(numbers) * item, [1, 1, 1]))
print(numbers)
numbers[:] = filter(lambda item: numbers.append(item) or item, list(numbers))
print(numbers)

# Sources without code, and the list as its own.
numbers = [1, 2, 3]
numbers.extend(numbers)
numbers[1:2] = numbers
print(numbers)
numbers.extend(reversed(numbers))
print(numbers)
for source in (range(3), "ab", b"ab", (1, 2), {5: 6}, {5: 6}.values(), {5: 6}.items(), {7},
               zip("ab", (1, 2)), enumerate("ab"), iter([8, 9]), reversed("ab"), range(0), ""):
    target = [0]
    target.extend(source)
    other = [0]
    other += [source] if target == [0] else target
    target[:1] = target[1:3]
    print(target, len(other))
print(list(range(5)), list("abc"), list(b"abc"), list(range(7, -7, -5)))
