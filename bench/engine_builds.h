// The engines that take part in a run: this build, those that --engine names, and the Pythons that
// --python names.
#pragma once

#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/engine_process.h"
#include "bench/options.h"
#include "runtime/engine.h"

namespace gilbench {

struct EngineBuild {
  std::string name;  // of --engine; empty: this build, or a Python
  EngineCommand command;
  nlohmann::ordered_json about;  // compiler, flags, commit
  std::string python = {};       // its version; empty: it is a build of ours

  bool is_python() const { return !python.empty(); }
};

// Which engine a strategy of the rows is.
struct EnginePlace {
  std::size_t build = 0;  // an index of builds()
  std::string strategy;   // as that build names it
};

// A strategy of another build is a strategy of the run, under the build's name where it is the only
// one of it (`before`), or else under both (`before_global_lock`). Those of a Python keep their
// names; where there is one of that name already, with the version (`cpython_threads_3.13.0`), or
// where that is taken too, with a number (`cpython_threads#2`).
class EngineBuilds {
 public:
  // `own`: the strategies that were chosen of this build. One that is named again is a strategy of
  // its own, `global_lock#2`: what differs between the two is noise (docs/estimator.md). Starts
  // each other engine once, to hear what it has. Throws UsageError.
  EngineBuilds(std::vector<const StrategyInfo*> own, const std::vector<EngineOption>& others,
               const std::vector<std::string>& pythons);

  const std::vector<EngineBuild>& builds() const { return builds_; }
  // A second name of one of the strategies, NAME#2, which is none of strategies().
  const StrategyInfo* second_name(const StrategyInfo& strategy);
  // Whether a build of ours runs rows.
  bool has_ours() const;
  // Our own first. They live as long as this does.
  const std::vector<const StrategyInfo*>& strategies() const { return strategies_; }
  const EnginePlace& place_of(const StrategyInfo* strategy) const { return places_.at(strategy); }

 private:
  const StrategyInfo* renamed(const StrategyInfo& strategy, const std::string& name);
  void add(const EngineOption& option, const std::vector<const StrategyInfo*>& own);
  void add_python(const std::string& name);
  std::string free_name(const std::string& name, const std::string& version) const;
  bool is_taken(const std::string& name) const;
  void add_strategy(const nlohmann::json& described, const std::string& name,
                    const std::string& summary);

  std::vector<EngineBuild> builds_;
  std::vector<const StrategyInfo*> strategies_;
  std::map<const StrategyInfo*, EnginePlace> places_;
  std::deque<StrategyInfo> others_;
  std::deque<std::string> texts_;  // what their names and summaries view
};

}  // namespace gilbench
