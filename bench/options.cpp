// Boost.Program_options parses our flags, which flags.def lists; Google Benchmark's are looked
// through for those that concern names, files and formats. Also counts the cores that this process
// may use.
#include "bench/options.h"

#include <benchmark/benchmark.h>
#include <regex.h>
#include <sched.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>

namespace gilbench {
namespace {

namespace po = boost::program_options;

po::options_description all_flags() {
  po::options_description flags("gilbench's flags");
  auto add = flags.add_options();
#define TEXT(name) po::value<std::string>()->value_name(name)
#define TEXTS(name) po::value<std::vector<std::string>>()->composing()->value_name(name)
#define WHOLE(name) po::value<int>()->value_name(name)
#define REAL(name) po::value<double>()->value_name(name)
#define SWITCH(name) new po::untyped_value(true)
#define FLAG(kind, name, value, text) add(name, kind(value), text);
#include "bench/flags.def"
#undef FLAG
#undef SWITCH
#undef REAL
#undef WHOLE
#undef TEXTS
#undef TEXT
  return flags;
}

po::options_description our_flags(const CommandLine& command_line) {
  const std::vector<std::string>& names = command_line.flags;
  const po::options_description all = all_flags();
  po::options_description flags("gilbench's flags");
  for (const auto& flag : all.options()) {
    if (names.empty() || std::find(names.begin(), names.end(), flag->long_name()) != names.end()) {
      flags.add(flag);
    }
  }
  return flags;
}

std::string flag_names(const po::options_description& flags) {
  std::vector<std::string> names;
  for (const auto& flag : flags.options()) names.push_back("--" + flag->long_name());
  names.push_back("--benchmark_* (see --help)");
  return join(names, ", ");
}

// Each number once, from 1 to `most`.
std::vector<int> parse_numbers(const po::variables_map& values, const char* flag, int most) {
  const std::string name = std::string("--") + flag;
  const std::string range = "from 1 to " + std::to_string(most);
  std::vector<int> numbers;
  for (const std::string& part : split(values[flag].as<std::string>(), ',')) {
    int number = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    if (error != std::errc() || end != part.data() + part.size() || number < 1 || number > most) {
      throw UsageError(name + ": '" + part + "' is not a number " + range);
    }
    if (std::find(numbers.begin(), numbers.end(), number) == numbers.end()) {
      numbers.push_back(number);
    }
  }
  if (numbers.empty()) throw UsageError(name + ": needs numbers " + range + ", as in 1,2,4");
  return numbers;
}

std::vector<std::string> parse_names(const po::variables_map& values, const char* flag) {
  if (values.count(flag) == 0) return {};
  std::vector<std::string> names = split(values[flag].as<std::string>(), ',');
  if (names.empty()) throw UsageError(std::string("--") + flag + ": needs at least one name");
  return names;
}

// "" where it is not given.
std::string parse_text(const po::variables_map& values, const char* flag) {
  return values.count(flag) == 0 ? std::string() : values[flag].as<std::string>();
}

int parse_number(const po::variables_map& values, const char* flag, int least, int fallback) {
  if (values.count(flag) == 0) return fallback;
  const int number = values[flag].as<int>();
  if (number < least) {
    throw UsageError(std::string("--") + flag + ": must be at least " + std::to_string(least));
  }
  return number;
}

double parse_real(const po::variables_map& values, const char* flag, double least, double most) {
  const double number = values[flag].as<double>();
  if (!std::isfinite(number) || number < least || number > most) {
    std::ostringstream reason;
    reason.precision(7);
    reason << "--" << flag << ": must be from " << least << " to " << most;
    throw UsageError(reason.str());
  }
  return number;
}

double parse_seconds(const po::variables_map& values, const char* flag, double least) {
  return parse_real(values, flag, least, 1e6);
}

bool is_name(const std::string& text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
         std::all_of(text.begin(), text.end(), fits);
}

EngineOption parse_engine(const std::string& text) {
  const std::size_t equals = text.find('=');
  EngineOption option;
  option.name = text.substr(0, equals);
  if (equals == std::string::npos || equals + 1 == text.size() || !is_name(option.name)) {
    throw UsageError("--engine: '" + text +
                     "' is not NAME=PATH with a name of lower-case letters, digits and _");
  }
  option.path = text.substr(equals + 1);
  const std::size_t colon = option.path.rfind(':');
  std::error_code error;
  if (colon != std::string::npos && is_name(option.path.substr(colon + 1)) &&
      !std::filesystem::exists(option.path, error)) {
    option.strategy = option.path.substr(colon + 1);
    option.path.resize(colon);
  }
  return option;
}

// Throws UsageError for what is no flag of ours.
po::variables_map values_of(const std::vector<std::string>& arguments,
                            const po::options_description& flags) {
  po::variables_map values;
  try {
    // Abbreviations would make every new flag a breaking change, so they are off.
    const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing &
                      ~po::command_line_style::allow_short;
    po::positional_options_description nothing;
    po::store(
        po::command_line_parser(arguments).options(flags).style(style).positional(nothing).run(),
        values);
  } catch (const po::unknown_option& error) {
    throw UsageError("unknown flag " + error.get_option_name() + "; flags: " + flag_names(flags));
  } catch (const po::too_many_positional_options_error&) {
    throw UsageError("arguments must be flags; flags: " + flag_names(flags));
  } catch (const po::error& error) {
    throw UsageError(error.what());
  }
  return values;
}

void parse_our_flags(const std::vector<std::string>& arguments,
                     const po::options_description& flags, BenchOptions& options) {
  const po::variables_map values = values_of(arguments, flags);
  options.strategies = parse_names(values, "strategies");
  options.workloads = parse_names(values, "workloads");
  if (values.count("program") != 0) {
    options.programs = values["program"].as<std::vector<std::string>>();
  }
  if (values.count("engine") != 0) {
    for (const std::string& text : values["engine"].as<std::vector<std::string>>()) {
      options.engines.push_back(parse_engine(text));
    }
  }
  if (values.count("python") != 0) {
    options.pythons = values["python"].as<std::vector<std::string>>();
  }
  if (values.count("workers") != 0) {
    options.workers = parse_numbers(values, "workers", 1024);
  }
  if (values.count("size") != 0) options.size = values["size"].as<std::string>();
  if (values.count("timeout-s") != 0) {
    const double seconds = parse_seconds(values, "timeout-s", 0.001);
    options.timeout = std::chrono::milliseconds(std::llround(seconds * 1000));
  }
  if (values.count("budget-s") != 0) {
    options.budget = std::chrono::duration<double>(parse_seconds(values, "budget-s", 0));
  }
  if (values.count("threshold") != 0) options.threshold = parse_real(values, "threshold", 0, 1);
  if (values.count("switch-interval-us") != 0) {
    options.switch_intervals.clear();
    for (const int interval_us : parse_numbers(values, "switch-interval-us", 1'000'000'000)) {
      options.switch_intervals.emplace_back(interval_us);
    }
  }
  if (values.count("gc") != 0) {
    const std::string gc = values["gc"].as<std::string>();
    if (gc != "on" && gc != "off") throw UsageError("--gc: '" + gc + "' is neither on nor off");
    options.collect_cycles = gc == "on";
  }
  options.upstream_delay_ms = parse_number(values, "upstream-delay-ms", 0, 5);
  options.cold = values.count("cold") != 0;
  options.naive_lock_order = values.count("naive-lock-order") != 0;
  options.strict = values.count("strict") != 0;
  options.export_csv = parse_text(values, "export-csv");
  options.export_markdown = parse_text(values, "export-markdown");
  options.machine_memory = parse_text(values, "machine-memory");
  options.list = values.count("list") != 0;
  options.verbose = values.count("verbose") != 0;
  options.quiet = values.count("quiet") != 0;
  options.help = values.count("help") != 0;
}

bool is_benchmark_flag(const std::string& argument) {
  return argument.starts_with("--benchmark_") || argument.starts_with("--v=");
}

// The value of `--name=value` if `argument` is that flag; for `--name` alone, "true".
std::optional<std::string> flag_value(const std::string& argument, const std::string& name) {
  if (argument == "--" + name) return "true";
  if (argument.starts_with("--" + name + "=")) return argument.substr(name.size() + 3);
  return std::nullopt;
}

bool is_true(const std::string& value) {
  static const std::vector<std::string> kFalse{"0", "f", "n", "false", "no", "off", ""};
  return std::find(kFalse.begin(), kFalse.end(), value) == kFalse.end();
}

std::string parse_format(const std::string& flag, const std::string& value) {
  if (value != "console" && value != "json" && value != "csv") {
    throw UsageError("--" + flag + ": '" + value + "' is not one of console, json, csv");
  }
  return value;
}

int parse_repetitions(const std::string& value) {
  int count = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
  if (error != std::errc() || end != value.data() + value.size() || count < 1) {
    throw UsageError("--benchmark_repetitions: '" + value + "' is not a number from 1 on");
  }
  return count;
}

// Takes what concerns names and files out of Google Benchmark's hands; the rest passes through.
void parse_benchmark_flag(const std::string& argument, BenchOptions& options) {
  if (const auto filter = flag_value(argument, "benchmark_filter")) {
    options.filter = *filter;
  } else if (const auto list = flag_value(argument, "benchmark_list_tests")) {
    options.list_rows = is_true(*list);
  } else if (const auto out = flag_value(argument, "benchmark_out")) {
    options.out = *out;
  } else if (const auto out_format = flag_value(argument, "benchmark_out_format")) {
    options.out_format = parse_format("benchmark_out_format", *out_format);
  } else {
    if (const auto format = flag_value(argument, "benchmark_format")) {
      options.format = parse_format("benchmark_format", *format);
    } else if (const auto repetitions = flag_value(argument, "benchmark_repetitions")) {
      options.repetitions = parse_repetitions(*repetitions);
      options.budget = {};
    } else if (const auto mixed = flag_value(argument, "benchmark_enable_random_interleaving")) {
      options.interleaved = is_true(*mixed);
    } else if (const auto report = flag_value(argument, "benchmark_report_aggregates_only")) {
      options.report_aggregates_only = is_true(*report);
    } else if (const auto display = flag_value(argument, "benchmark_display_aggregates_only")) {
      options.display_aggregates_only = is_true(*display);
    } else if (const auto color = flag_value(argument, "benchmark_color")) {
      options.color = *color;
    } else if (const auto tabular = flag_value(argument, "benchmark_counters_tabular")) {
      options.counters_tabular = is_true(*tabular);
    } else if (const auto context = flag_value(argument, "benchmark_context")) {
      for (const std::string& pair : split(*context, ',')) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos) continue;  // Google Benchmark itself complains of these
        options.context.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
      }
    }
    options.benchmark_arguments.push_back(argument);
  }
}

// POSIX's extended regular expressions, which Google Benchmark documents for its filter.
class Pattern {
 public:
  explicit Pattern(const std::string& text) {
    const int error = regcomp(&compiled_, text.c_str(), REG_EXTENDED | REG_NOSUB);
    if (error == 0) return;
    char reason[128];
    regerror(error, &compiled_, reason, sizeof reason);
    throw UsageError("--benchmark_filter: '" + text + "' is no regular expression: " + reason);
  }
  ~Pattern() { regfree(&compiled_); }
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  bool found_in(const std::string& text) const {
    return regexec(&compiled_, text.c_str(), 0, nullptr, 0) == 0;
  }

