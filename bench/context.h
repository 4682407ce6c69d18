// The machine, the build and the settings that a results file's numbers belong to.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "bench/engine_builds.h"
#include "bench/options.h"

namespace gilbench {

// The time now as RFC 3339 has it, and Google Benchmark.
std::string local_date();

// Google Benchmark's context keys and ours: processor model, compiler, flags, commit, kernel,
// memory. `executable` is cut down to its file name: results travel, and paths name people.
nlohmann::ordered_json machine_context(const std::string& executable);

// Of these, what the build knows of itself: compiler, flags, commit.
nlohmann::ordered_json build_context();

// The settings of a run of workloads, laid over the machine's context.
nlohmann::ordered_json workloads_context(const std::string& executable, const BenchOptions& options,
                                         const EngineBuilds& engines);

}  // namespace gilbench
