"""Dicts of lists of dicts: grouping and indexing."""
people = [
    {"name": "Ann", "city": "Oslo", "age": 30},
    {"name": "Bob", "city": "Rome", "age": 25},
    {"name": "Cid", "city": "Oslo", "age": 41},
]
by_city = {}
for person in people:
    by_city.setdefault(person["city"], []).append(person["name"])
print(by_city)
people[1]["age"] += 1
people[0]["tags"] = {"new": True}
people[0]["tags"]["n"] = 2
print(people[1], people[0])
index = {p["name"]: p for p in people}
index["Cid"]["age"] = 0
print(people[2]["age"], [p["age"] for p in people], sorted(index))
config = {"a": {"b": {"c": [1, 2, {"d": "deep"}]}}}
print(config["a"]["b"]["c"][2]["d"], "x" in config["a"], config)
