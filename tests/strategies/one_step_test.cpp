// Every operation of every container that changes, with an observer beside it: what strategies
// whose workers share objects promise is that nobody sees an operation half done.
//
//  - Changes: one worker applies an operation again and again, the other copies the container,
//  which
//    must be as it is before or after the operation.
//  - Reads: one worker exchanges the contents, the other reads them by the operation, whose answer
//    must be that for the one contents or for the other.
//
// What is right is found out by the operations themselves, on private copies. The class tables are
// compared with the lists here, so that no method is forgotten.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "tests/strategies/engine_fixture.h"

namespace gilbench {
namespace {

constexpr const char* kObserved = R"PY(
import time
SHARING = "write"
SIZES = {"small": 300}
EXPECT = {"small": []}

class Plain: pass  # hashed and compared by identity, without a line of the program
PLAIN = [Plain() for i in range(4)]

def called(*given, **named): return given, named

def unpacked(x):
    first, *others = x
    return first, others

def into(target, change):
    change(target)
    return target

def deleted(x, index): del x[index]
def assigned(x, index, value): x[index] = value
def added(x, value): x += value
def multiplied(x, value): x *= value
def united(x, value): x |= value
def intersected(x, value): x &= value
def subtracted(x, value): x -= value
def toggled(x, value): x ^= value

TEN = list(range(10))
LIST_CHANGES = {
    "append": lambda x: x.append(7),
    "extend(list)": lambda x: x.extend([1, 2, 3]),
    "extend(tuple)": lambda x: x.extend((1, 2, 3)),
    "extend(range)": lambda x: x.extend(range(5)),
    "extend(str)": lambda x: x.extend("abcde\u00e9"),
    "extend(bytes)": lambda x: x.extend(b"abcde"),
    "extend(set)": lambda x: x.extend({1, 2, 3}),
    "extend(frozenset)": lambda x: x.extend(frozenset([1, 2, 3])),
    "extend(dict)": lambda x: x.extend({1: 2, 3: 4}),
    "extend(values)": lambda x: x.extend({1: 2, 3: 4}.values()),
    "extend(items)": lambda x: x.extend({1: 2, 3: 4}.items()),
    "extend(iterator)": lambda x: x.extend(iter([1, 2, 3])),
    "extend(reversed)": lambda x: x.extend(reversed([1, 2, 3])),
    "extend(zip)": lambda x: x.extend(zip("abc", range(3))),
    "extend(enumerate)": lambda x: x.extend(enumerate("abc", 4)),
    "extend(itself)": lambda x: x.extend(x),
    "insert": lambda x: x.insert(3, 7),
    "insert at the end": lambda x: x.insert(-1, 7),
    "pop": lambda x: x.pop(),
    "pop(0)": lambda x: x.pop(0),
    "pop(-3)": lambda x: x.pop(-3),
    "remove": lambda x: x.remove(4),
    "reverse": lambda x: x.reverse(),
    "sort": lambda x: x.sort(reverse=True),
    "clear": lambda x: x.clear(),
    "__setitem__": lambda x: assigned(x, 3, 9),
    "__setitem__(slice, list)": lambda x: assigned(x, slice(2, 5), [7, 7]),
    "__setitem__(slice, range)": lambda x: assigned(x, slice(2, 5), range(20, 30)),
    "__setitem__(slice, str)": lambda x: assigned(x, slice(-4, None), "abcdefg"),
    "__setitem__(slice, bytes)": lambda x: assigned(x, slice(None), b"abcdefg"),
    "__setitem__(slice, itself)": lambda x: assigned(x, slice(2, 2), x),
    "__setitem__(slice, step)": lambda x: assigned(x, slice(None, None, 2), "abcde"),
    "__setitem__(slice, backwards)": lambda x: assigned(x, slice(None, None, -1), range(10)),
    "__delitem__": lambda x: deleted(x, 4),
    "__delitem__(slice)": lambda x: deleted(x, slice(2, 6)),
    "__delitem__(slice, step)": lambda x: deleted(x, slice(None, None, 3)),
    "+= range": lambda x: added(x, range(3)),
    "+= str": lambda x: added(x, "abc"),
    "+= itself": lambda x: added(x, x),
    "*= 3": lambda x: multiplied(x, 3),
    "*= 0": lambda x: multiplied(x, 0),
}

ABC = {"a": 1, "b": 1, "c": 1}
MIXED = {"a": 2, "d": 2, "e": 2, 7: 2, (1, 2): 2, None: 2}
PAIRS = list(MIXED.items())
DICT_CHANGES = {
    "__setitem__": lambda x: assigned(x, "a", 2),
    "__delitem__": lambda x: deleted(x, "b"),
    "setdefault": lambda x: x.setdefault("d", 2),
    "pop": lambda x: x.pop("b"),
    "popitem": lambda x: x.popitem(),
    "update(dict)": lambda x: x.update(MIXED),
    "update(pairs)": lambda x: x.update(PAIRS),
    "update(pairs in a tuple)": lambda x: x.update(tuple(PAIRS)),
    "update(pairs that are lists)": lambda x: x.update([["a", 2], ["d", 2], ("e", 2)]),
    "update(pairs, one key twice)": lambda x: x.update([("a", 2), ("d", 2), ("a", 3)]),
    "update(pairs of objects)": lambda x: x.update([(one, 2) for one in PLAIN]),
    "update(items)": lambda x: x.update(MIXED.items()),
    "update(zip)": lambda x: x.update(zip("abcdef", range(6))),
    "update(enumerate)": lambda x: x.update(enumerate("abcdef")),
    "update(iterator)": lambda x: x.update(iter(PAIRS)),
    "update(keywords)": lambda x: x.update(a=2, b=2, d=2, e=2),
    "update(dict, keywords)": lambda x: x.update({"a": 2, "d": 2}, b=2, e=2),
    "clear": lambda x: x.clear(),
    "|= dict": lambda x: united(x, MIXED),
    "|= pairs": lambda x: united(x, PAIRS),
}

ONE_TO_FIVE = {1, 2, 3, 4, 5}
NUMBERED = {3: "a", 4: "b", 8: "c", 9: "d"}
SET_CHANGES = {
    "add": lambda x: x.add(7),
    "discard": lambda x: x.discard(3),
    "remove": lambda x: x.remove(3),
    "pop": lambda x: x.pop(),
    "clear": lambda x: x.clear(),
    "update(range)": lambda x: x.update(range(20)),
    "update(list)": lambda x: x.update([7, 8, 9, "a", (1, 2)]),
    "update(objects)": lambda x: x.update(PLAIN),
    "update(tuple)": lambda x: x.update((7, 8, 9)),
    "update(str)": lambda x: x.update("abc\u00e9"),
    "update(bytes)": lambda x: x.update(b"abc"),
    "update(set)": lambda x: x.update({7, 8, 9}),
    "update(dict)": lambda x: x.update(NUMBERED),
    "update(values)": lambda x: x.update(NUMBERED.values()),
    "update(items)": lambda x: x.update(NUMBERED.items()),
    "update(iterator)": lambda x: x.update(iter([7, 8, 9])),
    "update(zip)": lambda x: x.update(zip("abc", range(3))),
    "intersection_update(set)": lambda x: x.intersection_update({2, 3, 9}),
    "intersection_update(range)": lambda x: x.intersection_update(range(2, 4)),
    "intersection_update(list)": lambda x: x.intersection_update([2, 3, 9]),
    "intersection_update(two)": lambda x: x.intersection_update([2, 3, 9], (2, 3, 8)),
    "difference_update(set)": lambda x: x.difference_update({2, 3, 9}),
    "difference_update(range)": lambda x: x.difference_update(range(2, 9)),
    "difference_update(list)": lambda x: x.difference_update([2, 3, 9]),
    "difference_update(dict)": lambda x: x.difference_update(NUMBERED),
    "symmetric_difference_update(set)": lambda x: x.symmetric_difference_update({4, 5, 6, 7}),
    "symmetric_difference_update(list)": lambda x: x.symmetric_difference_update([4, 5, 6, 7]),
    "symmetric_difference_update(dict)": lambda x: x.symmetric_difference_update(NUMBERED),
    "|=": lambda x: united(x, {7, 8, 9}),
    "&=": lambda x: intersected(x, {2, 3, 9}),
    "-=": lambda x: subtracted(x, {2, 3, 9}),
    "^=": lambda x: toggled(x, {4, 5, 6, 7}),
    "|= keys": lambda x: x.update(NUMBERED.keys()),
}

def place_of(x, one):
    try: return x.index(one, -3)
    except ValueError: return None

LIST_READS = {
    "copy": lambda x: x.copy(),
    "count": lambda x: x.count("b"),
    "index": lambda x: place_of(x, "a"),
    "__len__": lambda x: len(x),
    "__getitem__": lambda x: x[-1],
    "__getitem__(slice)": lambda x: x[:],
    "__getitem__(slice, step)": lambda x: x[::2],
    "__getitem__(slice, backwards)": lambda x: x[-2::-1],
    "== mixed": lambda x: x == ["a"] * 4 + ["b"],
    "== the other way": lambda x: ["b", "b", "a", "a", "a"] == x,
    "!=": lambda x: x != ["a", "b", "b", "b", "b"],
    "<": lambda x: x < ["a"] * 4 + ["b"],
    "+": lambda x: x + [1],
    "+ the other way": lambda x: [1] + x,
    "*": lambda x: x * 2,
    "list()": lambda x: list(x),
    "tuple()": lambda x: tuple(x),
    "set()": lambda x: set(x),
    "frozenset()": lambda x: frozenset(x),
    "dict.fromkeys()": lambda x: dict.fromkeys(x),
    "sorted()": lambda x: sorted(x),
    "repr()": lambda x: repr(x),
    "str.join()": lambda x: "-".join(x),
    "*x": lambda x: called(*x),
    "[*x]": lambda x: [0, *x],
    "first, *others": unpacked,
    "extend(x)": lambda x: into([0], lambda y: y.extend(x)),
    "y[:] = x": lambda x: into([0], lambda y: assigned(y, slice(0, 0), x)),
    "set.update": lambda x: into({0}, lambda y: y.update(x)),
    "set.intersection": lambda x: {"a", "b"}.intersection(x),
    "set.difference": lambda x: {"a", "b"}.difference(x),
    "set.issuperset": lambda x: {"a", 1}.issuperset(x),
    "set.isdisjoint": lambda x: {"a", 1}.isdisjoint(x),
}

DICT_READS = {
    "copy": lambda x: x.copy(),
    "get": lambda x: x.get("a"),
    "__len__": lambda x: len(x),
    "__getitem__": lambda x: [x["z"]],
    "__contains__": lambda x: "d" in x,
    "keys": lambda x: list(x.keys()),
    "values": lambda x: list(x.values()),
    "items": lambda x: list(x.items()),
    "fromkeys": lambda x: dict.fromkeys(x, 0),
    "==": lambda x: x == {"a": 1, "b": 1, "c": 2, "z": 0},
    "== the other way": lambda x: {"a": 1, "b": 2, "c": 2, "z": 0} == x,
    "|": lambda x: x | {"e": 5},
    "| the other way": lambda x: {"e": 5} | x,
    "dict()": lambda x: dict(x),
    "{**x}": lambda x: {**x},
    "**x": lambda x: called(**x),
    "update(x)": lambda x: into({"e": 5}, lambda y: y.update(x)),
    "update(x.items())": lambda x: into({"e": 5}, lambda y: y.update(x.items())),
    "list()": lambda x: list(x),
    "sorted()": lambda x: sorted(x),
    "set()": lambda x: set(x),
    "set(items)": lambda x: set(x.items()),
    "repr()": lambda x: repr(x),
    "repr(values)": lambda x: repr(x.values()),
    "in values": lambda x: 2 in x.values(),
    "in items": lambda x: ("a", 2) in x.items(),
    "keys ==": lambda x: x.keys() == {"a", "b", "z"},
    "keys <=": lambda x: x.keys() <= {"a", "b", "c", "z"},
    "keys >=": lambda x: x.keys() >= {"a", "b", "z"},
    "items ==": lambda x: x.items() == {("a", 1), ("b", 1), ("c", 2), ("z", 0)},
    "items <=": lambda x: x.items() <= {("a", 1), ("b", 1), ("c", 2), ("d", 2), ("z", 0)},
    "keys &": lambda x: x.keys() & {"a", "b", "d", "e", "f", "g", "h"},
    "& keys": lambda x: {"a", "d"} & x.keys(),
    "keys & list": lambda x: x.keys() & ["a", "d", "b"],
    "items &": lambda x: x.items() & {("a", 1), ("b", 2)},
    "keys |": lambda x: x.keys() | {"e"},
    "keys -": lambda x: x.keys() - {"a"},
    "keys ^": lambda x: x.keys() ^ {"a", "e"},
    "isdisjoint": lambda x: x.keys().isdisjoint(["d", "e"]),
    "items isdisjoint": lambda x: x.items().isdisjoint([("a", 1), ("b", 2)]),
    "set.update": lambda x: into({0}, lambda y: y.update(x)),
    "set.union": lambda x: {0}.union(x),
    "set.issuperset": lambda x: {"a", "b", "d", "z"}.issuperset(x),
    "list.extend": lambda x: into([0], lambda y: y.extend(x.values())),
}

SET_READS = {
    "copy": lambda x: x.copy(),
    "__len__": lambda x: len(x),
    "__contains__": lambda x: 4 in x,
    "union": lambda x: x.union({9}),
    "union(list)": lambda x: x.union([9]),
    "union(dict)": lambda x: x.union({9: 9}),
    "intersection": lambda x: x.intersection({1, 5}),
    "intersection(range)": lambda x: x.intersection(range(2, 6)),
    "difference": lambda x: x.difference({1, 5}),
    "difference(list)": lambda x: x.difference([1, 5]),
    "symmetric_difference": lambda x: x.symmetric_difference({1, 5}),
    "symmetric_difference(list)": lambda x: x.symmetric_difference([1, 5]),
    "isdisjoint": lambda x: x.isdisjoint({3, 9}),
    "isdisjoint(list)": lambda x: x.isdisjoint([3, 4]),
    "issubset": lambda x: x.issubset({1, 2, 3, 4}),
    "issubset(list)": lambda x: x.issubset([1, 2, 3, 4]),
    "issuperset": lambda x: x.issuperset({1, 4}),
    "issuperset(list)": lambda x: x.issuperset([1, 4]),
    "|": lambda x: x | {9},
    "&": lambda x: x & {1, 5},
    "-": lambda x: x - {1, 5},
    "^": lambda x: x ^ {1, 5},
    "==": lambda x: x == {1, 2, 3},
    "== mixed": lambda x: x == {1, 2, 4},
    "<": lambda x: x < {1, 2, 3, 4},
    "list()": lambda x: sorted(list(x)),
    "tuple()": lambda x: sorted(tuple(x)),
    "frozenset()": lambda x: frozenset(x),
    "sorted()": lambda x: sorted(x),
    "[*x]": lambda x: sorted([*x]),
    "extend(x)": lambda x: sorted(into([0], lambda y: y.extend(x))),
    "update(x)": lambda x: into({0}, lambda y: y.update(x)),
    "dict.fromkeys()": lambda x: dict.fromkeys(x) == dict.fromkeys([1, 2, 3]),
}

# Not one step, as runtime/objects/one_step.h says.
LIST_PARTS = {"__iter__", "__reversed__", "__contains__", "__init__"}
DICT_PARTS = {"__iter__", "__reversed__", "__init__"}
SET_PARTS = {"__iter__", "__init__"}

# ---- what is observed ----

# Contents that are put in one after the other, each in one step (empty ones between them).
def fill_list(x, contents): x[:] = contents
def fill_table(x, contents):
    x.clear()
    x.update(contents)

LISTS = [["a"] * 5, ["b"] * 7]
SETS = [{1, 2, 3}, {4, 5, 6, 7}, set()]
DICTS = [{"a": 1, "b": 1, "c": 2, "z": 0}, {"a": 2, "b": 2, "c": 2, "z": 0, "d": 2},
         {"a": 2, "b": 2, "c": 2, "z": 0}]

def exchange_lists(x):
    x[:] = LISTS[1]
    x[:] = LISTS[0]
def exchange_sets(x):
    fill_table(x, SETS[1])
    fill_table(x, SETS[0])
def exchange_dicts(x):
    x.update(DICTS[1])
    x.popitem()
    x.update(DICTS[0])

def copy_of(x): return x.copy()

# [name, container, what worker 0 does, what worker 1 asks, right answers]
def changes(kind, before, table, empty, fill):
    found = []
    for name, change in table.items():
        after = before.copy()
        change(after)
        def write(x, change=change):
            change(x)
            fill(x, before)
        right = [before.copy(), after] + empty
        if kind + "." + name == "set.pop":  # which one is the table's affair
            right += [before - {one} for one in before]
        found.append((kind + "." + name, before.copy(), write, copy_of, right))
        found.append((kind + "." + name + ", len()", before.copy(), write, len,
                      [len(one) for one in right]))
    return found

def reads(kind, contents, table, write):
    return [(kind + "." + name, contents[0].copy(), write, read,
             [read(one.copy()) for one in contents]) for name, read in table.items()]

MIXED_NUMBERS = [3, 1.5, True, 10 ** 20, -2, 0.25]
NESTED = [(2, ("a", 1)), (1, ("b", 0.5)), (1, ("b", 0.25, b"x")), (1,)]
SORTS = {"sort": lambda x: x.sort(), "sort(reverse=True)": lambda x: x.sort(reverse=True)}

def setup(size):
    return (changes("list", TEN, LIST_CHANGES, [], fill_list)
            + changes("mixed list", MIXED_NUMBERS, SORTS, [], fill_list)
            + changes("nested list", NESTED, SORTS, [], fill_list)
            + changes("dict", ABC, DICT_CHANGES, [{}], fill_table)
            + changes("set", ONE_TO_FIVE, SET_CHANGES, [set()], fill_table)
            + reads("list", LISTS, LIST_READS, exchange_lists)
            + reads("dict", DICTS, DICT_READS, exchange_dicts)
            + reads("set", SETS, SET_READS, exchange_sets))

arrived = []
def meet(number, workers):
    arrived.append(number)
    while arrived.count(number) < workers: time.sleep(0.0002)

def work(state, size, worker, workers):
    wrong = []
    for number, (name, x, write, read, right) in enumerate(state):
        meet(number, workers)
        for turn in range(size):
            if worker == 0:
                write(x)
            else:
                answer = read(x)
                if answer not in right:
                    wrong.append(name + ": " + repr(answer))
                    break
    return wrong

def combine(parts): return sorted(parts[1])
)PY";

class OneStep : public EngineTest {};
GILBENCH_FOR_STRATEGIES(OneStep, sharing_strategies());

TEST_P(OneStep, NoOperationIsSeenHalfDone) { expect_answer(kObserved, "[]", 2); }

// What an operation takes away or keeps, while another worker adds: no addition is lost.
TEST_P(OneStep, NoAdditionIsLostInAnIntersection) {
  if (GetParam()->workers_take_turns)
    GTEST_SKIP() << "a worker that waits in a loop waits for ever";
  for (const char* other :
       {"range(3000)", "set(range(3000))", "list(range(3000))", "range(3000), set(range(3000))"}) {
    expect_answer(std::string(R"(
SHARING = "write"
SIZES = {"small": 3000}
EXPECT = {"small": 3000}
def setup(size): return set()
def work(state, size, worker, workers):
    if worker == 0:
        while len(state) < size: state.intersection_update()") +
                      other + R"()
    else:
        for i in range(size): state.add(i)
    return state
def combine(parts): return len(parts[0])
)",
                  "3000", 2);
  }
}

// ---- program code runs once, however often others change the container ----

TEST_P(OneStep, ABoundIsAskedOnceWhileOthersChangeTheSize) {
  expect_answer(R"(
SHARING = "write"
SIZES = {"small": 1500}
EXPECT = {"small": [3]}
class Bound:
    def __init__(self, value): self.value, self.calls = value, 0
    def __index__(self):
        self.calls += 1
        return self.value
def calls(x, use):
    bounds = Bound(1), Bound(3), Bound(1)
    use(x, slice(*bounds))
    return sum([bound.calls for bound in bounds])
def get(x, part): x[part]
def put(x, part): x[part] = range(2)
def replace(x, part): x[part.start:part.stop:part.step] = [1, 2]
def setup(size): return [0] * 10
def work(state, size, worker, workers):
    if worker == 0:
        return {calls(state, use) for turn in range(size // 3) for use in (get, put, replace)}
    for n in range(size):
        state.append(n)
        state.pop()
    return set()
def combine(parts): return list(parts[0] | parts[1])
)",
                "[3]", 2);
}

// An __eq__ that changes its table every time: the search asks no key twice, so it ends.
TEST_P(OneStep, ASearchAsksEachKeyOnce) {
  expect_answer(R"(
SHARING = "write"
SIZES = {"small": 200}
EXPECT = {"small": [True, True, True, True]}
class Key:
    def __init__(self, table): self.table, self.asked, self.calls = table, False, 0
    def __hash__(self): return 1
    def __eq__(self, other):
        self.calls += 1
        if self.asked:
            if type(self.table) is dict:
                for n in range(100): self.table[n + self.calls * 1000] = n
                self.table.popitem()
            else:
                self.table.update(range(self.calls * 1000, self.calls * 1000 + 100))
        return False
def search(table, add, size):
    keys = [Key(table) for n in range(5)]
    for key in keys: add(table, key)
    wanted = Key(table)
    for key in keys: key.asked, key.calls = True, 0
    assert wanted not in table
    return max([key.calls for key in keys]) == 1
def put(table, key): table[key] = 0
def work(state, size, worker, workers):
    return search({}, put, size) and search(set(), set.add, size)
def combine(parts): return parts
)",
                "[True, True, True, True]", 4);
}

// Others take keys away and add some as fast as they can, which makes a new table each time.
TEST_P(OneStep, ASearchEndsWhileOthersChangeTheTable) {
  expect_answer(R"(
SHARING = "write"
SIZES = {"small": 300}
EXPECT = {"small": True}
class Key:
    calls = 0
    def __hash__(self): return 1
    def __eq__(self, other):
        self.calls += 1
        for n in range(20): pass
        return False
keys = [Key() for n in range(4)]
def setup(size): return {key: 0 for key in keys}, set(keys)
done = []
def work(state, size, worker, workers):
    table, others = state
    if worker == 1:
        while not done:
            table[-1] = 1
            table.popitem()
            others.add(-5)
            others.discard(-5)
            time.sleep(0)
        return True
    most = 0
    for turn in range(size):
        wanted = Key()
        wanted in table, wanted in others
        most = max(most, wanted.calls)
    done.append(1)
    return most <= 8
def combine(parts): return all(parts)
import time
)",
                "True", 2);
}

