// Threads and Launch policies by name. A strategy's header names one of each without including it.
// So neither the header nor the runtime, which is compiled against it (current.h), changes when a
// policy does. Code that needs the definitions includes every_threads.h, which CMake writes.
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
