// What changed between two files, for people.
#pragma once

#include <string>

#include "bench/estimator/comparison.h"

namespace gilbench::estimator {

enum class Format { kText, kMarkdown };

// The kinds with their changes, the rows that changed, and how many did not or are not known. In
// Markdown every row that both have.
std::string comparison_text(const Session& old_session, const Session& new_session,
                            const Comparison& comparison, Format format);

// Whether any row or kind is slower, by an interval that lies wholly beyond the threshold.
bool has_slower(const Comparison& comparison);

// "better", "worse", "same", "unknown".
const char* mark_name(Mark mark);

}  // namespace gilbench::estimator
