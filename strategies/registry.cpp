// The strategies that this build knows: CMake's add_strategy() list, each name the namespace of its
// entry (entry.cpp). Naming describe() here is also what links the entry, and with it the runtime.
#include <algorithm>
#include <array>

#include "runtime/engine.h"

#define STRATEGY(name)     \
  namespace name {         \
  StrategyInfo describe(); \
  }

namespace gilbench {
#include "strategies.inc"
}  // namespace gilbench
#undef STRATEGY

namespace gilbench {

std::span<const StrategyInfo> strategies() {
#define STRATEGY(name) name::describe(),
  static const std::array kAll{
#include "strategies.inc"
  };
#undef STRATEGY
  return kAll;
}

const StrategyInfo* find_strategy(std::string_view name) {
  const auto all = strategies();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [name](const StrategyInfo& info) { return info.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace gilbench
