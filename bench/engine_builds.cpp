#include "bench/engine_builds.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "bench/engine_process.h"

namespace gilbench {
namespace {

using nlohmann::json;

[[noreturn]] void refuse(const EngineOption& option, const std::string& what) {
  throw UsageError("--engine=" + option.name + ": " + what);
}

json hello_of(const EngineOption& option) {
  if (access(option.path.c_str(), X_OK) != 0) {
    refuse(option, option.path + ": " + std::strerror(errno));
  }
  try {
    EngineProcess process(option.path);
    json hello = process.hello();
    process.finish();
    return hello;
  } catch (const std::exception& error) {
    refuse(option, option.path + " is no gilbench engine: " + error.what());
  }
}

std::vector<std::string> names_of(const json& strategies) {
  std::vector<std::string> names;
  for (const json& strategy : strategies) names.push_back(strategy.at("name").get<std::string>());
  return names;
}

}  // namespace

EngineBuilds::EngineBuilds(std::vector<const StrategyInfo*> own,
                           const std::vector<EngineOption>& others)
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
}

void EngineBuilds::add(const EngineOption& option, const std::vector<const StrategyInfo*>& own) {
  const json hello = hello_of(option);
  try {
    const json& known = hello.at("strategies");
    builds_.push_back({option.name, std::filesystem::absolute(option.path).string(),
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
      refuse(option, (option.strategy.empty() ? "none of the chosen strategies"
                                              : "no strategy '" + option.strategy + "'") +
                         " is in " + option.path +
                         "; its strategies: " + join(names_of(known), ", "));
    }
    for (const json* strategy : chosen) {
      const std::string name = strategy->at("name").get<std::string>();
      add_strategy(option, *strategy, chosen.size() == 1 ? option.name : option.name + "_" + name);
    }
  } catch (const json::exception&) {
    refuse(option, option.path + " says of itself what cannot be read");
  }
}

const StrategyInfo* EngineBuilds::renamed(const StrategyInfo& strategy, const std::string& name) {
  StrategyInfo& copy = others_.emplace_back(strategy);
  copy.name = texts_.emplace_back(name);
  return &copy;
}

void EngineBuilds::add_strategy(const EngineOption& option, const json& described,
                                const std::string& name) {
  for (const StrategyInfo* other : strategies_) {
    if (other->name == name) refuse(option, "there is a strategy '" + name + "' already");
  }
  const std::string own_name = described.at("name").get<std::string>();
  StrategyInfo info{};
  info.name = texts_.emplace_back(name);
  info.summary = texts_.emplace_back(own_name + " of another build, " + option.name);
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
