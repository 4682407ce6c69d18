// The object model that this copy of the runtime is compiled for: a pair of Refs and Locks, taken
// from the header of a strategy that has them. CMake's add_strategy() defines GILBENCH_MODEL as the
// model's name, GILBENCH_MODEL_OF as that strategy's and GILBENCH_MODEL_HEADER as its header.
// Everything below runtime/ that is compiled per model stands between GILBENCH_BEGIN and
// GILBENCH_END, in an inline namespace of the model's name, so that all models live in one binary
// and symbols tell them apart.
#pragma once

#include GILBENCH_MODEL_HEADER
#include "strategies/policies/refs/simple_refs.h"
#include "strategies/strategy.h"

#define GILBENCH_BEGIN \
  namespace gilbench { \
  inline namespace GILBENCH_MODEL {
#define GILBENCH_END \
  }                  \
  }

GILBENCH_BEGIN
using Refs = CompleteRefs<GILBENCH_MODEL_OF::Strategy::Refs>;
using Locks = GILBENCH_MODEL_OF::Strategy::Locks;
static_assert(RefsPolicy<GILBENCH_MODEL_OF::Strategy::Refs, Locks> && LocksPolicy<Refs, Locks>,
              "an object model is a pair of policies that fill the contract");
GILBENCH_END
