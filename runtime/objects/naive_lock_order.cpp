// What a two-object section would be without an order between its locks: --naive-lock-order.
//
// Normally a PairSection locks the object at the lower address first (section.h), and a cycle of
// threads that each hold what the next one waits for cannot come about. Here it locks the operands
// as the program names them: a.extend(b) takes a, then b; and two threads in a.extend(b) and
// b.extend(a) stop for ever. To show that and not to suffer it, a thread that holds its first
// object notes which one it waits for, before it waits:
//
//     noted: the thread holds `held`, and it does not hold `wanted` or will take the note back
//            before it lets go of either
//
// Single sections hold nothing else and always end, so every cycle runs through notes alone; and
// each object is `held` in at most one note. So the thread that adds the note that closes a cycle
// finds it by following wanted -> held, sees exactly what is (all under one mutex), gives up its
// first object and raises instead. The others go on.
//
// The notes' mutex makes every pair dear, and a yield between the two locks gives the other thread
// its chance: this order shows a fault, and its times say nothing.
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "runtime/objects/errors.h"
#include "runtime/support/annotated_mutex.h"
#include "runtime/values/section.h"
#include "runtime/world/thread.h"

GILBENCH_BEGIN

namespace {

struct PairWait {
  const Thread* thread;
  const Object* held;
  const Object* wanted;
};

Mutex pair_waits_mutex;
std::vector<const PairWait*> pair_waits GILBENCH_GUARDED_BY(pair_waits_mutex);

const PairWait* pair_wait_that_holds(const Object* object) GILBENCH_REQUIRES(pair_waits_mutex) {
  for (const PairWait* wait : pair_waits) {
    if (wait->held == object) return wait;
  }
  return nullptr;
}

std::string describe_object(const Object* object) {
  std::ostringstream text;
  text << "the " << object->type->name << " at " << static_cast<const void*>(object);
  return text.str();
}

std::string describe_pair_wait(const PairWait& wait) {
  const int worker = wait.thread->worker;
  return (worker < 0 ? "the main thread" : "worker " + std::to_string(worker)) + " holds " +
         describe_object(wait.held) + " and waits for " + describe_object(wait.wanted);
}

// Notes the wait; or, where it closes a cycle, says so and leaves it out.
std::string note_pair_wait(const PairWait& mine) {
  const MutexGuard guard(pair_waits_mutex);
  std::string text = describe_pair_wait(mine);
  const Object* wanted = mine.wanted;
  while (const PairWait* holder = pair_wait_that_holds(wanted)) {
    text += "; " + describe_pair_wait(*holder);
    wanted = holder->wanted;
    if (wanted == mine.held) return "deadlock: " + text;
  }
  pair_waits.push_back(&mine);
  return "";
}

void forget_pair_wait(const PairWait& mine) {
  const MutexGuard guard(pair_waits_mutex);
  std::erase(pair_waits, &mine);
}

}  // namespace

void lock_in_operand_order(Object* first, Object* second) {
  Locks::lock(*first);
  if (first == second) return;
  std::this_thread::yield();
  const PairWait wait = {&this_thread(), first, second};
  const std::string deadlock = note_pair_wait(wait);
  if (!deadlock.empty()) {
    Locks::unlock(*first);
    raise(X::RuntimeError, deadlock);
  }
  Locks::lock(*second);
  forget_pair_wait(wait);
}

GILBENCH_END