 private:
  regex_t compiled_{};
};

}  // namespace

BenchOptions parse_options(const std::vector<std::string>& arguments,
                           const CommandLine& command_line) {
  BenchOptions options = command_line.defaults;
  options.words = arguments;
  std::vector<std::string> ours;
  // Our defaults stand in front, so that a flag of the user's overrides them.
  if (const char* mixed = std::getenv("BENCHMARK_ENABLE_RANDOM_INTERLEAVING")) {
    options.interleaved = is_true(mixed);
  }
  if (const char* only = std::getenv("BENCHMARK_REPORT_AGGREGATES_ONLY")) {
    options.report_aggregates_only = is_true(only);
  }
  if (const char* only = std::getenv("BENCHMARK_DISPLAY_AGGREGATES_ONLY")) {
    options.display_aggregates_only = is_true(only);
  }
  options.benchmark_arguments.push_back("--benchmark_out=");
  options.benchmark_arguments.push_back("--benchmark_list_tests=false");
  if (const char* repetitions = std::getenv("BENCHMARK_REPETITIONS")) {
    options.repetitions = parse_repetitions(repetitions);
    options.budget = {};
  }
  if (const char* filter = std::getenv("BENCHMARK_FILTER")) options.filter = filter;
  if (const char* out = std::getenv("BENCHMARK_OUT")) options.out = out;
  if (const char* format = std::getenv("BENCHMARK_FORMAT")) {
    options.format = parse_format("benchmark_format", format);
  }
  // Google Benchmark also reads its flags from BENCHMARK_… variables, as above.
  for (const std::string& argument : arguments) {
    if (is_benchmark_flag(argument)) {
      parse_benchmark_flag(argument, options);
    } else {
      ours.push_back(argument);
    }
  }
  parse_our_flags(ours, our_flags(command_line), options);
  options.benchmark_arguments.push_back("--benchmark_repetitions=" +
                                        std::to_string(options.repetitions));
  return options;
}

