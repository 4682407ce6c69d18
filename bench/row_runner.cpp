// Keeps one process for each build of an engine. A row whose process died before the row began is
// run once more.
#include "bench/row_runner.h"

#include <algorithm>
#include <utility>

namespace gilbench {

RowRunner::RowRunner(const BenchOptions& options, const EngineBuilds& builds,
                     EngineProcess::Hear hear)
    : options_(options),
      builds_(builds),
      hear_(std::move(hear)),
      services_(options.upstream_delay_ms) {}

void RowRunner::start_services(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    if (row.workload->info.needs_upstream && row.skipped.empty()) return services_.start_upstream();
  }
}

EngineProcess& RowRunner::process_for(const Row& row) {
  const EnginePlace& place = builds_.place_of(row.strategy);
  const EngineBuild& build = builds_.builds()[place.build];
  std::unique_ptr<EngineProcess>& process = processes_[place.build];
  if (process == nullptr) {
    process = std::make_unique<EngineProcess>(build.command, hear_);
    process->set_flags(options_.engine_flags());
  }
  const Workload& workload = *row.workload;
  if (!process->has(workload.path)) {
    process->prepare(build.is_python() ? HandedProgram{workload.path, "source", workload.source}
                                       : HandedProgram{workload.path, "tree", workload.tree});
  }
  if (!build.is_python()) ready_seconds_ = std::max(ready_seconds_, process->ready_seconds());
  return *process;
}

EngineRequest RowRunner::request_for(const Row& row) const {
  EngineRequest request;
  request.name = row.name;
  request.strategy = builds_.place_of(row.strategy).strategy;
  request.program = row.workload->path;
  request.run.size = row.workload->size;
  request.run.workers = row.workers;
  request.run.timeout = options_.timeout;
  request.run.options.switch_interval = row.switch_interval;
  request.run.options.collect_cycles = options_.collect_cycles;
  request.run.options.naive_lock_order = options_.naive_lock_order;
  request.run.options.collect_every_checkpoints = options_.collect_every_checkpoints;
  return request;
}

RowOutcome RowRunner::run(const Row& row) {
  bool had_begun = false;
  RowOutcome outcome = run_once(row, &had_begun);
  // A process that died before it began with the row has not died of it.
  if (outcome.failure && !had_begun && !interrupt_requested()) outcome = run_once(row, &had_begun);
  return outcome;
}

RowOutcome RowRunner::run_once(const Row& row, bool* had_begun) {
  RowOutcome outcome;
  const std::size_t build = builds_.place_of(row.strategy).build;
  try {
    EngineProcess& process = process_for(row);
    outcome.reply = process.run(request_for(row), *row.workload, services_);
    *had_begun = true;
    if (options_.cold) count_startup(&outcome.reply.sample);
    if (outcome.reply.result.status == RunStatus::kKilled && !process.stacks().empty()) {
      outcome.failure = process.worker_failure(outcome.reply.result.message);
    }
  } catch (EngineDied& death) {
    const auto found = processes_.find(build);
    *had_begun = found != processes_.end() && found->second && found->second->had_begun();
    outcome.failure = std::move(death.failure);
    outcome.reply = {};
    processes_.erase(build);
  } catch (const std::exception& error) {  // no process, or it does not compile the program
    *had_begun = true;
    outcome.reply.result.status = RunStatus::kError;
    outcome.reply.result.message = error.what();
    processes_.erase(build);
  }
  return outcome;
}

std::vector<std::string> RowRunner::end_processes() {
  std::vector<std::string> complaints;
  for (const auto& [build, process] : processes_) {
    std::string complaint = process == nullptr ? std::string() : process->finish();
    if (!complaint.empty()) complaints.push_back(std::move(complaint));
  }
  processes_.clear();
  return complaints;
}

void RowRunner::end() {
  processes_.clear();
  services_.stop();
}

}  // namespace gilbench
