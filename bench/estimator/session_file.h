// Reads a results file, or the journal of a run that has not ended or did not end.
//
// Two forms of file:
// - the document {"context": {...}, "benchmarks": [row, ...]} (results/schema.json);
// - the journal NAME.json.rows: a line {"context": {...}}, then a line for each finished row. A
// last
//   line without its newline was being written and is left out. Of two lines of one name and
//   repetition the later one counts.
//
// Two forms of row, which may stand beside each other:
// - one entry for all repetitions, their times in "seconds": repetition i ran in block i;
// - one entry for each repetition ("run_type": "iteration"), its time in "seconds" or "real_time",
//   with "repetition_index" and, where they are known, "block" and "excluded" (a reason, or true).
//   An entry with a block and several times ran that often in its block.
// Entries that summarise others and entries that are not ours are passed over. A repetition that
// failed leaves its row without times.
#pragma once

#include <string>

#include "bench/estimator/fields.h"
#include "bench/estimator/session.h"

namespace gilbench::estimator {

// The newest schema that is read.
inline constexpr int kNewestSchema = 2;

// Throws DataError, of one line, for what is not there, is damaged, or says what cannot be.
Session read_session(const std::string& path);

// The same from a file's text; `path` is for messages.
Session parse_session(const std::string& text, const std::string& path);

}  // namespace gilbench::estimator
