// What every strategy whose workers share promises a program: each container operation is atomic.
// Four workers at one object, and what must be there afterwards.
#include <gtest/gtest.h>

#include <string>

#include "tests/strategies/engine_fixture.h"

namespace gilbench {
namespace {

class SharedContainers : public EngineTest {
 protected:
  // `body`, indented by four, runs in four workers over `state`.
  void check(const std::string& setup, const std::string& body, const std::string& combine,
             const std::string& answer) {
    expect_answer(R"(SHARING = "write"
SIZES = {"small": 3000}
EXPECT = {"small": )" +
                      answer + R"(}
state_of_all = []
def setup(size):
    state_of_all.append()" +
                      setup + R"()
    return state_of_all[0]
def work(state, size, worker, workers):
)" + body + R"(
def combine(parts):
    state = state_of_all[0]
    return )" + combine +
                      "\n",
                  answer);
  }
};

GILBENCH_FOR_STRATEGIES(SharedContainers, sharing_strategies());

TEST_P(SharedContainers, NoAppendIsLost) {
  check("[]", "    for i in range(size): state.append(worker)",
        "len(state), [state.count(w) for w in range(4)]", "(12000, [3000, 3000, 3000, 3000])");
}

TEST_P(SharedContainers, EveryItemIsPoppedOnce) {
  check("list(range(12000))",
        "    total = 0\n"
        "    for i in range(size): total += state.pop()\n"
        "    return total",
        "len(state), sum(parts)", "(0, 71994000)");
}

TEST_P(SharedContainers, ListsGrowAndShrinkWhileTheyAreRead) {
  check("[0] * 10",
        "    for i in range(size):\n"
        "        if worker % 2: assert 0 <= sum(state[:]) == 0 and len(list(state)) >= 10\n"
        "        else:\n"
        "            state.extend([0, 0]); state.insert(3, 0); del state[2]\n"
        "            state.pop(); state.pop(0); state[5] = 0",
        "len(state)", "10");
}

TEST_P(SharedContainers, WhatStaysInItsPlaceIsFoundWhileAListGrowsAndShrinks) {
  check("['first', str(10 ** 20), 7.5]",
        "    for i in range(size):\n"
        "        if worker % 2:\n"
        "            assert 'first' in state and str(10 ** 20) in state and 7.5 in state\n"
        "            assert -1 not in state and 'none' not in state\n"
        "        else:\n"
        "            state.append(str(i)); state.extend([i, i]); del state[-2]\n"
        "            state.pop(); state.pop()",
        "state", "['first', '100000000000000000000', 7.5]");
}

TEST_P(SharedContainers, TwoListsExtendEachOtherWithoutDeadlock) {
  check("([1], [2])",
        "    a, b = state[worker % 2], state[1 - worker % 2]\n"
        "    for i in range(size):\n"
        "        a.extend(b); a[:] = a[:1]; a == b; a + b; a[0:0] = b; del a[1:]",
        "len(state)", "2");
}

TEST_P(SharedContainers, NoDictEntryIsLost) {
  check("{}", "    for i in range(size): state[i * workers + worker] = worker",
        "len(state), sum(state.values()), sorted(state) == list(range(12000))",
        "(12000, 18000, True)");
}

TEST_P(SharedContainers, OneSetdefaultWins) {
  check("{}", "    for i in range(size): state.setdefault(i, []).append(worker)",
        "len(state), sum([len(one) for one in state.values()])", "(3000, 12000)");
}

TEST_P(SharedContainers, EveryKeyIsPoppedOnce) {
  check("{i: 1 for i in range(3000)}",
        "    won = 0\n"
        "    for i in range(size): won += state.pop(i, 0)\n"
        "    return won",
        "len(state), sum(parts)", "(0, 3000)");
}

TEST_P(SharedContainers, DictsGrowAndShrinkWhileTheyAreRead) {
  check("{i: i for i in range(10)}",
        "    for i in range(size):\n"
        "        if worker % 2:\n"
        "            assert state[5] == 5 and 7 in state and state.get(3) == 3\n"
        "            assert len(dict(state)) >= 10 and len(list(state.items())) >= 10\n"
        "        else:\n"
        "            state[worker * size + i + 10] = i\n"
        "            del state[worker * size + i + 10]",
        "len(state)", "10");
}

// popitem() leaves a place in the table to the next key: who looks the first key up meanwhile must
// not find the other's value, whoever has made that.
TEST_P(SharedContainers, AKeyHasNoOthersValue) {
  check("({'a': ['a']}, {})",
        "    table, made = state\n"
        "    if worker == 1:\n"
        "        for key in 'jk': made[key] = [key]\n"
        "    for i in range(2 * size):\n"
        "        if worker:\n"
        "            for key in 'jk':\n"
        "                got = table.get(key)\n"
        "                assert got is None or got[0] == key\n"
        "        else:\n"
        "            key = 'jk'[i % 2]\n"
        "            table[key] = made.get(key) or [key]\n"
        "            assert table.popitem()[0] == key",
        "sorted(state[0])", "['a']");
}

TEST_P(SharedContainers, NoSetElementIsLost) {
  check("set()",
        "    for i in range(size):\n"
        "        state.add(i); state.add(i * workers + worker + 100000); 5 in state",
        "len(state), sum([i in state for i in range(3000)])", "(15000, 3000)");
}

TEST_P(SharedContainers, TwoSetsUpdateEachOtherWithoutDeadlock) {
  check("({1}, {2})",
        "    a, b = state[worker % 2], state[1 - worker % 2]\n"
        "    for i in range(size): a |= b; a & b; a.update(b); a.discard(9); a == b",
        "state", "({1, 2}, {1, 2})");
}

TEST_P(SharedContainers, NoAttributeIsLost) {
  check("Thing()",
        "    for i in range(size):\n"
        "        setattr(state, 'a%d' % (i % 100 * workers + worker), i)\n"
        "        state.shared = worker; assert 0 <= state.shared < 4",
        "len(state.__dict__)\nclass Thing: pass", "401");
}

TEST_P(SharedContainers, OneDeletesAnAttribute) {
  check("[Thing() for i in range(3000)]",
        "    won = 0\n"
        "    for thing in state:\n"
        "        try:\n"
        "            del thing.there\n"
        "            won += 1\n"
        "        except AttributeError: pass\n"
        "    return won",
        "sum(parts)\n"
        "class Thing:\n"
        "    def __init__(self): self.there = True",
        "3000");
}

TEST_P(SharedContainers, AMethodIsBoundAsWhatItIsWhenItIsRead) {
  check("Thing()",
        "    for i in range(10 * size):\n"
        "        if worker == 0: Thing.method = staticmethod(alone) if i % 2 else bound\n"
        "        else: state.method()",
        "len(parts)\n"
        "def alone(*given): assert given == ()\n"
        "def bound(*given): assert len(given) == 1\n"
        "class Thing: method = bound",
        "4");
}

// Many times, for the workers must come at the same moment. What was made twice would be left.
TEST_P(SharedContainers, AModuleIsMadeOnce) {
  for (int run = 0; run < 20; ++run) {
    check("[]",
          "    import hashlib, socket, threading\n"
          "    return hashlib, socket.socket, threading.Lock",
          "[part == parts[0] for part in parts]", "[True, True, True, True]");
  }
}

// ---- iterators ----

TEST_P(SharedContainers, EveryItemOfAnEnumerateIsTakenOnce) {
  check("enumerate(range(40000), 7)", "    return [pair for pair in state]",
        "is_range(0, parts, 7), is_range(1, parts, 0)\n"
        "def is_range(place, parts, start):\n"
        "    items = [pair[place] for part in parts for pair in part]\n"
        "    return sorted(items) == list(range(start, start + 40000))",
        "(True, True)");
}

TEST_P(SharedContainers, EveryItemOfAZipIsTakenOnce) {
  check("zip(tuple(range(40000)), TEXT)", "    return [pair for pair in state]",
        "sorted([pair[0] for part in parts for pair in part]) == list(range(40000)), "
        "sorted([pair[1] for part in parts for pair in part]) == sorted(TEXT)\n"
        "TEXT = 'a\u00e9\u20ac\U0001f600' * 10000",
        "(True, True)");
}

TEST_P(SharedContainers, EveryItemOfIteratorsInIteratorsIsTakenOnce) {
  check("filter(None, map(abs, filter(None, map(abs, iter(bytes([1, 2, 3, 4] * 5000))))))",
        "    return [item for item in state]",
        "[sum([part.count(item) for part in parts]) for item in range(6)]",
        "[0, 5000, 5000, 5000, 5000, 0]");
}

// It has ended by the time that all but one of them throw into it.
TEST_P(SharedContainers, WhatIsThrownIntoAGeneratorIsRaised) {
  check("[begun() for i in range(3000)]",
        "    thrown = 0\n"
        "    for generator in state:\n"
        "        try: generator.throw(KeyError(worker))\n"
        "        except KeyError as error: thrown += error.args == (worker,)\n"
        "        except ValueError: thrown += 1  # already executing\n"
        "        try: generator.close()\n"
        "        except ValueError: pass\n"
        "    return thrown",
        "sum(parts)\n"
        "def numbers():\n"
        "    yield 1\n"
        "    yield 2\n"
        "def begun():\n"
        "    generator = numbers()\n"
        "    next(generator)\n"
        "    return generator",
        "12000");
}

TEST_P(SharedContainers, ALockMakesStatementsAtomic) {
  check("[0, threading.Lock()]",
        "    for i in range(size):\n"
        "        with state[1]: state[0] += 1",
        "state[0]\nimport threading", "12000");
}

TEST_P(SharedContainers, ObjectsDieOnceHoweverTheyAreHandedAround) {
  check("[[] for i in range(8)]",
        "    for i in range(size):\n"
        "        state[(i + worker) % 8] = [i, str(i), {i: (worker, i)}]\n"
        "        kept = state[(i * 3 + worker) % 8]\n"
        "        assert len(kept) in (0, 3)",
        "len(state)", "8");
}

}  // namespace
}  // namespace gilbench
