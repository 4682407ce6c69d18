// Conclusions and comparisons as JSON. docs/estimator.md describes every key.
#pragma once

#include <nlohmann/json.hpp>

#include "bench/estimator/comparison.h"
#include "bench/estimator/conclusion.h"

namespace gilbench::estimator {

// Of the shape below; it grows when a key changes its meaning.
inline constexpr int kReportSchema = 1;

// {"noise", "conclusions", "rows", ...} of one session.
nlohmann::ordered_json session_report(const Session& session, double threshold);

// {"rows", "kinds", "only_old", "only_new", ...} of two.
nlohmann::ordered_json comparison_report(const Session& old_session, const Session& new_session,
                                         double threshold);

}  // namespace gilbench::estimator
