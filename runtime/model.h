// What the runtime of one object model offers to the strategies that share it
// (strategies/entry.cpp).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/engine.h"
#include "runtime/primitives/primitive.h"
#include "strategies/choices.h"
#include "strategies/current.h"

GILBENCH_BEGIN

// `choices` is used for as long as there are engines. describe() leaves out the functions.
StrategyInfo describe(const Choices& choices);
std::unique_ptr<Engine> make_engine(const Choices& choices);
std::vector<Primitive> primitives(const Choices& choices);
std::string list_natives(const Choices& choices);

GILBENCH_END
