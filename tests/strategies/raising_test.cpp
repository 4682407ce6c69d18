// Errors that programs catch all the time are handed back and not thrown (values/result.h), whether
// the loop meets them or a native does. What is thrown is counted here.
#include <dlfcn.h>

#include <atomic>
#include <string>

#include "tests/strategies/engine_fixture.h"

namespace {
std::atomic<int> thrown{0};
}  // namespace

// Stands before the C++ library's, to which it hands on. Under a name of its own here: the compiler
// declares the library's by itself.
using Throw = void (*)(void* object, void* type, void (*destroy)(void*));
[[noreturn]] void count_throw(void* object, void* type,
                              void (*destroy)(void*)) asm("__cxa_throw");  // NOLINT

[[noreturn]] void count_throw(void* object, void* type, void (*destroy)(void*)) {
  thrown.fetch_add(1, std::memory_order_relaxed);
  static const auto next = reinterpret_cast<Throw>(dlsym(RTLD_NEXT, "__cxa_throw"));
  next(object, type, destroy);
  __builtin_unreachable();
}

namespace gilbench {
namespace {

constexpr const char* kCatches = R"PY(
import time
SHARING = "none"
SIZES = {"small": 1}
EXPECT = {"small": "caught"}

class Plain: pass
class Slots:
    def __getattr__(self, name): raise AttributeError(name)
    def __getitem__(self, index): raise IndexError(index)
    def __add__(self, other): raise ValueError(other)
    def __lt__(self, other): raise ValueError(other)
    def __call__(self): raise ValueError(1)
    @property
    def bad(self): raise KeyError(1)
class Ends:
    def __iter__(self): return self
    def __next__(self): raise StopIteration
def generator():
    if False: yield 1
def fails():
    yield 1
    raise KeyError(1)
def takes(one): return one

def global_name(): return undefined
def local_name():
    if False: unbound = 1
    return unbound
def unpack_two(values):
    first, second = values
def delete(target, index): del target[index]
def store(target, index): target[index] = 1
def over(iterable):
    for item in iterable: pass

CASES = [
    (KeyError, lambda: {}["k"]),
    (KeyError, lambda: delete({}, "k")),
    (KeyError, lambda: {}.pop("k")),
    (KeyError, lambda: {}.popitem()),
    (KeyError, lambda: set().remove(1)),
    (KeyError, lambda: Slots().bad),
    (IndexError, lambda: [1][5]),
    (IndexError, lambda: (1,)[5]),
    (IndexError, lambda: "a"[5]),
    (IndexError, lambda: b"a"[5]),
    (IndexError, lambda: range(1)[5]),
    (IndexError, lambda: store([], 5)),
    (IndexError, lambda: delete([], 5)),
    (IndexError, lambda: [].pop()),
    (IndexError, lambda: Slots()[1]),
    (AttributeError, lambda: Plain().x),
    (AttributeError, lambda: Plain().x()),
    (AttributeError, lambda: Plain.x),
    (AttributeError, lambda: time.x),
    (AttributeError, lambda: (1).x),
    (AttributeError, lambda: Slots().x),
    (AttributeError, lambda: getattr(Plain(), "x")),
    (TypeError, lambda: 1 + "a"),
    (TypeError, lambda: "a" + 1),
    (TypeError, lambda: [1] + (1,)),
    (TypeError, lambda: 1 < "a"),
    (TypeError, lambda: -"a"),
    (TypeError, lambda: (1)[0]),
    (TypeError, lambda: store((1,), 0)),
    (TypeError, lambda: 1()),
    (TypeError, lambda: takes()),
    (TypeError, lambda: takes(1, 2)),
    (TypeError, lambda: takes(two=2)),
    (TypeError, lambda: len()),
    (TypeError, lambda: [].append(1, 2)),
    (TypeError, lambda: len(1)),
    (TypeError, lambda: iter(1)),
    (TypeError, lambda: over(1)),
    (TypeError, lambda: next(1)),
    (ValueError, lambda: Slots() + 1),
    (ValueError, lambda: Slots() < 1),
    (ValueError, lambda: Slots()()),
    (ValueError, lambda: int("x")),
    (ValueError, lambda: int(b"x")),
    (ValueError, lambda: float("x")),
    (ValueError, lambda: [1].index(2)),
    (ValueError, lambda: [1].remove(2)),
    (ValueError, lambda: (1,).index(2)),
    (ValueError, lambda: "a".index("b")),
    (ValueError, lambda: b"a".rindex(b"b")),
    (ValueError, lambda: unpack_two((1,))),
    (ValueError, lambda: unpack_two([1, 2, 3])),
    (ValueError, lambda: max([])),
    (ValueError, lambda: list(map(int, ["x"]))),
    (ZeroDivisionError, lambda: 1 // 0),
    (ZeroDivisionError, lambda: 1 % 0),
    (ZeroDivisionError, lambda: 1 / 0),
    (ZeroDivisionError, lambda: 1.0 / 0.0),
    (ZeroDivisionError, lambda: divmod(1, 0)),
    (NameError, global_name),
    (UnboundLocalError, local_name),
    (StopIteration, lambda: next(iter([]))),
    (StopIteration, lambda: next(generator())),
    (StopIteration, lambda: next(Ends())),
    (StopIteration, lambda: generator().send(None)),
    (KeyError, lambda: list(fails())),
    (KeyError, lambda: sum(fails())),
    (KeyError, lambda: sorted(fails())),
    (KeyError, lambda: max(fails())),
    (KeyError, lambda: over(fails())),
    (KeyError, lambda: over(zip(fails(), fails()))),
    (KeyError, lambda: sorted([1], key=lambda item: {}[item])),
    (KeyError, lambda: max([1], key=lambda item: {}[item])),
]

def deeper(x): return list(map(deeper, [x]))
def sorts(x): return sorted([x], key=sorts)

def setup(size): return None
def work(state, size, worker, workers): return None
def combine(parts):
    for expected, run in CASES:
        try:
            run()
            return "nothing raised: " + str(expected)
        except expected: pass
    for item in Ends(): pass
    getattr(Plain(), "x", None)
    hasattr(Slots(), "x")
    generator().close()
    return "caught"
)PY";

class RaisingTest : public EngineTest {
 protected:
  // How often something is thrown while the program runs.
  int thrown_by(const std::string& text) {
    const int before = thrown.load();
    expect_answer(text, "'caught'", 1);
    return thrown.load() - before;
  }
  static std::string with_combine(const std::string& body) {
    std::string text = kCatches;
    text.resize(text.find("def combine"));
    return text + "def combine(parts):\n" + body + "    return \"caught\"\n";
  }
};

TEST_P(RaisingTest, WhatIsCaughtIsNotThrown) {
  const int idle = thrown_by(with_combine(""));
  EXPECT_EQ(thrown_by(kCatches) - idle, 0);
}

// Only where the stack ends, and not once a level.
TEST_P(RaisingTest, RecursionThroughNativesIsNotThrownAtEachLevel) {
  const int idle = thrown_by(with_combine(""));
  const int deep = thrown_by(with_combine(R"(
    try: deeper(1)
    except RecursionError: pass
    try: sorts(1)
    except RecursionError: pass
)"));
  EXPECT_LE(deep - idle, 2);
}

// It is there that the count is seen to be one.
TEST_P(RaisingTest, WhatIsRareIsThrown) {
  const int idle = thrown_by(with_combine(""));
  const int rare = thrown_by(with_combine(R"(
    try: hash([])
    except TypeError: pass
)"));
  EXPECT_EQ(rare - idle, 1);
}

GILBENCH_FOR_STRATEGIES(RaisingTest, sharing_strategies());

}  // namespace
}  // namespace gilbench
