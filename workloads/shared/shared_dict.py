"""Count `size` visits by each of 2,000 users in one dict; each worker has its own users."""

SHARING = "write"
SIZES = {"small": 30, "full": 4_000}
EXPECT = {"small": (2000, 60_000), "full": (2000, 8_000_000)}

USERS = 2_000


def setup(size):
    return {}


def work(state, size, worker, workers):
    # No two workers touch the same key, so no update can be lost although reading and writing a
    # count are two steps; but all of them change the same table.
    users = [f"user{number}" for number in range(worker, USERS, workers)]
    for _ in range(size):
        for user in users:
            state[user] = state.get(user, 0) + 1
    return len(users), sum([state[user] for user in users])


def combine(parts):
    return sum([users for users, _ in parts]), sum([visits for _, visits in parts])