std::vector<std::string> BenchOptions::engine_flags() const {
  std::vector<std::string> flags = benchmark_arguments;
  flags.push_back("--benchmark_repetitions=1");
  flags.push_back("--benchmark_enable_random_interleaving=false");
  return flags;
}

std::string options_help(const CommandLine& command_line) {
  std::ostringstream text;
  text << our_flags(command_line);
  return text.str();
}

void initialize_benchmark(char* executable, const BenchOptions& options, const std::string& help) {
  std::vector<std::string> words = options.benchmark_arguments;
  if (options.help) words.push_back("--help");
  std::vector<char*> pointers{executable};  // Google Benchmark keeps this one
  for (std::string& word : words) pointers.push_back(word.data());
  int count = static_cast<int>(pointers.size());
  pointers.push_back(nullptr);
  if (options.help) std::cout << help << std::flush;
  benchmark::Initialize(&count, pointers.data());
  if (count > 1) {
    throw UsageError(std::string("unknown flag ") + pointers[1] +
                     "; flags: those that --help shows");
  }
}

std::vector<int> default_workers(const std::string& kind, int cores) {
  if (kind == "mixed") return {1, 2, 3, 5};
  const int most = kind == "io" ? 16 : std::max(cores, 1);
  std::vector<int> workers;
  for (int count = 1; count < most; count *= 2) workers.push_back(count);
  workers.push_back(most);
  return workers;
}

