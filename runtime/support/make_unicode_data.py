#!/usr/bin/env python3
"""Write unicode_data.inc: the tables behind unicode.h, out of this Python's own str methods.

Run it by Python 3.11, so that the tables are Unicode 14.0's:  make_unicode_data.py > unicode_data.inc
"""
import sys

LAST = 0x110000


def properties(code):
    c = chr(code)
    # A character is case-ignorable if the final sigma's rule looks through it.
    seen_through = ("A" + c + "\u03a3").lower().endswith("\u03c2")
    stands_as_cased = ("." + c + "\u03a3").lower().endswith("\u03c2")
    flags = (
        c.isalpha(),
        c.isdecimal(),
        c.isdigit(),
        c.isnumeric(),
        c.isupper(),
        c.islower(),
        c.istitle() and not c.isupper(),
        c.isprintable(),
        c.isidentifier(),
        ("a" + c).isidentifier(),
        seen_through and not stands_as_cased,
    )
    return sum(1 << bit for bit, flag in enumerate(flags) if flag)


def property_ranges():
    """(first code point, properties) of each run of code points with the same properties."""
    ranges = []
    for code in range(LAST):
        flags = properties(code)
        if not ranges or ranges[-1][1] != flags:
            ranges.append((code, flags))
    return ranges


def mapping_runs(mapping):
    """(first, last, stride, delta) of the code points that `mapping` moves to one other."""
    runs = []
    for code in range(LAST):
        mapped = mapping(chr(code))
        if len(mapped) != 1 or ord(mapped) == code:
            continue
        delta = ord(mapped) - code
        if runs and runs[-1][3] == delta:
            first, last, stride, _ = runs[-1]
            gap = code - last
            if gap <= 2 and (first == last or gap == stride):
                runs[-1] = (first, code, gap, delta)
                continue
        runs.append((code, code, 1, delta))
    return runs


def expansions(mapping):
    """(code point, its mapping in UTF-8) where the mapping is more than one code point."""
    return [(code, mapping(chr(code))) for code in range(LAST) if len(mapping(chr(code))) > 1]


def escaped(text):
    return "".join("\\%03o" % byte for byte in text.encode())


def print_table(kind, name, items, per_line):
    print("constexpr %s %s[] = {" % (kind, name))
    for start in range(0, len(items), per_line):
        print(" ".join(item + "," for item in items[start : start + per_line]))
    print("};")


def main():
    if sys.version_info[:2] != (3, 11):
        sys.exit("make_unicode_data.py: run it by Python 3.11")
    print("// Written by make_unicode_data.py from Unicode 14.0; see there.")
    ranges = ["%#x" % (code << 11 | flags) for code, flags in property_ranges()]
    print_table("std::uint32_t", "kPropertyRanges", ranges, 8)
    zeros = [code for code in range(LAST) if chr(code).isdecimal() and int(chr(code)) == 0]
    print_table("char32_t", "kDecimalZeros", ["%#x" % code for code in zeros], 8)
    for name, mapping in (
        ("Upper", str.upper),
        ("Lower", str.lower),
        ("Title", str.title),
        ("Folded", str.casefold),
    ):
        runs = ["{%#x, %#x, %d, %d}" % run for run in mapping_runs(mapping)]
        print_table("Run", "k%sRuns" % name, runs, 4)
        longer = ['{%#x, "%s"}' % (code, escaped(text)) for code, text in expansions(mapping)]
        print_table("Expansion", "k%sExpansions" % name, longer, 3)


main()
