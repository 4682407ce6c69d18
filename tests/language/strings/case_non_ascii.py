"""Upper and lower case beyond ASCII."""
print("straße".upper(), "ÀÉ".lower(), "éa".upper(), "éa".capitalize(), "ñ".isupper(), "Ñ".isupper())
print("привет".upper(), "ПРИВЕТ".lower(), "αβγ".upper(), "ÿ".upper(), "ǆ".title(), "ß".casefold())
print("é" == "É".lower(), "Élan vital".swapcase(), "élan vital".title(), "中".upper(), "中".isupper())
