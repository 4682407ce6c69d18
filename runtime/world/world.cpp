// Starts a world, and interrupts it from outside: by a request to each thread, and by a signal that
// ends the system call that the thread may sit in.
#include "runtime/world/world.h"

#include <signal.h>

#include <algorithm>

#include "runtime/support/task_loop.h"
#include "runtime/world/thread.h"

GILBENCH_BEGIN

namespace {

// Sent to threads that may sit in a system call, to end it with EINTR.
constexpr int kWakeSignal = SIGUSR2;

void install_wake_handler() {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  action.sa_flags = 0;  // no SA_RESTART: the call is to end
  sigaction(kWakeSignal, &action, nullptr);
}

}  // namespace

World::World(std::shared_ptr<const Program> p, const EngineOptions& o, const Choices& c)
    : WorldMemory(c, WorldOptions{o.switch_interval}), program(std::move(p)), options(o) {
  install_wake_handler();
  naive_lock_order = options.naive_lock_order;
  collector.enable(options.collect_cycles);
  tracing.every_checkpoints = options.collect_every_checkpoints;
}

World::~World() = default;

void World::interrupt(const char* why) {
  const char* expected = nullptr;
  // relaxed, both: the text is a literal, so nothing else is read through the pointer. The first
  // reason stays.
  interrupt_reason_.compare_exchange_strong(expected, why, std::memory_order_relaxed,
                                            std::memory_order_relaxed);
  for_each_thread([](Thread& thread) {
    thread.request(kBreakInterrupt);
    pthread_kill(thread.handle, kWakeSignal);
  });
  // A signal ends no wait of a task's: its loop must.
  if (TaskLoop* loop = threads->loop()) loop->interrupt();
}

GILBENCH_END
