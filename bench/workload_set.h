// The workloads that a command line asks for: found and parsed once, shared by all rows.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/engine.h"
#include "runtime/program/program.h"

namespace gilbench {

struct Workload {
  std::string kind;  // the folder's name; "program" for a file of the user's own
  std::string name;  // kind/stem
  std::string path;
  std::string size;  // the key of SIZES that it runs with; until it is loaded: of its own, if any
  bool is_other_size = false;  // than the one that was asked for, which it has not
  WorkloadInfo info;
  std::shared_ptr<const Program> program;
  std::string tree;    // the syntax tree as JSON: what our engines compile
  std::string source;  // the text: what a Python compiles
  bool waits = false;  // rather than computes, as its trial has shown
};

// Every kind/*.py below `folder`, by name; neither read nor compiled yet. Throws UsageError where
// the folder is missing.
std::vector<Workload> find_workloads(const std::string& folder);

// Those whose name one of the globs matches; no glob: all. Throws UsageError for a glob that
// matches none, with the valid names.
std::vector<Workload> match_workloads(const std::vector<Workload>& all,
                                      const std::vector<std::string>& globs);

// The user's own files as workloads named program/stem; a stem that comes again gets a number.
std::vector<Workload> program_workloads(const std::vector<std::string>& paths);

// A file's sizes as workloads of their own, named kind/prefix_SIZE; it is read once for all of
// them. Throws ProgramError.
std::vector<Workload> workloads_by_size(const std::string& kind, const std::string& prefix,
                                        const std::string& path);

// Has a Python parse the file, once: of one that is read already it does nothing. What the file
// says of itself and what is compiled later come from the same tree. Throws ProgramError.
void read_workload(Workload& workload);

// Reads it and settles its size; `size` is for a workload that has none of its own; `quick` is
// `full` where SIZES has no `quick`. Throws ProgramError, or UsageError where SIZES has no such
// key.
void load_workload(Workload& workload, const std::string& size);

// Compiles it, to see that our engines can. Throws ProgramError.
void compile_workload(Workload& workload);

}  // namespace gilbench
