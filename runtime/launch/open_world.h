// A world with its main thread: filled when it is made, emptied when it is closed. All on the OS
// thread that makes it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/world/thread.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

class OpenWorld {
 public:
  OpenWorld(std::shared_ptr<const Program> program, const EngineOptions& options,
            const Choices& choices);
  ~OpenWorld();
  OpenWorld(const OpenWorld&) = delete;
  OpenWorld& operator=(const OpenWorld&) = delete;

  // Before it ends: closes the generators that are still suspended in a `try` or a `with`. Program
  // code runs.
  void close_generators() { close_all_generators(*main_); }
  // Ends it; the number of objects that are still alive. Nothing of the world may be held any more.
  // Adds what the cycle collector did (std::bad_alloc, when the world has been closed), and with
  // collect_cycles off what it would have had to do.
  std::int64_t close(std::map<std::string, double>* metrics = nullptr);

  // Runs the module's body. Raises what it does not handle.
  void run_module();
  // One of the module's globals; null where it has none of that name.
  Ref<> global(std::string_view name);

  World& world() { return world_; }
  Thread& main() { return *main_; }  // attached

 private:
  World world_;
  std::unique_ptr<Thread> main_;
};

GILBENCH_END
