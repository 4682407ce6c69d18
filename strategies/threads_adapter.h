// A strategy's Threads policy behind the interface that the runtime calls (choices.h). It is a
// template over the strategy, not the policy, so that a profile shows whose slow paths it sees.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>

#include "strategies/choices.h"

namespace gilbench {

// What some Threads policies have and others do not.
template <class Threads>
concept HasSwitchInterval = requires(typename Threads::World& world) {
  world.switch_interval;
};
template <class Threads>
concept PassesALock = requires(typename Threads::World& world) {
  { Threads::waiting(world) } -> std::same_as<int>;
};
template <class Threads>
concept HasTaskLoop = requires(typename Threads::World& world) {
  { Threads::loop(world) } -> std::same_as<TaskLoop&>;
};
template <class Threads>
concept WorksOnStopped = requires(typename Threads::World& world, typename Threads::State& state,
                                  ThreadControl& control, WorkOnStopped* work) {
  { Threads::work_on_stopped(world, state, control, work) } -> std::same_as<bool>;
};

template <class Strategy>
class ThreadsAdapter final : public WorldThreads {
  using Threads = typename Strategy::Threads;

 public:
  explicit ThreadsAdapter(const WorldOptions& options) { Threads::configure(world_, options); }

  std::unique_ptr<State> make_state() override { return std::make_unique<OwnState>(); }

  void attach(State& state, ThreadControl& control) override {
    Threads::attach(world_, own(state), control);
  }
  void detach(State& state, ThreadControl& control) override {
    Threads::detach(world_, own(state), control);
  }
  void on_break(State& state, ThreadControl& control) override {
    Threads::on_break(world_, own(state), control);
  }
  void on_instructions([[maybe_unused]] State& state,
                       [[maybe_unused]] ThreadControl& control) noexcept override {
    if constexpr (Threads::kInstructionsPerCall > 0) {
      Threads::on_instructions(world_, own(state), control);
    }
  }
  bool stop_world(State& state, ThreadControl& control) override {
    return Threads::stop_world(world_, own(state), control);
  }
  void start_world(State& state, ThreadControl& control) noexcept override {
    Threads::start_world(world_, own(state), control);
  }
  bool work_on_stopped([[maybe_unused]] State& state, [[maybe_unused]] ThreadControl& control,
                       [[maybe_unused]] WorkOnStopped* work) override {
    if constexpr (WorksOnStopped<Threads>) {
      return Threads::work_on_stopped(world_, own(state), control, work);
    }
    return false;
  }

  TaskLoop* loop() noexcept override {
    if constexpr (HasTaskLoop<Threads>) return &Threads::loop(world_);
    return nullptr;
  }
  int waiting() override {
    if constexpr (PassesALock<Threads>) return Threads::waiting(world_);
    return 0;
  }

 private:
  struct OwnState final : State {
    typename Threads::State state{};
  };
  static typename Threads::State& own(State& state) noexcept {
    return static_cast<OwnState&>(state).state;
  }

  typename Threads::World world_{};
};

template <class Strategy>
constexpr Choices choices_of() {
  using Threads = typename Strategy::Threads;
  using Launch = typename Strategy::Launch;
  static_assert(HasTaskLoop<Threads> == (Launch::kPlacement == Placement::kTasks),
                "tasks need Threads with a loop, in which they are suspended");
  return {
      .name = Strategy::kName,
      .summary = Strategy::kSummary,
      .make_threads = [](const WorldOptions& options) -> std::unique_ptr<WorldThreads> {
        return std::make_unique<ThreadsAdapter<Strategy>>(options);
      },
      .instructions_per_call = Threads::kInstructionsPerCall,
      // A lock that only one worker uses is never asked for.
      .has_switch_interval = HasSwitchInterval<Threads>&& Launch::kWorkersShareObjects,
      .passes_a_lock = PassesALock<Threads>,
      .placement = Launch::kPlacement,
      .workers_share_objects = Launch::kWorkersShareObjects,
  };
}

}  // namespace gilbench
