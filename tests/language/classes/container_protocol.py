"""__len__, __getitem__, __setitem__, __delitem__, __contains__ on a class of one's own."""


class Grid:
    def __init__(self, width, height):
        self.width = width
        self.cells = [0] * (width * height)

    def __len__(self):
        return len(self.cells)

    def __getitem__(self, key):
        x, y = key
        return self.cells[y * self.width + x]

    def __setitem__(self, key, value):
        x, y = key
        self.cells[y * self.width + x] = value

    def __delitem__(self, key):
        self[key] = None

    def __contains__(self, value):
        print("contains?", value, end=" ")
        return value in self.cells


g = Grid(3, 2)
g[1, 1] = "mid"
g[0, 0] += 5
del g[2, 1]
print(len(g), g[1, 1], g[0, 0], g.cells, "mid" in g, 99 not in g, bool(g), bool(Grid(0, 0)))


class Squares:
    def __getitem__(self, i):
        return [0, 1, 4, 9][i]


s = Squares()
print(s[2], s[-1], s[1:3])
