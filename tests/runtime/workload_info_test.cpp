// What a workload file says of itself, and what is said of a file that says it wrong.
#include "runtime/program/workload_info.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "runtime/engine.h"

namespace gilbench {
namespace {

namespace fs = std::filesystem;

// A Python file that lives as long as this does.
class SourceFile {
 public:
  explicit SourceFile(const std::string& source)
      : path_(fs::temp_directory_path() /
              ("gilbench_workload_info_test_" + std::to_string(getpid()) + ".py")) {
    std::ofstream(path_) << source;
  }
  ~SourceFile() { fs::remove(path_); }
  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;

  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

using Names = std::vector<std::string>;

constexpr const char* kWorkload =
    "\"\"\"Count.\n\nMore.\"\"\"\n"
    "SHARING = \"read\"\n"
    "SIZES = {\"small\": 1, \"full\": 2}\n"
    "EXPECT = {\"small\": 1, \"full\": 2}\n"
    "def setup(size): return size\n"
    "def work(state, size, worker, workers): return 1\n"
    "def combine(parts): return sum(parts)\n";

std::string without(std::string source, const std::string& start) {
  const std::size_t at = source.find(start);
  return source.erase(at, source.find('\n', at) + 1 - at);
}

std::string workload_fault(const std::string& source) {
  const SourceFile file(source);
  try {
    workload_info(file.path());
  } catch (const ProgramError& error) {
    return std::string(error.what()).substr(file.path().size() + 1);
  }
  return "";
}

TEST(WorkloadInfo, IsReadOffTheTree) {
  const SourceFile file(kWorkload);
  const WorkloadInfo info = workload_info(file.path());
  EXPECT_EQ(info.doc, "Count.");
  EXPECT_EQ(info.sharing, "read");
  EXPECT_EQ(info.sizes, (Names{"small", "full"}));
  EXPECT_TRUE(info.has_setup);
  EXPECT_FALSE(info.expects_error);
  EXPECT_FALSE(info.fixed_duration);
  EXPECT_FALSE(info.needs_upstream);
  EXPECT_FALSE(info.needs_udp_client);
}

TEST(WorkloadInfo, NamesWhatIsMissing) {
  EXPECT_EQ(workload_fault(without(kWorkload, "def work")),
            "1: no function work(state, size, worker, workers)");
  EXPECT_EQ(workload_fault(without(kWorkload, "def combine")), "1: no function combine(parts)");
  EXPECT_EQ(workload_fault(without(kWorkload, "SIZES")),
            "1: no SIZES = {\"small\": ..., \"full\": ...}");
  EXPECT_EQ(workload_fault(without(kWorkload, "SHARING")),
            "1: no SHARING = \"none\", \"read\" or \"write\"");
  EXPECT_EQ(workload_fault(without(kWorkload, "EXPECT")),
            "1: no EXPECT = {\"small\": ..., \"full\": ...}");
  EXPECT_EQ(workload_fault(without(kWorkload, "EXPECT") + "EXPECT_ERROR = \"ValueError\"\n"), "");
  EXPECT_EQ(workload_fault(std::string(kWorkload) + "EXPECT_ERROR = ValueError\n"),
            "10: EXPECT_ERROR must be a str: how the error's last line begins");
  EXPECT_EQ(workload_fault(std::string(kWorkload) + "SHARING = \"all\"\n"),
            "10: SHARING must be \"none\", \"read\" or \"write\"");
  EXPECT_EQ(workload_fault(std::string(kWorkload) + "def work(size): pass\n"),
            "10: no function work(state, size, worker, workers): this one has other parameters");
  EXPECT_EQ(workload_fault(std::string(kWorkload) + "EXPECT = {\"small\": 1}\n"),
            "10: EXPECT has no answer for size \"full\"");
}

TEST(WorkloadInfo, SeesWhatIsUnboundOrBoundToSomethingElse) {
  const std::string workload = kWorkload;
  EXPECT_EQ(workload_fault(workload + "del SIZES\n"),
            "10: no SIZES = {\"small\": ..., \"full\": ...}");
  EXPECT_EQ(workload_fault(workload + "del EXPECT\n"),
            "10: no EXPECT = {\"small\": ..., \"full\": ...}");
  EXPECT_EQ(workload_fault(workload + "x = 1\ndel x, (SIZES, [EXPECT])\n"),
            "11: no SIZES = {\"small\": ..., \"full\": ...}");
  EXPECT_EQ(workload_fault(workload + "del SHARING\n"),
            "10: no SHARING = \"none\", \"read\" or \"write\"");
  EXPECT_EQ(workload_fault(workload + "del work\n"),
            "1: no function work(state, size, worker, workers)");
  EXPECT_EQ(workload_fault(workload + "del combine\n"), "1: no function combine(parts)");
  EXPECT_EQ(workload_fault(workload + "del setup, SIZES[\"small\"]\n"), "");
  EXPECT_EQ(workload_fault(workload + "del SIZES\nSIZES = {\"small\": 1}\n"), "");
  EXPECT_EQ(workload_fault(workload + "EXPECT_ERROR = \"x\"\ndel EXPECT\n"), "");
  EXPECT_EQ(workload_fault(workload + "EXPECT_ERROR = \"x\"\ndel EXPECT_ERROR, EXPECT\n"),
            "11: no EXPECT = {\"small\": ..., \"full\": ...}");
  for (const char* text : {"SIZES = 1", "SIZES = []", "SIZES |= {}", "def SIZES(): pass",
                           "class SIZES: pass", "import SIZES", "from a import b as SIZES"}) {
    EXPECT_EQ(workload_fault(workload + text + "\n"),
              "10: SIZES must be a dict with a str for each size")
        << text;
  }
  for (const char* text : {"EXPECT = 1", "EXPECT = []", "EXPECT = None", "def EXPECT(): pass"}) {
    EXPECT_EQ(workload_fault(workload + text + "\n"),
              "10: EXPECT must be a dict with a str for each size")
        << text;
  }
  EXPECT_EQ(workload_fault(workload + "EXPECT = answers()\n"), "");
}

TEST(WorkloadInfo, ReadsPlainFilesOnly) {
  for (const std::string path : {"/dev/zero", "/dev/null", "/", "/no/such/file"}) {
    EXPECT_THROW(workload_info(path), ProgramError) << path;
  }
  const std::string pipe = SourceFile("").path() + ".pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_THROW(workload_info(pipe), ProgramError);  // and waits for nobody who writes
  fs::remove(pipe);
}

TEST(WorkloadInfo, SaysWhetherTheTimeIsSet) {
  EXPECT_TRUE(workload_info(SourceFile(std::string(kWorkload) + "FIXED_DURATION = True\n").path())
                  .fixed_duration);
  EXPECT_FALSE(workload_info(SourceFile(std::string(kWorkload) + "FIXED_DURATION = False\n").path())
                   .fixed_duration);
  EXPECT_EQ(workload_fault(std::string(kWorkload) + "FIXED_DURATION = 2\n"),
            "10: FIXED_DURATION must be True or False");
  EXPECT_EQ(workload_fault(std::string(kWorkload) + "def metrics(): return {}\n"),
            "10: no function metrics(parts): this one has other parameters");
}

TEST(WorkloadInfo, NeedsTheServicesThatItNames) {
  const auto needs = [](const std::string& line) {
    const WorkloadInfo info = workload_info(SourceFile(kWorkload + line + "\n").path());
    return Names{info.needs_upstream ? "upstream" : "", info.needs_udp_client ? "udp_client" : ""};
  };
  const Names none{"", ""};
  EXPECT_EQ(needs("NEEDS = (\"upstream\",)"), (Names{"upstream", ""}));
  EXPECT_EQ(needs("NEEDS = (\"udp_client\",)"), (Names{"", "udp_client"}));
  EXPECT_EQ(needs("NEEDS = (\"udp_client\", \"upstream\")"), (Names{"upstream", "udp_client"}));
  EXPECT_EQ(needs("NEEDS: tuple = (\"udp_client\",)"), (Names{"", "udp_client"}));
  EXPECT_EQ(needs("NEEDS: tuple"), none);
  EXPECT_EQ(needs("NEEDS = ()"), none);
  EXPECT_EQ(needs("NEEDS = (\"upstream\", \"udp_client\")\ndel NEEDS"), none);
  EXPECT_EQ(needs("# NEEDS GILBENCH_UPSTREAM_PORT, \"upstream\", GILBENCH_UDP_CLIENT_PORT"), none);
  for (const char* value : {"(\"upstream\")", "[\"upstream\"]", "(\"upstream\", \"redis\")", "(1,)",
                            "(*(),)", "tuple()", "None"}) {
    EXPECT_EQ(workload_fault(std::string(kWorkload) + "NEEDS = " + value + "\n"),
              "10: NEEDS must be a tuple of services, as (\"upstream\",); "
              "services: upstream, udp_client")
        << value;
  }
}

TEST(WorkloadInfo, EveryWorkloadDescribesItself) {
  std::size_t count = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(GILBENCH_SOURCE_DIR) / "workloads")) {
    if (entry.path().extension() != ".py") continue;
    const WorkloadInfo info = workload_info(entry.path().string());
    EXPECT_FALSE(info.doc.empty()) << entry.path();
    ASSERT_GE(info.sizes.size(), 2u) << entry.path();
    EXPECT_EQ(info.sizes.front(), "small") << entry.path();
    EXPECT_NE(std::find(info.sizes.begin(), info.sizes.end(), "full"), info.sizes.end())
        << entry.path();
    ++count;
  }
  EXPECT_GT(count, 0u);
}

}  // namespace
}  // namespace gilbench
