// A scope in which the world is stopped. When it ends, even by an error, the world runs again.
#pragma once

#include "runtime/memory/state.h"

GILBENCH_BEGIN

// Made by the thread that has stopped the world, right after WorldThreads::stop_world() said so.
class [[nodiscard]] StoppedWorld {
 public:
  explicit StoppedWorld(ThreadMemory& thread) noexcept : thread_(&thread) {}
  ~StoppedWorld() { start(); }
  StoppedWorld(const StoppedWorld&) = delete;
  StoppedWorld& operator=(const StoppedWorld&) = delete;

  // Starts the world before the scope ends.
  void start() noexcept {
    if (thread_ == nullptr) return;
    thread_->memory.threads->start_world(*thread_->threads_state, *thread_);
    thread_ = nullptr;
  }

 private:
  ThreadMemory* thread_;
};

GILBENCH_END
