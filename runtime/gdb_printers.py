"""Pretty-printers for gdb: an object of any strategy prints as its repr.

    (gdb) source runtime/gdb_printers.py
    (gdb) print sp[-1]
    $1 = [1, 'two', {'three': 3}]

Works on builds with debug information (the presets dev, asan, tsan), on a stopped or crashed program: it
reads memory and calls nothing. Where memory is broken it says so in the place of what is not there.
"""

import re

import gdb
import gdb.printing

# So much of a container or a text is shown, and so deep.
MOST_ITEMS = 20
MOST_BYTES = 200
MOST_DEPTH = 4

# Pointers to any of these print as the object that they lead to.
OBJECT = re.compile(
    r"^gilbench::(\w+::)?(Object|Int|BigIntObject|Float|Str|Bytes|Tuple|List|Range|Slice|Dict|Set|DictView|Cell|"
    r"Function|NativeFunction|BoundMethod|Wrapper|Class|Instance|Exception|Module|Super|Generator)$"
)


def of_class(value, name):
    """The object behind a pointer, as what it is."""
    scope = str(value.type.strip_typedefs().target().unqualified()).rpartition("::")[0]
    return value.cast(gdb.lookup_type(f"{scope}::{name}").pointer()).dereference()


def kind_of(pointer):
    """The Kind's name without its k: 'Int', 'Instance'."""
    return str(of_class(pointer, "Object")["type"]["kind"]).rpartition("::k")[2]


def text_of(pointer):
    string = of_class(pointer, "Str")
    return read_bytes(string["data"], int(string["size"])).decode("utf-8", "replace")


def read_bytes(array, size):
    address = int(array.address)
    return bytes(gdb.selected_inferior().read_memory(address, min(size, MOST_BYTES))) if size else b""


def items_of(array, count):
    """The first of an array of that many pointers."""
    return [array[i] for i in range(min(count, MOST_ITEMS))]


def more(count):
    return f", ... {count - MOST_ITEMS} more" if count > MOST_ITEMS else ""


