// The builds whose engines take part in a run: this one, and those that --engine names.
#pragma once

#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/options.h"
#include "runtime/engine.h"

namespace gilbench {

struct EngineBuild {
  std::string name;              // empty: this build
  std::string path;              // of its executable
  nlohmann::ordered_json about;  // compiler, flags, commit
};

// Which engine a strategy of the rows is.
struct EnginePlace {
  std::size_t build = 0;  // an index of builds()
  std::string strategy;   // as that build names it
};

// A strategy of another build is a strategy of the run, under the build's name where it is the only
// one of it (`before`), or else under both (`before_global_lock`).
class EngineBuilds {
 public:
  // `own`: the strategies that were chosen of this build. One that is named again is a strategy of
  // its own, `global_lock#2`: what differs between the two is noise (docs/estimator.md). Starts
  // each other build once, to hear what it has. Throws UsageError.
  EngineBuilds(std::vector<const StrategyInfo*> own, const std::vector<EngineOption>& others);

  const std::vector<EngineBuild>& builds() const { return builds_; }
  // Our own first. They live as long as this does.
  const std::vector<const StrategyInfo*>& strategies() const { return strategies_; }
  const EnginePlace& place_of(const StrategyInfo* strategy) const { return places_.at(strategy); }

 private:
  const StrategyInfo* renamed(const StrategyInfo& strategy, const std::string& name);
  void add(const EngineOption& option, const std::vector<const StrategyInfo*>& own);
  void add_strategy(const EngineOption& option, const nlohmann::json& described,
                    const std::string& name);

  std::vector<EngineBuild> builds_;
  std::vector<const StrategyInfo*> strategies_;
  std::map<const StrategyInfo*, EnginePlace> places_;
  std::deque<StrategyInfo> others_;
  std::deque<std::string> texts_;  // what their names and summaries view
};

}  // namespace gilbench
