// conclude: what one results file shows, or what changed between two, as JSON (docs/estimator.md),
// the latter also in words.
//
// Exit status: 0; 1 where the output could not be written, or with --fail-above where something is
// slower by more than that; 2 for a flag, a file or two files that
// cannot be used, with one line on standard error.

#include <boost/program_options.hpp>
#include <charconv>
#include <iostream>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "bench/estimator/comparison_text.h"
#include "bench/estimator/fields.h"
#include "bench/estimator/report.h"
#include "bench/estimator/session_file.h"
#include "runtime/support/exit_status.h"
#include "runtime/support/standard_streams.h"

namespace gilbench {
namespace {

namespace po = boost::program_options;
using nlohmann::ordered_json;

struct Options {
  std::vector<std::string> files;
  std::set<std::string> without;  // workloads
  double threshold = estimator::kDefaultThreshold;
  bool anyway = false;
  bool json = false;
  bool text = false;
  bool markdown = false;
  std::optional<double> fail_above;
  bool help = false;
};

// "5%" or "0.05".
double share_of(const std::string& text) {
  const bool is_percent = text.ends_with('%');
  const std::string digits = is_percent ? text.substr(0, text.size() - 1) : text;
  double share = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), share);
  if (is_percent) share /= 100;
  if (error != std::errc() || end != digits.data() + digits.size() || !(share >= 0 && share <= 1)) {
    throw po::error("--fail-above: '" + text + "' is not from 0% to 100%");
  }
  return share;
}

// "a,b" as names.
std::set<std::string> names_of(const std::string& text) {
  std::set<std::string> names;
  std::istringstream list(text);
  for (std::string name; std::getline(list, name, ',');) names.insert(name);
  return names;
}

Options parse(const std::vector<std::string>& words) {
  Options options;
  po::options_description visible("usage: conclude [FLAG]... FILE.json [NEWER_FILE.json]");
  auto add = visible.add_options();
  add("threshold", po::value(&options.threshold)->default_value(options.threshold, "0.01"),
      "how far from 1 a ratio must be to mean something");
  add("without", po::value<std::string>()->value_name("KIND/NAME,..."),
      "leave these workloads out");
  add("anyway", po::bool_switch(&options.anyway), "compare files of other machines or sizes too");
  add("json", po::bool_switch(&options.json), "print JSON (the default)");
  add("text", po::bool_switch(&options.text), "of two files: print tables for a terminal");
  add("markdown", po::bool_switch(&options.markdown), "of two files: print tables as Markdown");
  add("fail-above", po::value<std::string>()->value_name("5%"),
      "of two files: exit status 1 where a row or a kind is slower, with an interval that lies "
      "wholly beyond that");
  add("help,h", po::bool_switch(&options.help), "print this");
  po::options_description all;
  all.add(visible).add_options()("file", po::value(&options.files));
  po::positional_options_description positional;
  positional.add("file", -1);
  namespace style = po::command_line_style;
  po::variables_map values;
  po::store(po::command_line_parser(words)
                .options(all)
                .positional(positional)
                .style(style::default_style & ~style::allow_guessing)
                .run(),
            values);
  po::notify(values);
  if (options.help) {
    std::cout << visible;
  } else if (options.files.empty() || options.files.size() > 2) {
    throw po::error(
        "one or two results files are needed; flags: --threshold --without --anyway --json --text "
        "--markdown --fail-above --help");
  }
  if (options.json + options.text + options.markdown > 1) {
    throw po::error("only one of --json, --text and --markdown");
  }
  if (values.count("without") != 0) options.without = names_of(values["without"].as<std::string>());
  if (values.count("fail-above") != 0) {
    options.fail_above = share_of(values["fail-above"].as<std::string>());
  }
  const bool for_two = options.text || options.markdown || options.fail_above;
  if (for_two && !options.help && options.files.size() != 2) {
    throw po::error("--text, --markdown and --fail-above need two results files");
  }
  if (!(options.threshold >= 0 && options.threshold <= 1)) {
    throw po::error("--threshold must be from 0 to 1");
  }
  return options;
}

std::string to_text(const ordered_json& json) {
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string comparison_words(const Options& options, const estimator::Session& first,
                             const estimator::Session& second) {
  if (!options.text && !options.markdown) {
    return to_text(estimator::comparison_report(first, second, options.threshold));
  }
  return estimator::comparison_text(
      first, second, estimator::compare(first, second, options.threshold),
      options.text ? estimator::Format::kText : estimator::Format::kMarkdown);
}

estimator::Session session_of(const Options& options, const std::string& path) {
  estimator::Session session = estimator::read_session(path);
  std::erase_if(session.rows, [&options](const estimator::Row& row) {
    return options.without.contains(row.workload);
  });
  if (session.rows.empty()) throw estimator::DataError(path + ": --without leaves no row");
  return session;
}

// Prints what is asked for; returns the exit status.
int conclude(const Options& options) {
  const estimator::Session first = session_of(options, options.files.front());
  if (options.files.size() == 1) {
    write_output(to_text(estimator::session_report(first, options.threshold)));
    return kExitOk;
  }
  const estimator::Session second = session_of(options, options.files.back());
  const std::string refused = estimator::refusal(first, second);
  if (!refused.empty() && !options.anyway) {
    throw estimator::DataError(first.path + " and " + second.path + " are " + refused +
                               "; --anyway compares them all the same");
  }
  write_output(comparison_words(options, first, second));
  if (!options.fail_above) return kExitOk;
  const bool fails = has_slower(estimator::compare(first, second, *options.fail_above));
  return fails ? kExitFailed : kExitOk;
}

int parse_and_conclude(const std::vector<std::string>& words) {
  try {
    const Options options = parse(words);
    return options.help ? kExitOk : conclude(options);
  } catch (const po::error& error) {
    throw UsageError(error.what());
  } catch (const estimator::DataError& error) {
    throw UsageError(error.what());
  }
}

}  // namespace
}  // namespace gilbench

int main(int argument_count, char** arguments) {
  return gilbench::exit_status_of("conclude", [=] {
    return gilbench::parse_and_conclude({arguments + 1, arguments + argument_count});
  });
}
