// workload_info() of engine.h for a tree that has been printed before.
#pragma once

#include <string>

#include "runtime/engine.h"

namespace gilbench {

// `tree_json` is what ast_to_json.py prints for the workload file at `path`. Throws ProgramError.
WorkloadInfo workload_info_of_tree(const std::string& tree_json, const std::string& path);

}  // namespace gilbench
