// Threads and Launch policies by name. A strategy's header names one of each without including it,
// and so does not change when a policy does: neither does the runtime, which is compiled against
// the header (current.h). Who needs to know more includes every_threads.h, which CMake writes.
#pragma once

namespace gilbench {

struct Alone;
struct EventLoopThreads;
struct FreeThreads;
struct GlobalLockThreads;
struct TickLockThreads;

struct ProcessLaunch;
struct TaskLaunch;
struct ThreadLaunch;
struct WorldLaunch;

}  // namespace gilbench
