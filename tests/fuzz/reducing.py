"""Makes a program that shows a fault small: statements go first, then expressions, then characters.

Delta debugging (Zeller, Hildebrandt 2002) over lists of statements, on the syntax tree; then each
expression is tried as one of its parts or as a constant. What is no Python loses lines and bytes.
"""
import ast
import copy
import json
import time
import warnings

CONSTANTS = (None, 0, "")


def minimise(items, fails):
    """A short sublist for which fails() still holds: halves go, then quarters, ..., single items."""
    size = len(items)
    while size:
        before, start = len(items), 0
        while start < len(items):
            shorter = items[:start] + items[start + size:]
            if fails(shorter):
                items = shorter
            else:
                start += size
        if size > 1 or len(items) == before:
            size //= 2
    return items


class Reducer:
    """Reduces one program while `fails(text)` holds and the deadline has not passed."""

    def __init__(self, fails, seconds):
        self.asked, self.fails_ = 0, fails
        self.deadline = time.monotonic() + seconds
        self.seen = set()

    def over(self):
        return time.monotonic() > self.deadline

    def fails(self, text):
        if text in self.seen or self.over():
            return False
        self.seen.add(text)
        self.asked += 1
        return self.fails_(text)

    def reduce(self, text):
        """The smallest text found."""
        tree = parsed(text)
        if tree is None:
            return self.reduce_bytes(text)
        normal = ast.unparse(tree)
        if normal != text and not self.fails(normal):
            return self.reduce_bytes(text)
        best, before = normal, None
        while best != before and not self.over():
            before = best
            best = self.reduce_statements(best)
            best = self.reduce_expressions(best)
        return best

    # ---- statements ----

    def reduce_statements(self, text):
        tree = ast.parse(text)
        for path in range(len(blocks(tree))):
            tree = self.reduce_block(tree, path)
        return self.hoist(ast.unparse(tree))

    def reduce_block(self, tree, number):
        """Shortens the block of that number, in the order of blocks()."""
        found = blocks(tree)
        if number >= len(found):
            return tree

        def with_items(items):
            changed = copy.deepcopy(tree)
            owner, field = blocks(changed)[number]
            setattr(owner, field, items or ([ast.Pass()] if field == "body" else []))
            return changed

        owner, field = found[number]
        items = minimise(getattr(owner, field), lambda items: self.fails_tree(with_items(items)))
        return with_items(items)

    def fails_tree(self, tree):
        """fails() of a tree; False for one that is no program."""
        try:
            text = ast.unparse(ast.fix_missing_locations(tree))
        except (ValueError, AttributeError, RecursionError):
            return False
        return parsed(text) is not None and self.fails(text)

    def hoist(self, text):
        """Compound statements give way to their bodies where that still fails."""
        number, tree = 0, ast.parse(text)
        while not self.over():
            found = [(o, f, i) for o, f in blocks(tree) for i, s in enumerate(getattr(o, f))
                     if hasattr(s, "body") and not isinstance(s, ast.Expr)]
            if number >= len(found):
                break
            changed = copy.deepcopy(tree)
            owner, field, i = [(o, f, i) for o, f in blocks(changed)
                               for i, s in enumerate(getattr(o, f))
                               if hasattr(s, "body") and not isinstance(s, ast.Expr)][number]
            statements = getattr(owner, field)
            statements[i:i + 1] = statements[i].body
            if self.fails_tree(changed):
                tree = changed
            else:
                number += 1
        return ast.unparse(tree)

    # ---- expressions ----

    def reduce_expressions(self, text):
        number, tree = 0, ast.parse(text)
        while not self.over():
            slots = expression_slots(tree)
            if number >= len(slots):
                break
            smaller = self.smaller_at(tree, number, slots[number])
            if smaller is None:
                number += 1
            else:
                tree = smaller
        return ast.unparse(tree)

    def smaller_at(self, tree, number, slot):
        """The tree with something simpler in that place, or None."""
        node = value_at(slot)
        if isinstance(node, (ast.Constant, ast.Name)):
            return None
        parts = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
        for candidate in [*parts, *map(ast.Constant, CONSTANTS)]:
            changed = copy.deepcopy(tree)
            put_at(expression_slots(changed)[number], copy.deepcopy(candidate))
            if self.fails_tree(changed):
                return ast.parse(ast.unparse(ast.fix_missing_locations(changed)))
        return None

    # ---- results files ----

    def reduce_json(self, data):
        """Items and members go while it fails; what is no JSON loses bytes."""
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return self.reduce_bytes(data)

        def text(value):
            return json.dumps(value).encode("utf-8", "surrogatepass")

        if not self.fails(text(value)):
            return data
        number = 0
        while not self.over():
            found = containers(value)
            if number >= len(found):
                break
            self.shorten(value, number, text)
            number += 1
        return text(value)

    def shorten(self, value, number, text):
        """Takes what can go out of the container of that number, in the order of containers()."""
        container = containers(value)[number]
        items = list(container.items()) if isinstance(container, dict) else list(container)

        def put(items):
            container.clear()
            (container.update if isinstance(container, dict) else container.extend)(items)

        def fails(items):
            put(items)
            return self.fails(text(value))

        put(minimise(items, fails))

    # ---- what is no Python ----

    def reduce_bytes(self, text):
        empty = text[:0]
        lines = minimise(text.splitlines(keepends=True), lambda ls: self.fails(empty.join(ls)))
        text = empty.join(lines)
        if len(text) > 2000:
            return text
        items = minimise([text[i:i + 1] for i in range(len(text))],
                         lambda items: self.fails(empty.join(items)))
        return empty.join(items)


def parsed(text):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def containers(value):
    """Every dict and list of a JSON value, the outermost first."""
    found = [value] if isinstance(value, (dict, list)) else []
    for container in found:
        items = container.values() if isinstance(container, dict) else container
        found += [item for item in items if isinstance(item, (dict, list))]
    return found


def blocks(tree):
    """(owner, field) of every list of statements or handlers, the outermost first."""
    found = []
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody", "handlers"):
            if isinstance(getattr(node, field, None), list):
                found.append((node, field))
    return found


def expression_slots(tree):
    """(owner, field, index or None) of every place of an expression, the outermost first."""
    slots = []
    for node in ast.walk(tree):
        for field, value in ast.iter_fields(node):
            if isinstance(value, ast.expr) and not isinstance(getattr(value, "ctx", None),
                                                              (ast.Store, ast.Del)):
                slots.append((node, field, None))
            elif isinstance(value, list):
                slots += [(node, field, i) for i, item in enumerate(value)
                          if isinstance(item, ast.expr)]
    return slots


def value_at(slot):
    owner, field, index = slot
    value = getattr(owner, field)
    return value if index is None else value[index]


def put_at(slot, node):
    owner, field, index = slot
    if index is None:
        setattr(owner, field, node)
    else:
        getattr(owner, field)[index] = node
