"""A name that nobody defined, deep in nested calls."""


class Worker:
    def run(self, n):
        if n == 0:
            return zebra_stripes
        return self.run(n - 1)


print("start")
Worker().run(2)
