// Takes all threads that wait for a held lock, and strikes out those that somebody can still help,
// until none is left to strike out. The rest is dead, and is described by following the holders.
#include "runtime/world/deadlock.h"

#include <algorithm>
#include <new>

#include "runtime/world/blocking_lock.h"
#include "runtime/world/thread.h"

GILBENCH_BEGIN

void WaitsForGraph::arrive(std::uint32_t number) {
  const MutexGuard guard(mutex_);
  if (participants_.size() <= number) participants_.resize(number + 1);
  participants_[number] = {Place::kRunning, nullptr, -1, false};
  ++living_;
}

void WaitsForGraph::forget(std::uint32_t number) noexcept {
  const MutexGuard guard(mutex_);
  Participant& self = participants_[number];
  if (self.ended) return;
  self = {Place::kAbsent, nullptr, self.worker, true};
  --living_;
}

void WaitsForGraph::pause(const Thread& thread) {
  const MutexGuard guard(mutex_);
  Participant& self = participants_[thread.number];
  self.place = Place::kAbsent;
  self.worker = thread.worker;
  --living_;
}

void WaitsForGraph::resume(const Thread& thread) {
  const MutexGuard guard(mutex_);
  participants_[thread.number].place = Place::kRunning;
  ++living_;
}

void WaitsForGraph::leave(const Thread& thread) {
  const MutexGuard guard(mutex_);
  Participant& self = participants_[thread.number];
  if (self.ended) return;
  self = {Place::kAbsent, nullptr, thread.worker, true};
  --living_;
}

std::string WaitsForGraph::begin_wait(const Thread& thread, const BlockingLock& lock) {
  const MutexGuard guard(mutex_);
  Participant& self = participants_[thread.number];
  self = {Place::kWaiting, &lock, thread.worker, false};
  ++waiting_;
  if (!can_be_dead(thread.number)) return "";
  std::string told;
  try {
    const std::vector<bool> dead = dead_threads();
    if (!dead[thread.number]) return "";
    told = describe(participants_, thread.number, dead);
  } catch (const std::bad_alloc&) {
    return "";  // it waits, and looks again
  }
  self.place = Place::kRunning;
  --waiting_;
  return told;
}

void WaitsForGraph::end_wait(const Thread& thread) {
  const MutexGuard guard(mutex_);
  participants_[thread.number].place = Place::kRunning;
  --waiting_;
}

// The first step of dead_threads() for one thread: settles nearly every wait without a look at the
// others.
bool WaitsForGraph::can_be_dead(std::uint32_t number) const {
  const LockHolder holder = participants_[number].lock->holder();
  if (holder.thread == 0) return false;
  return holder.owned && holder.thread != number
             ? participants_[holder.thread].place != Place::kRunning
             : waiting_ == living_;
}

std::vector<bool> WaitsForGraph::dead_threads() const {
  std::vector<bool> dead(participants_.size());
  std::vector<LockHolder> holders(participants_.size());
  std::size_t count = 0;
  for (std::size_t i = 1; i < participants_.size(); ++i) {
    if (participants_[i].place != Place::kWaiting) continue;
    holders[i] = participants_[i].lock->holder();
    dead[i] = holders[i].thread != 0;
    count += dead[i] ? 1 : 0;
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 1; i < participants_.size(); ++i) {
      if (!dead[i]) continue;
      const std::uint32_t holder = holders[i].thread;
      const bool stays = holders[i].owned && holder != i
                             ? dead[holder] || participants_[holder].place == Place::kAbsent
                             : count == living_;
      if (stays) continue;
      dead[i] = false;
      --count;
      changed = true;
    }
  }
  return dead;
}

// Follows the holders from `last`: to one that comes again, which closes a cycle, or to one that is
// absent. What leads into the cycle is told after it.
std::string WaitsForGraph::describe(const std::vector<Participant>& threads, std::uint32_t last,
                                    const std::vector<bool>& dead) {
  const auto name_of = [&](std::uint32_t thread) {
    const int worker = threads[thread].worker;
    return worker < 0 ? std::string("the main thread") : "worker " + std::to_string(worker);
  };
  const auto holder_of = [&](std::uint32_t thread) {
    return threads[thread].lock->holder().thread;
  };
  std::vector<std::uint32_t> path;
  std::uint32_t next = last;
  while (dead[next] && std::find(path.begin(), path.end(), next) == path.end()) {
    path.push_back(next);
    next = holder_of(next);
  }
  const auto start = std::find(path.begin(), path.end(), next);
  std::string text = "deadlock: ";
  if (start == path.end()) {
    for (std::size_t i = 0; i < path.size(); ++i) {
      text += name_of(path[i]);
      if (i > 0) text += " holds " + threads[path[i - 1]].lock->name() + " and";
      text += " waits for " + threads[path[i]].lock->name() + "; ";
    }
    return text + name_of(next) + " holds " + threads[path.back()].lock->name() + " and " +
           (threads[next].ended ? "has ended" : "waits for the workers to end");
  }
  // The cycle from its first worker on, so that the same deadlock always reads the same.
  std::vector<std::uint32_t> cycle(start, path.end());
  const auto first = std::min_element(
      cycle.begin(), cycle.end(),
      [&](std::uint32_t a, std::uint32_t b) { return threads[a].worker < threads[b].worker; });
  std::rotate(cycle.begin(), first, cycle.end());
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    const std::uint32_t before = cycle[(i + cycle.size() - 1) % cycle.size()];
    text += std::string(i == 0 ? "" : "; ") + name_of(cycle[i]) + " holds " +
            threads[before].lock->name() + " and waits for " + threads[cycle[i]].lock->name();
  }
  for (auto outside = path.begin(); outside != start; ++outside) {
    text += "; " + name_of(*outside) + " waits for " + threads[*outside].lock->name();
  }
  return text;
}

GILBENCH_END
