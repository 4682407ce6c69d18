// Finds programs by folder and glob, and parses each with CPython.
#include "bench/workload_set.h"

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "bench/options.h"
#include "runtime/program/program.h"
#include "runtime/program/tree.h"
#include "runtime/program/workload_info.h"

namespace gilbench {
namespace {

namespace fs = std::filesystem;

// The lines that print_tree() has read, whatever their encoding was.
std::string source_of_tree(const std::string& tree) {
  const auto document = nlohmann::json::parse(tree, nullptr, false);
  if (!document.is_object() || !document.contains("lines")) return {};
  std::string source;
  for (const auto& line : document.at("lines")) source += line.get<std::string>() + '\n';
  return source;
}

}  // namespace

std::vector<Workload> find_workloads(const std::string& folder) {
  std::error_code error;
  std::vector<Workload> found;
  for (const auto& kind : fs::directory_iterator(folder, error)) {
    if (!kind.is_directory()) continue;
    for (const auto& file : fs::directory_iterator(kind.path())) {
      if (file.path().extension() != ".py" || !file.is_regular_file()) continue;
      Workload workload;
      workload.kind = kind.path().filename().string();
      workload.name = workload.kind + "/" + file.path().stem().string();
      workload.path = file.path().string();
      found.push_back(std::move(workload));
    }
  }
  if (error) throw UsageError("no workloads in " + folder + ": " + error.message());
  std::sort(found.begin(), found.end(),
            [](const Workload& a, const Workload& b) { return a.name < b.name; });
  return found;
}

std::vector<Workload> match_workloads(const std::vector<Workload>& all,
                                      const std::vector<std::string>& globs) {
  if (globs.empty()) return all;
  std::set<std::string> wanted;
  for (const std::string& glob : globs) {
    const std::size_t before = wanted.size();
    bool matched = false;
    for (const Workload& workload : all) {
      if (fnmatch(glob.c_str(), workload.name.c_str(), 0) != 0) continue;
      matched = true;
      wanted.insert(workload.name);
    }
    if (!matched && wanted.size() == before) {
      std::vector<std::string> names;
      for (const Workload& workload : all) names.push_back(workload.name);
      throw UsageError("no workload matches '" + glob + "'; workloads: " + join(names, ", "));
    }
  }
  std::vector<Workload> chosen;
  for (const Workload& workload : all) {
    if (wanted.count(workload.name) != 0) chosen.push_back(workload);
  }
  return chosen;
}

std::vector<Workload> program_workloads(const std::vector<std::string>& paths) {
  std::vector<Workload> programs;
  std::set<std::string> taken;
  for (const std::string& path : paths) {
    const std::string stem = fs::path(path).stem().string();
    Workload workload;
    workload.kind = "program";
    workload.name = "program/" + stem;
    for (int number = 2; !taken.insert(workload.name).second; ++number) {
      workload.name = "program/" + stem + "-" + std::to_string(number);
    }
    workload.path = path;
    programs.push_back(std::move(workload));
  }
  return programs;
}

std::vector<Workload> workloads_by_size(const std::string& kind, const std::string& prefix,
                                        const std::string& path) {
  Workload program;
  program.kind = kind;
  program.path = path;
  read_workload(program);
  std::vector<Workload> workloads;
  for (const std::string& size : program.info.sizes) {
    Workload workload = program;
    workload.name = kind + "/" + prefix + "_" + size;
    workload.size = size;
    workloads.push_back(std::move(workload));
  }
  return workloads;
}

void read_workload(Workload& workload) {
  if (!workload.tree.empty()) return;
  workload.tree = print_tree(workload.path);
  workload.source = source_of_tree(workload.tree);
  workload.info = workload_info_of_tree(workload.tree, workload.path);
}

void load_workload(Workload& workload, const std::string& size) {
  if (workload.size.empty()) workload.size = size;
  read_workload(workload);
  const std::vector<std::string>& sizes = workload.info.sizes;
  const auto has = [&sizes](const std::string& key) {
    return std::find(sizes.begin(), sizes.end(), key) != sizes.end();
  };
  if (workload.size == "quick" && !has("quick") && has("full")) {
    workload.size = "full";
    workload.is_other_size = true;
  }
  if (!has(workload.size)) {
    throw UsageError("--size: " + workload.path + " has no size '" + workload.size +
                     "'; its sizes: " + join(sizes, ", "));
  }
}

void compile_workload(Workload& workload) {
  workload.program = compile(workload.tree, workload.path);
}

}  // namespace gilbench
