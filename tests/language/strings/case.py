"""Changing and testing upper and lower case."""
s = "Hello World 42"
print(s.upper(), s.lower(), s.swapcase(), s.title(), s.capitalize(), s.casefold())
print("they're bill's".title(), "HELLO wORLD".capitalize(), "x-ray yankee".title())
print("ABC".isupper(), "abc".islower(), "Abc".isupper())
print("a1".islower(), "1".isupper(), "".islower())
print("Title Case".istitle(), "Not title".istitle(), "A".istitle())