// The names in a class table, as the source has them.
std::set<std::string> names_in(const std::string& file, const std::string& table) {
  std::ifstream source(std::string(GILBENCH_SOURCE_DIR "/runtime/objects/") + file);
  const std::string text{std::istreambuf_iterator<char>(source), std::istreambuf_iterator<char>()};
  const std::size_t start = text.find(table);
  EXPECT_NE(start, std::string::npos) << table << " in " << file;
  // An array ends with a brace, a macro where no line follows.
  const std::size_t end = std::min(text.find("};", start), text.find("\n\n", start));
  const std::string rows = text.substr(start, end - start);
  static const std::regex row(R"re(\{\s*"(\w+)",)re");
  std::set<std::string> names;
  for (std::sregex_iterator match(rows.begin(), rows.end(), row), last; match != last; ++match) {
    names.insert((*match)[1]);
  }
  return names;
}

// A method that is added to a class must be put into a list above.
TEST(OneStepOperations, AreAllObserved) {
  const std::string program = kObserved;
  const struct {
    const char *file, *table, *kind;
  } classes[] = {
      {"list_methods.cpp", "kMethods[]", "LIST"},
      {"dict_methods.cpp", "kDictMethods[]", "DICT"},
      {"set_methods.cpp", "kSetMethods[]", "SET"},
      {"set_methods.cpp", "define GILBENCH_SET_QUESTIONS", "SET"},
  };
  for (const auto& [file, table, kind] : classes) {
    std::string listed;
    for (const char* part : {"_CHANGES = ", "_READS = ", "_PARTS = "}) {
      const std::size_t start = program.find(std::string("\n") + kind + part);
      ASSERT_NE(start, std::string::npos);
      listed += program.substr(start, program.find("}\n", start) - start);
    }
    const std::set<std::string> names = names_in(file, table);
    EXPECT_GE(names.size(), 9u) << file;
    for (const std::string& name : names) {
      const bool found = std::regex_search(listed, std::regex("\"" + name + "[\"(]"));
      EXPECT_TRUE(found) << kind << "." << name << " is observed by no operation";
    }
  }
}

}  // namespace
}  // namespace gilbench
