// What others used is the busy time of our cores in /proc/stat less the processor time of our own
// processes. Both are read at the beginning and at the end; the unit of the first is a clock tick.
#include "bench/disturbance.h"

#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace gilbench {
namespace {

double tick_seconds() {
  const long per_second = sysconf(_SC_CLK_TCK);
  return per_second > 0 ? 1.0 / static_cast<double>(per_second) : 0.01;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

// This process's and that of the children it has waited for.
double own_seconds() {
  double seconds = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    if (getrusage(who, &usage) == 0) {
      seconds += seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    }
  }
  return seconds;
}

// Of a process's children that have ended: proc(5), fields 16 and 17 of /proc/PID/stat.
double ended_children_seconds(int pid) {
  const std::string stat = text_of("/proc/" + std::to_string(pid) + "/stat");
  const std::size_t name_end = stat.rfind(')');  // names may hold anything
  if (name_end == std::string::npos) return 0;
  std::istringstream words(stat.substr(name_end + 1));
  std::string word;
  for (int field = 3; field < 16; ++field) words >> word;
  double user_ticks = 0;
  double system_ticks = 0;
  words >> user_ticks >> system_ticks;
  return words ? (user_ticks + system_ticks) * tick_seconds() : 0;
}

}  // namespace

CoreTimes CoreTimes::of(const std::string& stat, const std::vector<int>& cores) {
  CoreTimes times;
  std::istringstream lines(stat);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("cpu") || line.starts_with("cpu ")) continue;
    std::istringstream words(line.substr(3));
    int number = 0;
    double user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0;
    words >> number >> user >> nice >> system >> idle >> iowait >> irq >> softirq >> steal;
    if (!words || std::find(cores.begin(), cores.end(), number) == cores.end()) continue;
    times.busy += (user + nice + system + irq + softirq) * tick_seconds();
    times.steal += steal * tick_seconds();
  }
  return times;
}

DisturbanceWatch::Moment DisturbanceWatch::now(double children_seconds) const {
  return {std::chrono::steady_clock::now(), CoreTimes::of(text_of("/proc/stat"), cores_),
          own_seconds() + children_seconds};
}

void DisturbanceWatch::begin(double children_seconds) { begin_ = now(children_seconds); }

Disturbance DisturbanceWatch::end(double children_seconds) const {
  const Moment end = now(children_seconds);
  Disturbance found;
  found.seconds = std::chrono::duration<double>(end.time - begin_.time).count();
  if (found.seconds <= 0) return found;
  const double own = end.own_seconds - begin_.own_seconds;
  const double others = end.cores.busy - begin_.cores.busy - own;
  found.others_cores = std::max(others, 0.0) / found.seconds;
  found.steal_cores = std::max(end.cores.steal - begin_.cores.steal, 0.0) / found.seconds;
  found.uncertainty_cores = static_cast<double>(cores_.size()) * tick_seconds() / found.seconds;
  return found;
}

double processor_seconds(int pid) {
  clockid_t clock{};
  timespec time{};
  if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0) return 0;
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9 +
         ended_children_seconds(pid);
}

}  // namespace gilbench
