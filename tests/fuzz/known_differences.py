"""Where our answer may differ from CPython's, with the reason for each. All else is a finding.

A rule is (reason, what ours says, what CPython says, what stands in the program), regular expressions
that must be found in a line of the output or the traceback's last line; '' fits everything. One that
fits all that both say is for pieces, and not for whole programs.
"""
import ast
import re
import warnings

# Methods and attributes of built-in classes that gilbench leaves out: the classes of programs have
# all special methods, built-in ones only those that programs call by name.
LEFT_OUT = r"has no attribute '(__(?!init__)\w+__|\w+)'"

WRONG_ARGUMENT = r"(TypeError|ValueError):? .*(in range\(0, 256\)|argument|\barg\b|must be|should be|cannot be interpreted|indices)"

RULES = [
    ("an attribute that built-in classes here have not", r"AttributeError:? .*" + LEFT_OUT, "", ""),
    ("an attribute that built-in classes here have not", r"object has no attribute '__(?!init__)\w+__'", "", ""),
    ("an __index__ that gives no int is told as such", "__index__ returned non-int", "", ""),
    ("a lock's repr does not say who holds it", r"<RLock object at", r"RLock object owner", ""),
    ("nor one of a lock or a hash what it is", r"<(lock|HASH) object at", r"_(thread\.lock|hashlib\.HASH) object", ""),
    ("object's own methods are those of the value's class", "", "", r"(object|type\(x\))\.__(repr|init|str|eq|ne)__"),
    ("__ne__ called by name of what has only __eq__ is !=", "True|False|X 'eq'", "NotImplemented", r"__ne__"),
    ("what is no number is in no range, whatever it says of equality", "False", "", r"\brange\b.*(__contains__| in )"),
    ("a wrapper's repr does not show what it wraps", r"<(class|static)method object at", "", ""),
    ("of wrong keywords of type() the number is not told", r"type\(\) takes no keyword", r"type\(\) takes 1 or 3", ""),
    ("where there is nothing to look for, no bounds are asked", "False", "slice indices must be", r"(starts|ends)with"),
    ("a hash is each implementation's own", "", "", r"\bhash\(|__hash__"),
    ("whether the collector comes is said by a flag", "False", "True", r"gc\.isenabled"),
    ("a built-in class has other attributes", "to unpack", "to unpack", r"vars\(|__dict__"),
    ("a base beyond 64 bits", "OverflowError", "ValueError 'int\\(\\) base must be", ""),
    ("of an exception, which has no items, it is said in the other way", "n't support item", "not support item", ""),
    ("recursion, ended at another depth", r"^((?:\S+ ){1,3})\1{30}", r"^((?:\S+ ){1,3})\1{30}", ""),
    ("of several workers' errors another is told", r"^ ?status 1 \w+: (\d+$|data too deeply nested|cannot send)",
     r"^error \w+: (\d+$|data too deeply nested|cannot send)", "def work"),
    ("NoneType and the like cannot be called", r"cannot create '\w+' instances", "takes no arguments", ""),
    ("no class is a subclass of none of no classes, and no class is asked for first",
     "issubclass\\(\\) arg 1 must be a class", "False", "issubclass"),
    ("vars() is asked of an object here", r"vars\(\) takes exactly one argument", "", r"vars"),
    ("its presence, asked by hasattr() or getattr()", "", "", r"(hasattr|getattr)\("),
    ("only UTF-8, ASCII and Latin-1 are known", r"LookupError .unknown encoding", "", ""),
    ("a limit of memory or size, met earlier or later", "MemoryError|OverflowError", "MemoryError|OverflowError", ""),
    ("memory ends at another place", "MemoryError", "", ""),
    ("memory ends at another place", "", "MemoryError", ""),
    ("a range's bounds have 64 bits", "OverflowError", "", r"\brange\b"),
    ("enumerate() counts within 64 bits", "OverflowError", "", r"enumerate\("),
    ("what CPython 3.11 alone lets pass: -1 in no byte", "int too big to convert", "", r"to_bytes\("),
    ("a slice's bounds have 64 bits where they are asked for", "OverflowError", "", r"\.indices\("),
    ("an instance keeps its class and its dict", r"__(class|dict)__ assignment is not supported", "", ""),
    ("the stack ends at another depth", "RecursionError", "", ""),
    ("the stack ends at another depth", "", "RecursionError", ""),
    ("types are no operands of |", r"unsupported operand type\(s\) for \|=?: .*'type'", "", r"\|"),
    ("built-in classes take no types in []", r"type '\w+' is not subscriptable", "", ""),
    ("an iterator over another ends without that one's error", "StopIteration", r"StopIteration ", ""),
    ("comprehensions are no functions here", "", r"<(list|set|dict)comp>", ""),
    ("a property has a getter, and but a setter beside it",
     r"property\(\) (missing required|takes at most 2)|an invalid keyword argument for property", "", r"property"),
    ("types have no module", r"'\w+'", r"'_\w+\.\w+'", ""),
    ("what an address of two is taken out of", r"address must be tuple", "unpack", ""),
    ("how os, socket and hashlib complain of a wrong argument", "(Type|Value)Error", "(Type|Value)Error|X 'hash'",
     r"\b(os|socket|hashlib|HASH)\."),
    ("of several wrong arguments another is told first", WRONG_ARGUMENT, WRONG_ARGUMENT, ", "),
    ("what is assigned to a slice is asked for its iterator as everywhere", "object is not iterable",
     "can only assign an iterable", ""),
    ("of an unknown keyword and a missing argument the other is told", "missing required argument",
     "is an invalid keyword argument", ""),
    ("an intersection looks at all items, also when it has all that it can have", "unhashable type", "",
     r"intersection|&"),
    ("which empty and short texts are one object", "True|False", "True|False",
     r"(\* ?\(?0\)?|\[[^]]*:[^]]*\]|''|\(\)) is |is (not )?\(?(''|b''|\(\))"),
    ("which texts of one character are one object", "", "", r"\bis (not )?['\"]"),
    ("what a generator does at the very end is told after all else", "", "catching classes that do not inherit", ""),
    ("powers that are complex are left out", "negative number raised to a fraction", "complex", ""),
    ("what an exception keeps is among its vars()", "errno", "", r"vars\(|__dict__"),
    ("a sum that starts with False is told as one of an int", "'int' and", "'bool' and", r"\bsum\b"),
    ("how it is told that a class cannot be derived", "a class cannot be derived from", "cannot create '", ""),
    ("of __setitem__ and __delitem__ a class has one", "does not support item", r"AttributeError:? '?__(set|del)item__", ""),
    ("how a constructor's row complains of having no receiver", r"unbound method \w+\.__init__\(\) needs",
     "descriptor '__init__' of", ""),
    ("without a separator its distance is not looked at", r"^'[0-9a-f]*'|^\('[0-9a-f]*'", "cannot be interpreted", "bytes_per_sep"),
    ("a message that cannot be made is empty in CPython", "X 'repr'", "ValueError ''", r"\.(index|remove)\b"),
    ("an exception's __init__ takes what its constructor has taken", "^None$", "takes no keyword arguments", "__init__"),
    ("natives are of one type, with what methods have", "", "'method-wrapper' object has no attribute", ""),
    ("annotations are not evaluated", "", "NameError: name '\\w+' is not defined", r"\) ->|def \w+\(.*\w: |^\s*\w+: "),
    ("at which step zlib complains", "while decompressing", "while preparing to decompress", "zlib"),
    ("of a wrong separator the type is told first", "sep must be str or bytes", "sep must be length 1", ""),
    ("of keywords that there are none it is told whose method", r"\w+\.\w+\(\) takes no keyword", r"\w+\(\) takes no keyword", ""),
    ("gamma functions are the C library's, with another last digit", r"\d\.\d{10}", r"\d\.\d{10}", "gamma"),
    ("a source that is no UTF-8 is told by the codec", "SyntaxError", "UnicodeDecodeError", ""),
    ("which CPython does not see in a comment", r"SyntaxError.*codec can't decode", "", ""),
    ("a source that is no UTF-8 is told by the codec", "UnicodeDecodeError", "SyntaxError", ""),
    ("and one with a null byte as what it is", "SyntaxError.*null bytes", "ValueError.*null bytes", ""),
    ("a name of more than 200 characters is told whole", r"\w{201}", r"\w{60}", ""),
    ("the name of an attribute is an argument like others", r"__\w+attr__\(\) argument must be str",
     "attribute name must be string", ""),
    ("natives are of one type, and so are complaints about their receiver", r"descriptor '__\w+__'",
     r"descriptor '__\w+__'", ""),
    ("natives are of one type", "builtin_function_or_method", r"(method|wrapper|getset|member)_descriptor|method-wrapper", ""),
    ("hints on another spelling", "", "Did you mean", ""),
    ("what an address is made of", "", r"0x[0-9a-f]{4}|0X[0-9A-F]{4}|'0', 'x', '7', 'f'", ""),
    ("what a native is called in its repr",
     r"<(built-in )?(method|function|slot wrapper|method-wrapper|wrapper|class|staticmethod)",
     r"<(built-in )?(method|function|slot wrapper|method-wrapper|attribute|class|staticmethod)", ""),
]
COMPILED = [(reason, *map(re.compile, rest)) for reason, *rest in RULES]
LONGEST_PIECE = 400  # characters; what is longer is a program, whose other lines count
SET = re.compile(r"\{[^:}]*\}|set\(|Set|keys\(\)|items\(\)")


