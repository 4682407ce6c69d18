"""chr and ord over ASCII, Latin, Asian and beyond the basic plane."""
print([ord(c) for c in "aZ0 \n~"], [chr(n) for n in (65, 122, 48, 32, 10, 233, 8364, 128512)])
print(ord("é"), ord("€"), ord("😀"), chr(0), chr(1114111))
print(ord(chr(55295)), ord(b"A"), len(chr(70000)))
print("".join([chr(n) for n in range(33, 127)]), all([ord(chr(n)) == n for n in range(0, 5000, 7)]))
