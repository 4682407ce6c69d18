// What a workload file says of itself.
#pragma once

#include <string>
#include <vector>

namespace gilbench {

// Read from the program's constant module-level assignments.
struct WorkloadInfo {
  std::string doc;                 // first line of the docstring
  std::string sharing;             // none | read | write
  std::vector<std::string> sizes;  // keys of SIZES
  bool has_setup = false;
  // EXPECT_ERROR is set: a run is right when it ends in an error whose last line begins like that.
  bool expects_error = false;
  // FIXED_DURATION = True: SIZES are seconds, so the run's time says nothing; its metrics are the
  // result.
  bool fixed_duration = false;
  // The services of the bench that NEEDS names: a run talks to them.
  bool needs_upstream = false;
  bool needs_udp_client = false;
};

// Throws ProgramError ("FILE:LINE: no function work(state, size, worker, workers)").
WorkloadInfo workload_info(const std::string& path);
// The same of a tree that has been printed before: `tree_json` is what ast_to_json.py prints for
// the file at `path`.
WorkloadInfo workload_info_of_tree(const std::string& tree_json, const std::string& path);

}  // namespace gilbench
