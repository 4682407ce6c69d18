// The strategy that this copy of the runtime is compiled for: CMake's add_strategy(NAME) defines
// GILBENCH_STRATEGY as the name and GILBENCH_STRATEGY_HEADER as the header. Everything below
// runtime/ that is compiled per strategy stands between GILBENCH_BEGIN and GILBENCH_END, in an
// inline namespace of the strategy's name, so that all strategies live in one binary and symbols
// tell them apart.
#pragma once

#include GILBENCH_STRATEGY_HEADER

#define GILBENCH_BEGIN \
  namespace gilbench { \
  inline namespace GILBENCH_STRATEGY {
#define GILBENCH_END \
  }                  \
  }

GILBENCH_BEGIN
static_assert(StrategyContract<Strategy>,
              "a strategy must name four policies that fill the contract");
using Refs = Strategy::Refs;
using Locks = Strategy::Locks;
using Threads = Strategy::Threads;
using Launch = Strategy::Launch;
GILBENCH_END
