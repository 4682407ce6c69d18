"""Answer `size` requests from one configuration that all workers read and none changes."""

SHARING = "read"
SIZES = {"small": 24_000, "quick": 400_000, "full": 3_200_000}
EXPECT = {"small": 28_014_000, "quick": 466_900_000, "full": 3_735_200_000}

SERVICES = 32


class Limits:
    def __init__(self, requests, bytes_per_request):
        self.requests = requests
        self.bytes_per_request = bytes_per_request


class Service:
    def __init__(self, name, number):
        self.name = name
        self.limits = Limits(100 + number, 1_000 * (number % 7 + 1))
        self.regions = ["north", "south", "east", "west"][: number % 4 + 1]
        self.weights = {"north": 5, "south": 3, "east": 2, "west": 1}

    def allowance(self, region):
        if region in self.regions:
            return self.limits.requests * self.weights[region]
        return self.limits.bytes_per_request


class Config:
    def __init__(self):
        self.names = tuple([f"service{number}" for number in range(SERVICES)])
        self.services = {name: Service(name, number) for number, name in enumerate(self.names)}
        self.default_region = "south"


def setup(size):
    return Config()


def work(state, size, worker, workers):
    config = state
    total = 0
    for request in range(worker, size, workers):
        service = config.services[config.names[request % SERVICES]]
        total += service.allowance(config.default_region)
    return total


def combine(parts):
    return sum(parts)
