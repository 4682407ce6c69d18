// What the strategies are made of, each piece to be measured alone: how the benchmark sees it.
//
// As with Engine, the boundary is one virtual call for a whole batch; the operation itself is
// compiled inside its object model's namespace (primitives.cpp) and inlined into the loop there, as
// in the interpreter.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace gilbench {

// Who does it to what at the same time: a set of these.
enum PrimitiveMode : unsigned {
  kNever = 0,
  kAlone = 1,      // one thread
  kApart = 2,      // several threads, each with objects of its own
  kContended = 4,  // several threads, all with the same objects
  kInPairs = 8,    // two threads that need each other
};

// Something that several threads do over and over. A seat is one of these threads, counted from 0.
class Subject {
 public:
  virtual ~Subject() = default;
  // On the seat's own thread: before its first run, and after everybody's last.
  virtual void enter(int /*seat*/) {}
  virtual void leave(int /*seat*/) {}
  // Does it that many times.
  virtual void run(int seat, std::int64_t times) = 0;
};

struct Primitive {
  std::string_view name;     // "retain_release"
  std::string_view subject;  // whose it is: a strategy, or "std_mutex"
  unsigned modes;
  // On the thread that will also destroy it. `shared`: all seats get the same objects.
  std::function<std::unique_ptr<Subject>(int seats, bool shared)> make;
};

// The primitives of every strategy, in the order of strategies().
std::span<const std::vector<Primitive>> strategy_primitives();

// Between two steps of a loop: the compiler must have stored everything, and know nothing any more.
// Without it a plain ++ and the -- that follows are optimised to nothing.
inline void clobber_memory() { asm volatile("" ::: "memory"); }

// As benchmark libraries have it: the compiler must believe that somebody reads the value.
template <class T>
inline void keep(const T& value) {
  asm volatile("" : : "r,m"(value) : "memory");
}

}  // namespace gilbench
