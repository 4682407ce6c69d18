// Asks each engine for its hello, and gives its strategies names that no other has: the option's
// name, the Python's version, or a number after '#'.
#include "bench/engine_builds.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#ifndef GILBENCH_SOURCE_DIR
#error "GILBENCH_SOURCE_DIR must name the folder that holds bench/"
#endif

namespace gilbench {
namespace {

using nlohmann::json;

// The program that turns a Python into an engine.
constexpr const char* kPythonEngine = GILBENCH_SOURCE_DIR "/bench/python_engine.py";

[[noreturn]] void refuse(const std::string& flag, const std::string& what) {
  throw UsageError("--" + flag + ": " + what);
}

std::string flag_of(const EngineOption& option) { return "engine=" + option.name; }

void must_be_executable(const std::string& flag, const std::string& path) {
  if (access(path.c_str(), X_OK) != 0) refuse(flag, path + ": " + std::strerror(errno));
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) refuse(flag, path + ": Is a directory");
}

// What an engine says of itself. Throws what EngineProcess does.
json hello_of(const EngineCommand& command) {
  EngineProcess process(command);
  json hello = process.hello();
  process.finish();
  return hello;
}

std::vector<std::string> names_of(const json& strategies) {
  std::vector<std::string> names;
  for (const json& strategy : strategies) names.push_back(strategy.at("name").get<std::string>());
  return names;
}

// As a shell finds it: a name without a slash is looked for in the folders of PATH.
std::string find_program(const std::string& flag, const std::string& name) {
  if (name.find('/') != std::string::npos) return name;
  const char* folders = std::getenv("PATH");
  for (const std::string& folder : split(folders == nullptr ? "" : folders, ':')) {
    std::string path = folder + "/" + name;
    if (access(path.c_str(), X_OK) == 0) return path;
  }
  refuse(flag, "no such program");
}

}  // namespace

EngineBuilds::EngineBuilds(std::vector<const StrategyInfo*> own,
                           const std::vector<EngineOption>& others,
                           const std::vector<std::string>& pythons)
    : strategies_(std::move(own)) {
  builds_.push_back({"", kOwnExecutable, nullptr});
  const std::vector<const StrategyInfo*> ours = strategies_;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const auto before =
        std::count(ours.begin(), ours.begin() + static_cast<std::ptrdiff_t>(i), ours[i]);
    const std::string own_name(ours[i]->name);
    if (before > 0) strategies_[i] = renamed(*ours[i], own_name + "#" + std::to_string(before + 1));
    places_[strategies_[i]] = {0, own_name};
  }
  for (const EngineOption& option : others) add(option, ours);
  for (const std::string& python : pythons) add_python(python);
  if (strategies_.empty()) {
    throw UsageError("--strategies=none: then --python must name what is to be measured");
  }
}

bool EngineBuilds::has_ours() const {
  return std::any_of(places_.begin(), places_.end(),
                     [this](const auto& item) { return !builds_[item.second.build].is_python(); });
}

void EngineBuilds::add(const EngineOption& option, const std::vector<const StrategyInfo*>& own) {
  const std::string flag = flag_of(option);
  must_be_executable(flag, option.path);
  json hello;
  try {
    hello = hello_of({option.path});
  } catch (const std::exception& error) {
    refuse(flag, option.path + " is no gilbench engine: " + error.what());
  }
  try {
    const json& known = hello.at("strategies");
    builds_.push_back({option.name,
                       {std::filesystem::absolute(option.path).string()},
                       hello.value("build", json::object())});
    std::vector<const json*> chosen;
    for (const json& strategy : known) {
      const std::string name = strategy.at("name").get<std::string>();
      const bool wanted =
          option.strategy.empty()
              ? std::any_of(own.begin(), own.end(), [&](auto* ours) { return ours->name == name; })
              : option.strategy == name;
      if (wanted) chosen.push_back(&strategy);
    }
    if (chosen.empty()) {
      refuse(flag, (option.strategy.empty() ? "none of the chosen strategies"
                                            : "no strategy '" + option.strategy + "'") +
                       " is in " + option.path +
                       "; its strategies: " + join(names_of(known), ", "));
    }
    for (const json* strategy : chosen) {
      const std::string own_name = strategy->at("name").get<std::string>();
      const std::string name = chosen.size() == 1 ? option.name : option.name + "_" + own_name;
      if (is_taken(name)) refuse(flag, "there is a strategy '" + name + "' already");
      add_strategy(*strategy, name, own_name + " of another build, " + option.name);
    }
  } catch (const json::exception&) {
    refuse(flag, option.path + " says of itself what cannot be read");
  }
}

void EngineBuilds::add_python(const std::string& name) {
  const std::string flag = "python=" + name;
  const std::string path = find_program(flag, name);
  must_be_executable(flag, path);
  const EngineCommand command{std::filesystem::absolute(path).string(), kPythonEngine};
  json hello;
  try {
    hello = hello_of(command);
  } catch (const std::exception& error) {
    refuse(flag, std::string("no Python: ") + error.what());
  }
  if (hello.contains("error")) refuse(flag, hello["error"].get<std::string>());
  try {
    const json& about = hello.at("build");
    builds_.push_back({"", command, about, about.at("python").get<std::string>()});
    for (const json& strategy : hello.at("strategies")) {
      add_strategy(strategy,
                   free_name(strategy.at("name").get<std::string>(), builds_.back().python),
                   strategy.at("summary").get<std::string>());
    }
  } catch (const json::exception&) {
    refuse(flag, "no Python: it says of itself what cannot be read");
  }
}

bool EngineBuilds::is_taken(const std::string& name) const {
  return std::any_of(strategies_.begin(), strategies_.end(),
                     [&name](const StrategyInfo* other) { return other->name == name; });
}

// Two of one name and version are an A/A pair, as two of ours are.
std::string EngineBuilds::free_name(const std::string& name, const std::string& version) const {
  if (!is_taken(name)) return name;
  const bool same_version = std::any_of(places_.begin(), places_.end(), [&](const auto& item) {
    return item.first->name == name && builds_[item.second.build].python == version;
  });
  const std::string base = same_version ? name : name + "_" + version;
  std::string free = base;
  for (int number = 2; is_taken(free); ++number) free = base + "#" + std::to_string(number);
  return free;
}

const StrategyInfo* EngineBuilds::second_name(const StrategyInfo& strategy) {
  const StrategyInfo* again = renamed(strategy, std::string(strategy.name) + "#2");
  places_[again] = places_.at(&strategy);
  return again;
}

const StrategyInfo* EngineBuilds::renamed(const StrategyInfo& strategy, const std::string& name) {
  StrategyInfo& copy = others_.emplace_back(strategy);
  copy.name = texts_.emplace_back(name);
  return &copy;
}

// Of the engine that came last.
void EngineBuilds::add_strategy(const json& described, const std::string& name,
                                const std::string& summary) {
  const std::string own_name = described.at("name").get<std::string>();
  StrategyInfo info{};
  info.name = texts_.emplace_back(name);
  info.summary = texts_.emplace_back(summary);
  info.workers_share_objects = described.value("workers_share_objects", true);
  info.workers_are_processes = described.value("workers_are_processes", false);
  info.locks_objects = described.value("locks_objects", false);
  info.has_switch_interval = described.value("has_switch_interval", false);
  info.collects_cycles = described.value("collects_cycles", false);
  info.workers_take_turns = described.value("workers_take_turns", false);
  others_.push_back(info);
  strategies_.push_back(&others_.back());
  places_[&others_.back()] = {builds_.size() - 1, own_name};
}

}  // namespace gilbench
