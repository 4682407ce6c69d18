// A strategy's entry: its Threads and Launch put together with the runtime of its object model.
// Compiled once for each strategy (CMake's add_strategy()); the runtime may be others' as well.
#include <memory>
#include <type_traits>
#include <vector>

#include "every_threads.h"  // CMake's list: all policies of Threads and Launch
#include "runtime/model.h"
#include "strategies/threads_adapter.h"
#include GILBENCH_STRATEGY_HEADER

namespace gilbench {
inline namespace GILBENCH_STRATEGY {

using Own = GILBENCH_STRATEGY::Strategy;
static_assert(StrategyContract<Own>, "a strategy must name four policies that fill the contract");
static_assert(std::is_same_v<CompleteRefs<Own::Refs>, GILBENCH_MODEL::Refs> &&
                  std::is_same_v<Own::Locks, GILBENCH_MODEL::Locks>,
              "strategies of one object model have the same Refs and Locks");
static_assert(!Own::Locks::kLocks || WorksOnStopped<Own::Threads>,
              "where objects have locks, threads that are stopped can be given work");
static_assert(Own::Threads::kInstructionsPerCall == 0 || !Own::Locks::kLocks,
              "the loop counts instructions only where objects have no locks (interpreter.cpp)");

static constexpr Choices kChoices = choices_of<Own>();

StrategyInfo describe() {
  StrategyInfo info = GILBENCH_MODEL::describe(kChoices);
  info.list_natives = [] { return GILBENCH_MODEL::list_natives(kChoices); };
  info.make_engine = [] { return GILBENCH_MODEL::make_engine(kChoices); };
  return info;
}

std::vector<Primitive> primitives() { return GILBENCH_MODEL::primitives(kChoices); }

}  // namespace GILBENCH_STRATEGY
}  // namespace gilbench
