// conclude: what one results file shows, or what changed between two, as JSON (docs/estimator.md).
//
// Exit status: 0; 1 where the output could not be written; 2 for a flag, a file or two files that
// cannot be used, with one line on standard error.

#include <boost/program_options.hpp>
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <vector>

#include "bench/estimator/fields.h"
#include "bench/estimator/report.h"
#include "bench/estimator/session_file.h"
#include "runtime/support/standard_streams.h"

namespace gilbench {
namespace {

namespace po = boost::program_options;
using nlohmann::ordered_json;

constexpr int kExitFailed = 1;
constexpr int kExitUsage = 2;

struct Options {
  std::vector<std::string> files;
  double threshold = estimator::kDefaultThreshold;
  bool anyway = false;
  bool help = false;
};

Options parse(const std::vector<std::string>& words) {
  Options options;
  po::options_description visible("usage: conclude [FLAG]... FILE.json [NEWER_FILE.json]");
  auto add = visible.add_options();
  add("threshold", po::value(&options.threshold)->default_value(options.threshold, "0.01"),
      "how far from 1 a ratio must be to mean something");
  add("anyway", po::bool_switch(&options.anyway), "compare files of other machines or sizes too");
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
    throw po::error("one or two results files are needed; flags: --threshold --anyway --help");
  }
  if (!(options.threshold >= 0 && options.threshold <= 1)) {
    throw po::error("--threshold must be from 0 to 1");
  }
  return options;
}

ordered_json report_of(const Options& options) {
  const estimator::Session first = estimator::read_session(options.files.front());
  if (options.files.size() == 1) return estimator::session_report(first, options.threshold);
  const estimator::Session second = estimator::read_session(options.files.back());
  const std::string refused = estimator::refusal(first, second);
  if (!refused.empty() && !options.anyway) {
    throw estimator::DataError(first.path + " and " + second.path + " are " + refused +
                               "; --anyway compares them all the same");
  }
  return estimator::comparison_report(first, second, options.threshold);
}

int checked_main(const std::vector<std::string>& words) {
  try {
    const Options options = parse(words);
    if (options.help) return 0;
    write_output(report_of(options).dump(2, ' ', false, ordered_json::error_handler_t::replace) +
                 "\n");
    return 0;
  } catch (const po::error& error) {
    std::cerr << "conclude: " << error.what() << '\n';
    return kExitUsage;
  } catch (const estimator::DataError& error) {
    std::cerr << "conclude: " << error.what() << '\n';
    return kExitUsage;
  } catch (const std::bad_alloc&) {
    std::cerr << "conclude: out of memory\n";
    return kExitFailed;
  }
}

}  // namespace
}  // namespace gilbench

int main(int argument_count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + argument_count);
  return gilbench::with_standard_streams("conclude",
                                         [&words] { return gilbench::checked_main(words); });
}
