"""Natives called with wrong counts, receivers and keywords, made from run_program's table of them.

Where the binary has no --list-natives, CPython's own dir() is asked instead, and what our classes have
not is left out by asking a program. What would wait, end the process or touch files gets harmless
arguments only.
"""
import json
import tempfile

from expressions import compiles
from head import HEAD
from programs import Piece, Program, batch_text

PIECES = 400
CLASSES = ("int", "float", "bool", "str", "bytes", "list", "tuple", "dict", "set", "frozenset", "range",
           "slice", "object", "type", "property", "staticmethod", "classmethod", "Exception", "KeyError",
           "OSError", "StopIteration", "enumerate", "zip", "map", "filter", "reversed")
# Classes without a name of their own, by an instance.
OF_INSTANCE = {"generator": "gen(2)", "function": "ident", "builtin_function_or_method": "len",
               "method": "T(1).go", "dict_keys": "{1: 2}.keys()", "dict_values": "{1: 2}.values()",
               "dict_items": "{1: 2}.items()", "list_iterator": "iter([1])", "NoneType": "None",
               "str_iterator": "iter('a')", "range_iterator": "iter(range(2))", "tuple_iterator": "iter((1,))",
               "lock": "threading.Lock()", "RLock": "threading.RLock()", "module": "math",
               "HASH": "hashlib.sha256()", "list_reverseiterator": "reversed([1])",
               "set_iterator": "iter({1})", "dict_keyiterator": "iter({1: 2})"}
INSTANCES = {"int": "5", "float": "2.5", "bool": "True", "str": "'ab'", "bytes": "b'ab'", "list": "[1, 2]",
             "tuple": "(1, 2)", "dict": "{1: 2}", "set": "{1}", "frozenset": "frozenset([1])",
             "range": "range(3)", "slice": "slice(1)", "object": "object()", "type": "T",
             "property": "property(ident)", "staticmethod": "staticmethod(ident)",
             "classmethod": "classmethod(ident)", "Exception": "Exception(1)", "KeyError": "KeyError(1)",
             "OSError": "OSError(1, 2)", "StopIteration": "StopIteration(3)", "enumerate": "enumerate('a')",
             "zip": "zip('a')", "map": "map(str, [1])", "filter": "filter(None, [1])",
             "reversed": "reversed([1])", **OF_INSTANCE}
BUILTINS = ("abs all any ascii bin callable chr delattr divmod format getattr hasattr hash hex isinstance "
            "issubclass iter len max min next oct ord pow repr round setattr sorted sum vars").split()
MODULES = {"math": None, "zlib": None, "hashlib": ("sha256", "sha1", "md5", "new", "sha512", "sha224", "sha384"),
           "gc": ("collect", "enable", "isenabled"), "sys": ("intern", "getrecursionlimit"),
           "threading": ("Lock", "RLock"), "time": ("sleep", "time", "monotonic", "perf_counter"),
           "os": None, "socket": ("socketpair", "socket", "create_connection")}
# Of these only calls with arguments of types that they refuse: else they wait, or touch the machine.
CAREFUL = ("os", "socket", "time", "lock", "RLock")
ARGUMENTS = ("0", "1", "-1", "2", "5", "2**70", "None", "True", "''", "'a'", "'ab'", "b'a'", "1.5", "[]", "[1]", "()",
             "(1, 2)", "{}", "{'a': 1}", "{1}", "T(1)", "N(1)", "E()", "U()", "Q('ab')", "ident", "int", "ValueError",
             "ValueError(1)", "iter([1])", "slice(1)", "range(2)", "gen(1)", "len", "object()", "nan", "boom")
HARMLESS = ("[]", "{}", "None", "1.5", "T(1)", "object()", "slice(1)", "E()")
KEYWORDS = ("key", "x", "self", "sep", "reverse", "default", "start", "end", "encoding", "maxsplit", "strict",
            "base", "byteorder", "signed", "keepends", "name", "value", "iterable", "length")
# What they answer differs from run to run, or they do harm: only with more arguments than they take.
UNSTABLE = {("time", "time"), ("time", "monotonic"), ("time", "perf_counter"), ("time", "time_ns"),
            ("time", "monotonic_ns"), ("time", "perf_counter_ns"), ("time", "process_time"), ("time", "thread_time"),
            ("time", "process_time_ns"), ("time", "thread_time_ns"),
            ("os", "pipe"), ("os", "fsync"), ("os", "getpid"), ("os", "listdir"), ("os", "fork"), ("os", "getcwd"), ("os", "urandom"),
            ("socket", "socket"), ("socket", "socketpair"), ("threading", "get_ident"), ("gc", "collect"),
            ("gc", "disable"), ("builtins", "id"), ("sys", "getrefcount")}
# Attributes that answer with what differs, or whose names alone are enough.
SKIPPED = {"__class__", "__new__", "__init_subclass__", "__subclasshook__", "__reduce__", "__reduce_ex__",
           "__sizeof__", "__dir__", "__doc__", "__getstate__", "__subclasses__", "__hash__", "__getnewargs__",
           "__class_getitem__", "__setstate__", "id", "__dict__", "__weakref__", "__module__", "fromhex"}
IMPORTS = "import hashlib\nimport os\nimport socket\nimport sys\nimport threading\nimport time\nimport zlib\n"
PROBE = HEAD.replace("OWN.extend([T, H, U, K, W])", "") + IMPORTS + '''
for text, value, names in [{entries}]:
    print(text, *[name for name in names if hasattr(value, name)])
'''


