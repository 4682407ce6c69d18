"""Make and sort `size` batches of 200 records, by name and then, stably, by age."""

SHARING = "none"
SIZES = {"small": 24, "full": 3_200}
EXPECT = {"small": 47_149_834, "full": 6_337_986_715}

BATCH = 200


class Record:
    def __init__(self, number, name, age):
        self.number = number
        self.name = name
        self.age = age


def make_batch(batch):
    seed = batch * 7_919 + 1
    records = []
    for number in range(BATCH):
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
        records.append(Record(number, f"name{seed >> 8 & 1023}", 18 + (seed >> 20) % 60))
    return records


def work(state, size, worker, workers):
    checksum = 0
    for batch in range(worker, size, workers):
        records = make_batch(batch)
        records.sort(key=lambda record: record.name)
        records.sort(key=lambda record: record.age)
        for place, record in enumerate(records):
            checksum += place * record.number
    return checksum


def combine(parts):
    return sum(parts)
