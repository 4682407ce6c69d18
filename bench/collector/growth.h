// How a collection's pause grows with the objects that are alive.
#pragma once

#include <string>
#include <vector>

#include "bench/row.h"

namespace gilbench {

// A line for each strategy: its pauses with each number of live objects, and the power of that
// number by which they grow over the last two. The power is that of the shortest pauses: what else
// runs on the machine makes a pause only longer, and a long one more often. Empty without a time.
std::string growth_table(const std::vector<Row>& rows);

}  // namespace gilbench