def candidates():
    """owner -> (expression, CPython's names of it)."""
    found = {name: (name, dir(eval(name))) for name in CLASSES}
    from_instance = {"threading.Lock()": "acquire release locked __enter__ __exit__".split(),
                     "threading.RLock()": "acquire release __enter__ __exit__".split(),
                     "hashlib.sha256()": "update digest hexdigest copy".split(),
                     "gen(2)": dir(iter_generator()), "ident": [], "math": [], "T(1).go": []}
    for name, text in OF_INSTANCE.items():
        names = from_instance.get(text)
        found[name] = (f"type({text})", dir(type(eval(text))) if names is None else names)
    for module, names in MODULES.items():
        found[module] = (module, names or [n for n in dir(__import__(module)) if n.islower()])
    return found


def iter_generator():
    return (i for i in ())


def table_by_asking(binary):
    """(owner, name, ()) of every native that our classes and modules have, by asking a program."""
    entries = ", ".join(f"({owner!r}, {text}, {sorted(set(names) - SKIPPED)!r})"
                        for owner, (text, names) in candidates().items())
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as file:
        file.write(PROBE.replace("{entries}", entries))
        file.flush()
        outcome = binary.run(file.name, binary.strategies()[0], timeout=30)
    if outcome.status != 0:
        raise RuntimeError("the natives' names cannot be asked: " + outcome.errors)
    rows = [("builtins", name, ()) for name in BUILTINS] + [(name, "", ()) for name in CLASSES]
    for line in outcome.output.splitlines():
        owner, *names = line.split(" ")
        rows += [(owner, name, ()) for name in names]
    return rows


def table_by_listing(rows):
    """(owner, name, keywords) of --list-natives, for those owners that can be reached from here. A
    constructor's name is empty."""
    known = {**INSTANCES, **dict.fromkeys(MODULES), "builtins": None}
    found = []
    for row in rows:
        owner, binding = row.get("class") or row.get("module"), row.get("binding")
        name = "" if binding == "constructor" else row["name"]
        if owner not in known or name in SKIPPED or name in ("print", "exit") or binding == "property":
            continue
        if name or owner in CLASSES:
            found.append((owner, name, tuple(row.get("names", ()))))
    return found


def table(context):
    if "natives" not in context.cache:
        rows = table_by_listing(context.binary.natives()) or table_by_asking(context.binary)
        context.cache["natives"] = sorted(set(rows))
    return context.cache["natives"]


class Caller:
    """Writes calls of one native after the other."""

    def __init__(self, rng, rows):
        self.rng, self.rows = rng, rows

    def arguments(self, owner, name="", keywords=()):
        least = 3 if (owner, name) in UNSTABLE else 0
        values = HARMLESS if owner in CAREFUL else ARGUMENTS
        count = self.rng.choice((0, 0, 1, 1, 2, 2, 3, 4, 6))
        words = [self.rng.choice(values) for _ in range(max(count, least))]
        if self.rng.random() < 0.15:
            words.append(f"{self.rng.choice(keywords or KEYWORDS)}={self.rng.choice(values)}")
        elif self.rng.random() < 0.1:
            words.append("*" + self.rng.choice(("[]", "(1,)", "[None, 2]" if owner not in CAREFUL else "[]")))
        elif self.rng.random() < 0.1:
            words.append("**" + self.rng.choice(("{}", "{'a': []}", "{'self': []}")))
        return words

    def piece(self):
        owner, name, keywords = self.rng.choice(self.rows)
        words = self.arguments(owner, name, keywords if self.rng.random() < 0.7 else ())
        if "pow" in name or name in ("perm", "comb"):
            words = [word.replace("2**70", "7") for word in words]  # (2**70)**(2**70) takes for ever
        call = ", ".join(words)
        if not name:
            return Piece(f"return {owner}({call})", owner)
        if owner in MODULES or owner == "builtins":
            target = name if owner == "builtins" else f"{owner}.{name}"
            return Piece(f"return {target}({call})", f"{owner}.{name}")
        klass = owner if owner not in OF_INSTANCE else f"type({OF_INSTANCE[owner]})"
        instance = INSTANCES[owner]
        # The receiver: one of its own, one of another type, none at all.
        other = self.rng.choice(HARMLESS if owner in CAREFUL else (*INSTANCES.values(), *ARGUMENTS))
        with_own = ", ".join([instance, *words])
        with_other = ", ".join([other, *words])
        forms = [f"return {klass}.{name}({with_own})", f"return {klass}.{name}({with_other})",
                 f"return {klass}.{name}({with_other})", f"return {klass}.{name}({call})",
                 f"return {instance}.{name}({call})", f"x = {instance}\nreturn (x.{name}({call}), x)",
                 f"x = {instance}\nreturn type(x).{name}({with_other})",
                 f"return list(map({klass}.{name}, [{other}, {instance}]))",
                 f"f = {instance}.{name}\nreturn f({call})",
                 f"return getattr({klass}, {name!r})({with_other})"]
        if owner in ("Exception", "KeyError", "OSError", "StopIteration", "object"):
            forms += [f"class D({owner}):\n    def go(self, *a):\n        return super().{name}({call})\n"
                      f"return D().go()",
                      f"class D({owner}):\n    def __init__(self, *a):\n        super().__init__({call})\n"
                      f"return D(1)",
                      f"class D({owner}):\n    def __init__(message):\n        {owner}.__init__(message)\n"
                      f"return D({call})"]
        return Piece(self.rng.choice(forms).replace("5.", "(5)."), f"{owner}.{name}")


def generate(rng, number, context):
    caller = Caller(rng, table(context))
    pieces = [p for p in (caller.piece() for _ in range(PIECES)) if compiles(p.text(0))]
    head = HEAD + "\n" + IMPORTS
    return Program("natives", number, batch_text(head, pieces), head=head, pieces=pieces,
                   strategies=context.choose(rng, 1), flags=context.flags(rng))


def names_as_json(context):
    """For a look at the table: one JSON object."""
    return json.dumps(table(context))
