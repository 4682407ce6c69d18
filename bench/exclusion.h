// Which repetitions do not count. There is one rule, and it looks at what others did, never at the
// time that was measured.
#pragma once

#include <string>
#include <vector>

#include "bench/row.h"

namespace gilbench {

// The rule, for who reads the results.
extern const std::string kExclusionRule;

// Marks the repetitions that do not count, of each row that has several, anew: what stands out is
// known better the more repetitions there are. At least half of a row's repetitions count.
void exclude_disturbed(std::vector<Row>& rows, int cores);

}  // namespace gilbench
