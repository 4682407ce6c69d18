// Runs rows in engine processes: starts them, hands them programs, and starts others where they
// die.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/engine_builds.h"
#include "bench/engine_process.h"
#include "bench/options.h"
#include "bench/row.h"
#include "bench/services.h"

namespace gilbench {

struct RowOutcome {
  EngineReply reply;
  std::optional<EngineFailure>
      failure;  // then the reply is empty, or says that a worker was killed
};

class RowRunner {
 public:
  RowRunner(const BenchOptions& options, const EngineBuilds& builds, EngineProcess::Hear hear);

  // Starts what the rows' programs talk to. Throws std::runtime_error.
  void start_services(const std::vector<Row>& rows);

  // One run of the row, in the process of its strategy's build.
  RowOutcome run(const Row& row);
  // Ends all engine processes: the next run is another process's. Lines about those that ended
  // badly.
  std::vector<std::string> end_processes();
  void end();

  // The longest time from fork to ready; 0 where nothing has run.
  double ready_seconds() const { return ready_seconds_; }

 private:
  EngineProcess& process_for(const Row& row);
  EngineRequest request_for(const Row& row) const;
  RowOutcome run_once(const Row& row, bool* had_begun);

  const BenchOptions& options_;
  const EngineBuilds& builds_;
  EngineProcess::Hear hear_;
  Services services_;
  std::map<std::size_t, std::unique_ptr<EngineProcess>> processes_;  // by build
  double ready_seconds_ = 0;
};

}  // namespace gilbench
