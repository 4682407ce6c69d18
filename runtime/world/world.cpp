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
    : program(std::move(p)),
      options(o),
      choices(c),
      threads(c.make_threads(WorldOptions{o.switch_interval})) {
  install_wake_handler();
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
  const MutexGuard guard(threads_mutex_);
  for (Thread* thread : threads_) {
    thread->request(kBreakInterrupt);
    pthread_kill(thread->handle, kWakeSignal);
  }
  // A signal ends no wait of a task's: its loop must.
  if (TaskLoop* loop = threads->loop()) loop->interrupt();
}

void World::add_thread(Thread& thread) {
  const MutexGuard guard(threads_mutex_);
  threads_.push_back(&thread);
  if (interrupt_reason() != nullptr) thread.request(kBreakInterrupt);
}

void World::remove_thread(Thread& thread) {
  const MutexGuard guard(threads_mutex_);
  finished_live_objects_ += thread.heap.live_objects;
  thread.heap.leave();
  if constexpr (!Refs::kCounts) {
    const MutexGuard tracing_guard(tracing.mutex);
    auto& closable = thread.tracing.closable;
    try {
      tracing.closable.insert(tracing.closable.end(), closable.begin(), closable.end());
    } catch (const std::bad_alloc&) {
      // These die without being closed.
    }
  }
  threads_.erase(std::find(threads_.begin(), threads_.end(), &thread));
}

std::int64_t World::live_objects() {
  const MutexGuard guard(threads_mutex_);
  std::int64_t total = finished_live_objects_;
  for (const Thread* thread : threads_) total += thread->heap.live_objects;
  return total;
}

std::int64_t World::restart_growth() {
  const MutexGuard guard(threads_mutex_);
  std::int64_t total = finished_live_objects_;
  for (Thread* thread : threads_) {
    total += thread->heap.live_objects;
    thread->heap.restart_growth();
  }
  heap.growth.restart(total);
  return total;
}

GILBENCH_END