TEXT_OF = re.compile(r"(repr|str|ascii|format)\(.*\(|%[rsa].*\(")
NUMBER = re.compile(r"\d+")
# What has its address in its text, and what makes texts.
NAMELESS = re.compile(r"\b(iter|reversed|gen|object|map|filter|zip|lambda)\b|\.go\b|\.s\b| for |\.\w+\)")
MAKES_TEXT = re.compile(r"\b(repr|str|ascii|format|join)\b|%|\{[^}]*\}|f'|f\"")
WRONG_ANSWER = re.compile(r'expected "(.*)", got "(.*)"', re.DOTALL)


def order_of_a_set(ours, theirs, text):
    """The same characters in another order, where a set stands in the program; or others, where the
    program is a piece in which one item may be all that is seen, or where a NaN stands too: its hash is
    its address, so which items come first differs from run to run."""
    if is_piece_with_set(text):
        return True
    if not SET.search(text):
        return False
    answers = WRONG_ANSWER.search(ours)
    if answers:
        ours, theirs = answers.groups()
    cut = "~" in ours and "~" in theirs  # head.py's show() leaves out the middle of what is long
    return cut or "nan" in text or sorted(ours) == sorted(theirs)


def is_small_int(node):
    """What a set has in the same order everywhere."""
    return isinstance(node, ast.Constant) and type(node.value) is int


