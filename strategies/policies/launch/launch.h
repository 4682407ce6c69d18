// Launch: where a run's workers live. A policy only names the placement. The code that starts
// workers needs worlds and threads, so it is in runtime/launch/launch_*.cpp.
#pragma once

#include "strategies/strategy.h"

namespace gilbench {

// A thread per worker, all in the world that setup() ran in: they are handed the same state.
struct ThreadLaunch {
  static constexpr Placement kPlacement = Placement::kThreads;
  static constexpr bool kWorkersShareObjects = true;
};

// A process per worker, forked after setup(). Each has a copy of the state: the kernel copies a
// page when it is first written. Results travel back through a pipe.
struct ProcessLaunch {
  static constexpr Placement kPlacement = Placement::kProcesses;
  static constexpr bool kWorkersShareObjects = false;
};

// A task per worker, all on one OS thread, in the world that setup() ran in. Needs Threads that can
// suspend a task: EventLoopThreads.
struct TaskLaunch {
  static constexpr Placement kPlacement = Placement::kTasks;
  static constexpr bool kWorkersShareObjects = true;
};

// A world of its own for each worker, in a thread of this process: setup()'s state and the results
// are copied between worlds.
struct WorldLaunch {
  static constexpr Placement kPlacement = Placement::kWorlds;
  static constexpr bool kWorkersShareObjects = false;
};

}  // namespace gilbench