std::vector<int> usable_core_numbers() {
  std::vector<int> numbers;
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) != 0) return numbers;
  for (int core = 0; core < CPU_SETSIZE; ++core) {
    if (CPU_ISSET(core, &set)) numbers.push_back(core);
  }
  return numbers;
}

std::optional<double> granted_cores(const std::string& cpu_max) {
  std::istringstream stream(cpu_max);
  double quota_us = 0;
  double period_us = 0;
  if (!(stream >> quota_us >> period_us) || quota_us <= 0 || period_us <= 0) return std::nullopt;
  return quota_us / period_us;
}

namespace {

// The least that this process's control group and those around it grant.
std::optional<double> cores_of_control_groups() {
  namespace fs = std::filesystem;
  std::ifstream groups("/proc/self/cgroup");
  std::optional<double> least;
  for (std::string line; std::getline(groups, line);) {
    if (!line.starts_with("0::/")) continue;  // version 2
    const fs::path top = "/sys/fs/cgroup";
    for (fs::path group = top / line.substr(4);; group = group.parent_path()) {
      std::ifstream file(group / "cpu.max");
      std::string text;
      std::getline(file, text);
      const std::optional<double> granted = granted_cores(text);
      if (granted && (!least || *granted < *least)) least = granted;
      if (group == top || !group.has_relative_path()) break;
    }
  }
  return least;
}

}  // namespace

int usable_cores() {
  int cores = static_cast<int>(usable_core_numbers().size());
  if (const std::optional<double> granted = cores_of_control_groups()) {
    cores = std::min(cores, static_cast<int>(std::ceil(std::min(*granted, 1e6))));
  }
  return std::max(1, cores);
}

std::vector<bool> matches_filter(const std::vector<std::string>& names, const std::string& filter) {
  if (filter.empty() || filter == "all") return std::vector<bool>(names.size(), true);
  const bool inverted = filter.front() == '-';
  const Pattern pattern(inverted ? filter.substr(1) : filter);
  std::vector<bool> matches;
  for (const std::string& name : names) matches.push_back(pattern.found_in(name) != inverted);
  return matches;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) {
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

std::string join(const std::vector<std::string>& parts, const std::string& separator) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : separator) + part;
  return text;
}

}  // namespace gilbench
