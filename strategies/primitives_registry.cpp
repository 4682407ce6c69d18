// The primitives of every strategy, from the same list as the strategies themselves.
#include <array>

#include "runtime/primitives/primitive.h"

#define STRATEGY(name)                 \
  namespace name {                     \
  std::vector<Primitive> primitives(); \
  }

namespace gilbench {
#include "strategies.inc"
}  // namespace gilbench
#undef STRATEGY

namespace gilbench {

std::span<const std::vector<Primitive>> strategy_primitives() {
#define STRATEGY(name) name::primitives(),
  static const std::array kAll{
#include "strategies.inc"
  };
#undef STRATEGY
  return kAll;
}

}  // namespace gilbench
