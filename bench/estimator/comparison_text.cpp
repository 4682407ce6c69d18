// The text: where both files come from, the kinds in a table, the rows that changed (in Markdown
// all rows), and what only one file has.
#include "bench/estimator/comparison_text.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "bench/estimator/sentence.h"
#include "bench/estimator/table.h"
#include "bench/estimator/words.h"

namespace gilbench::estimator {
namespace {

bool is_settled(const Change& change) {
  return change.mark == Mark::kBetter || change.mark == Mark::kWorse;
}

std::vector<std::string> cells_of(const Change& change) {
  std::string name = change.workload.empty() ? change.kind : change.workload;
  if (change.switch_interval_us > 0) {
    name += ", switch interval " + std::to_string(change.switch_interval_us) + " us";
  }
  return {name,
          change.strategy.empty() ? "all" : change.strategy,
          change.workers == 0 ? "all" : std::to_string(change.workers),
          change.ratio ? ratio_text(std::exp(change.ratio->mean)) : "-",
          change.ratio ? interval_text(*change.ratio) : "-",
          mark_name(change.mark)};
}

// Empty where there is no line for it.
std::string table_of(const std::vector<Change>& changes, bool all, const std::string& first_heading,
                     Format format) {
  Table table{{first_heading, "strategy", "workers", "new / old time", "95 % interval", "it is"}};
  for (const Change& change : changes) {
    if (all || is_settled(change)) table.push_back(cells_of(change));
  }
  if (table.size() == 1) return {};
  return (format == Format::kText ? text_of(table) : markdown_of(table)) + "\n";
}

std::string origin_of(const Session& session) {
  std::string text = session.path;
  std::string details;
  for (const std::string& each : {session.commit, session.date, session.machine.cpu_model}) {
    if (!each.empty()) details += (details.empty() ? "" : ", ") + each;
  }
  return details.empty() ? text : text + " (" + details + ")";
}

std::string only_text(const std::vector<std::string>& rows, const std::string& where) {
  if (rows.empty()) return {};
  return "Only in the " + where + " file: " + list_text(rows) + ".\n";
}

}  // namespace

const char* mark_name(Mark mark) {
  switch (mark) {
    case Mark::kBetter:
      return "better";
    case Mark::kWorse:
      return "worse";
    case Mark::kSame:
      return "same";
    case Mark::kUnknown:
      break;
  }
  return "unknown";
}

bool has_slower(const Comparison& comparison) {
  const auto is_worse = [](const Change& change) { return change.mark == Mark::kWorse; };
  return std::any_of(comparison.rows.begin(), comparison.rows.end(), is_worse) ||
         std::any_of(comparison.kinds.begin(), comparison.kinds.end(), is_worse);
}

std::string comparison_text(const Session& old_session, const Session& new_session,
                            const Comparison& comparison, Format format) {
  const std::string end = format == Format::kMarkdown ? "\n\n" : "\n";
  std::string text = "old: " + origin_of(old_session) + end + "new: " + origin_of(new_session) +
                     end + (format == Format::kText ? "\n" : "");
  text += table_of(comparison.kinds, true, "kind", format);
  text += table_of(comparison.rows, format == Format::kMarkdown, "workload", format);
  text += sentence(comparison) + end;
  text +=
      "Rows of two files share no block: each has an interval of its own, and a neighbour who was "
      "there during one of them only is in the ratio." +
      end;
  const std::string unlike = refusal(old_session, new_session);
  if (!unlike.empty()) text += "The files are " + unlike + "." + end;
  return text + only_text(comparison.only_old, "old") + only_text(comparison.only_new, "new");
}

}  // namespace gilbench::estimator
