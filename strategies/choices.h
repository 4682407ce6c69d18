// What a strategy chooses when a world starts, so that strategies with the same objects share one
// compiled runtime: Threads and Launch. (Refs and Locks are compiled in: strategies/current.h.)
//
// The runtime knows a Threads policy by the interface below only. Every call of it stands on a slow
// path: a thread comes or goes, is asked to give way, or stops the world. What fast paths read, a
// checkpoint's breaker and the loop's countdown, is in ThreadControl.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "strategies/strategy.h"

namespace gilbench {

class TaskLoop;

// A world's part of a Threads policy, and its threads' parts. The functions are the policy's
// (strategy.h says what they do).
class WorldThreads {
 public:
  class State {
   public:
    virtual ~State() = default;
  };

  virtual ~WorldThreads() = default;
  // For one thread; it ends before the world's part does. Throws std::bad_alloc.
  virtual std::unique_ptr<State> make_state() = 0;

  virtual void attach(State& state, ThreadControl& control) = 0;
  virtual void detach(State& state, ThreadControl& control) = 0;
  virtual void on_break(State& state, ThreadControl& control) = 0;
  virtual void on_instructions(State& state, ThreadControl& control) noexcept = 0;
  virtual bool stop_world(State& state, ThreadControl& control) = 0;
  virtual void start_world(State& state, ThreadControl& control) noexcept = 0;
  virtual bool work_on_stopped(State& state, ThreadControl& control, WorkOnStopped* work) = 0;

  // Where threads are tasks, the loop that suspends them; null otherwise.
  virtual TaskLoop* loop() noexcept = 0;
  // Where a lock is passed around: how many threads wait for it.
  virtual int waiting() = 0;
};

struct Choices {
  std::string_view name;  // of the strategy
  std::string_view summary;
  std::unique_ptr<WorldThreads> (*make_threads)(const WorldOptions& options);
  std::int32_t instructions_per_call;  // Threads::kInstructionsPerCall
  bool has_switch_interval;            // WorldOptions::switch_interval makes a difference
  bool passes_a_lock;                  // waiting() has something to tell
  Placement placement;
  bool workers_share_objects;
};

}  // namespace gilbench
