"""A missing key: the message is the key's repr."""
table = {"a": {"b": 1}}
print(table["a"]["b"])
print(table["a"]["it's missing"])
