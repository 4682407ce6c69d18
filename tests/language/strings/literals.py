"""String literals: quotes, escapes, raw strings, concatenation and several lines."""
print('single "double"', "double 'single'", "both \" and '")
print("tab\there", "new\nline", "back\\slash", "bell?\x41\x42", "\u00e9\u4e2d", "\N{BULLET}")
print(r"raw \n stays", r"\d+", "a" "b" 'c', "octal \101")
text = """first
  second
third"""
print(text, len(text))
print("line one \
joined")
print("" == '', len(""), len("\0"), "nul\0inside" == "nul\x00inside")