class Describer:
    """Writes one object and what it holds, down to MOST_DEPTH."""

    def __init__(self):
        self.depth = 0

    def describe(self, pointer):
        if int(pointer) == 0:
            return "null"
        if self.depth == MOST_DEPTH:
            return "..."
        self.depth += 1
        try:
            if int(of_class(pointer, "Object")["type"]) == 0:
                return f"<no object at {hex(int(pointer))}>"
            kind = kind_of(pointer)
            method = getattr(self, "of_" + kind, None)
            return method(pointer) if method else self.by_type_name(pointer)
        except (gdb.MemoryError, gdb.error) as error:
            return f"<broken at {hex(int(pointer))}: {error}>"
        finally:
            self.depth -= 1

    def by_type_name(self, pointer):
        name = of_class(pointer, "Object")["type"]["name"].string()
        return f"<{name} object at {hex(int(pointer))}>"

    def joined(self, pointers):
        return ", ".join(self.describe(each) for each in pointers)

    # ---- one function for each Kind ----

    def of_None(self, _):
        return "None"

    def of_NotImplemented(self, _):
        return "NotImplemented"

    def of_Ellipsis(self, _):
        return "Ellipsis"

    def of_Bool(self, pointer):
        return str(int(of_class(pointer, "Int")["value"]) != 0)

    def of_Int(self, pointer):
        return str(int(of_class(pointer, "Int")["value"]))

    def of_Float(self, pointer):
        return repr(float(of_class(pointer, "Float")["value"]))

    def of_Str(self, pointer):
        size = int(of_class(pointer, "Str")["size"])
        rest = f"... {size - MOST_BYTES} bytes more" if size > MOST_BYTES else ""
        return repr(text_of(pointer)) + rest

    def of_Bytes(self, pointer):
        value = of_class(pointer, "Bytes")
        size = int(value["size"])
        rest = f"... {size - MOST_BYTES} more" if size > MOST_BYTES else ""
        return repr(read_bytes(value["data"], size)) + rest

    def of_Tuple(self, pointer):
        value = of_class(pointer, "Tuple")
        size = int(value["size"])
        items = self.joined(items_of(value["items"], size))
        return f"({items}{',' if size == 1 else more(size)})"

    def of_List(self, pointer):
        value = of_class(pointer, "List")
        size = int(value["size"])
        return f"[{self.joined(items_of(value['items'], size))}{more(size)}]"

    def of_Range(self, pointer):
        value = of_class(pointer, "Range")
        parts = [int(value["start"]), int(value["stop"])]
        if int(value["step"]) != 1:
            parts.append(int(value["step"]))
        return f"range({', '.join(map(str, parts))})"

    def of_Slice(self, pointer):
        value = of_class(pointer, "Slice")
        return f"slice({self.joined([value['start'], value['stop'], value['step']])})"

    def of_Dict(self, pointer):
        value = of_class(pointer, "Dict")
        size = int(value["size"])
        found = []
        for i in range(int(value["used"])):
            entry = value["entries"][i]
            if int(entry["key"]) == 0:
                continue
            if len(found) == MOST_ITEMS:
                break
            found.append(f"{self.describe(entry['key'])}: {self.describe(entry['value'])}")
        return "{" + ", ".join(found) + more(size) + "}"

    def of_DictView(self, pointer):
        kind = of_class(pointer, "Object")["type"]["name"].string()
        return f"{kind}({self.describe(of_class(pointer, 'DictView')['dict'])})"

    of_DictKeys = of_DictValues = of_DictItems = of_DictView

    def set_items(self, pointer):
        value = of_class(pointer, "Set")
        size = int(value["size"])
        found = []
        if int(value["table"]) != 0:
            for i in range(int(value["mask"]) + 1):
                key = value["table"][i]["key"]
                if int(key) > 1:
                    found.append(key)
                if len(found) == min(size, MOST_ITEMS):
                    break
        return self.joined(found) + more(size)

    def of_Set(self, pointer):
        return "{" + self.set_items(pointer) + "}" if int(of_class(pointer, "Set")["size"]) else "set()"

    def of_FrozenSet(self, pointer):
        return f"frozenset({{{self.set_items(pointer)}}})"

    def of_Cell(self, pointer):
        return f"<cell: {self.describe(of_class(pointer, 'Cell')['value'])}>"

    def of_Function(self, pointer):
        return f"<function {text_of(of_class(pointer, 'Function')['name'])}>"

    def of_NativeFunction(self, pointer):
        return f"<built-in function {of_class(pointer, 'NativeFunction')['name'].string()}>"

    def of_BoundMethod(self, pointer):
        value = of_class(pointer, "BoundMethod")
        return f"<bound method {self.describe(value['function'])} of {self.describe(value['self'])}>"

    def of_Class(self, pointer):
        return f"<class {text_of(of_class(pointer, 'Class')['name'])!r}>"

    def of_Module(self, pointer):
        return f"<module {text_of(of_class(pointer, 'Module')['name'])!r}>"

    def of_Generator(self, pointer):
        value = of_class(pointer, "Generator")
        state = str(value["state"]).rpartition("::k")[2].lower()
        return f"<generator {text_of(value['function']['name'])}, {state}>"

    def of_Instance(self, pointer):
        klass = of_class(pointer, "Object")["type"]["instance_class"]
        if int(klass) == 0:
            return self.by_type_name(pointer)
        name = text_of(klass["name"])
        if bool(klass["is_exception"]):
            return f"{name}{self.describe(of_class(pointer, 'Exception')['args'])}"
        return f"<{name} object at {hex(int(pointer))}>"


class ObjectPrinter:
    def __init__(self, pointer):
        self.pointer = pointer

    def to_string(self):
        return Describer().describe(self.pointer)


class Printers(gdb.printing.PrettyPrinter):
    """By what a pointer points to, so that one place serves every strategy's namespace."""

    def __init__(self):
        super().__init__("gilbench", [])

    def __call__(self, value):
        value_type = value.type.strip_typedefs()
        if value_type.code != gdb.TYPE_CODE_PTR:
            return None
        target = value_type.target().unqualified().strip_typedefs()
        return ObjectPrinter(value) if OBJECT.match(str(target)) else None


gdb.printing.register_pretty_printer(None, Printers(), replace=True)
