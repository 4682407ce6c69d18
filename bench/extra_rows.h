// Rows beside those that were asked for: what the session needs to judge itself.
#pragma once

#include <functional>
#include <vector>

#include "bench/row.h"

namespace gilbench {

// A/A pairs: some of the baseline's rows once more under its second name, which `second_name` gives
// it. One each of up to four workloads, with a worker for each core. Nothing is added where a
// strategy was named twice by the user, who then has such pairs.
void add_noise_pairs(
    std::vector<Row>& rows, int cores,
    const std::function<const StrategyInfo*(const StrategyInfo& strategy)>& second_name);

}  // namespace gilbench
