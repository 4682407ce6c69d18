"""Methods and attributes of numbers."""
print((37).bit_length(), (-37).bit_length(), (2 ** 100).bit_length(), (0).bit_length())
print((2.0).is_integer(), (2.5).is_integer(), float("inf").is_integer(), (-0.0).is_integer())
print((10).bit_count(), (-10).bit_count())
print((1024).to_bytes(2, "big"), (1024).to_bytes(4, "little"), (0).to_bytes(1, "big"))
print(int.from_bytes(b"\x04\x00", "big"), int.from_bytes(b"\x00\x04", "little"))