def is_piece_with_set(text):
    """Whether it is a piece, and makes a set of more than small ints."""
    if len(text) > LONGEST_PIECE:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # what is malformed has no syntax
        return False
    return any(isinstance(node, ast.Set) and not all(map(is_small_int, node.elts)) or
               isinstance(node, ast.SetComp) or
               isinstance(node, ast.Name) and node.id in ("set", "frozenset") or
               isinstance(node, ast.Attribute) and node.attr in ("keys", "items") for node in nodes)


def length_of_an_address(ours, theirs, text):
    """Other numbers, where the text of an object with an address in it may have been measured; or its
    digits, where a piece takes such a text apart."""
    if len(text) <= LONGEST_PIECE and NAMELESS.search(text) and MAKES_TEXT.search(text):
        return "Error" not in ours + theirs
    return bool(TEXT_OF.search(text)) and NUMBER.sub("0", ours) == NUMBER.sub("0", theirs)


def reason(ours, theirs, text):
    """Why the two lines may differ, or None for a finding."""
    if length_of_an_address(ours, theirs, text):
        return "the length of an address"
    if order_of_a_set(ours, theirs, text):
        return "the order of a set"
    for why, our_rule, their_rule, text_rule in COMPILED:
        if not our_rule.pattern and not their_rule.pattern and len(text) > LONGEST_PIECE:
            continue  # of a whole program that would be all that it says
        if our_rule.search(ours) and their_rule.search(theirs) and text_rule.search(text):
            return why
    return None
