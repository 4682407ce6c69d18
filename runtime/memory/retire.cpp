// Buffers are linked through their own bytes. A thread collects them in a batch, gives a full batch
// the next epoch as its goal, and frees it when every online thread has seen that epoch.
#include "runtime/memory/retire.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "runtime/memory/state.h"

GILBENCH_BEGIN

// ---- chains ----

namespace {
// By memcpy: a buffer's size may be any number.
char* link_of(void* buffer) noexcept {
  return static_cast<char*>(buffer) + buffer_size(buffer) - sizeof(void*);
}
}  // namespace

void* RetiredChain::next(void* buffer) noexcept {
  void* next = nullptr;
  std::memcpy(&next, link_of(buffer), sizeof next);
  return next;
}

void RetiredChain::set_next(void* buffer, void* next) noexcept {
  std::memcpy(link_of(buffer), &next, sizeof next);
}

void RetiredChain::add(void* buffer) noexcept {
  set_next(buffer, first_);
  first_ = buffer;
  if (last_ == nullptr) last_ = buffer;
}

void RetiredChain::append(RetiredChain other) noexcept {
  if (other.empty()) return;
  set_next(other.last_, first_);
  first_ = other.first_;
  if (last_ == nullptr) last_ = other.last_;
}

void RetiredChain::free_all() noexcept {
  for (void* buffer = std::exchange(first_, nullptr); buffer != nullptr;) {
    void* following = next(buffer);
    free_buffer(std::exchange(buffer, following));
  }
  last_ = nullptr;
}

// ---- a thread ----

void Retired::join(Retirement& world, ThreadControl& control) {
  world_ = &world;
  control_ = &control;
  const MutexGuard guard(world.mutex_);
  world.threads_.push_back(this);
}

void Retired::leave() noexcept {
  const MutexGuard guard(world_->mutex_);
  auto& threads = world_->threads_;
  threads.erase(std::find(threads.begin(), threads.end(), this));
  if (open_.empty() && waiting_.empty()) return;
  waiting_.append(open_.take());
  close_batch();
  world_->orphans_.append(waiting_.take());
  world_->orphans_goal_ = goal_;  // no other thread has made a later one of orphans
}

void Retired::go_online() noexcept {
  // (Q4) All seq_cst; as acquires the loads pair with (Q5). A thread that frees memory makes its
  // goal (Q5), then reads `seen` (Q6). If it still reads kOffline there, then in the one order of
  // all these the goal comes before the second load of the epoch here, which therefore sees it, and
  // with it what was unlinked.
  std::uint64_t epoch = world_->epoch_.load();
  for (;;) {
    seen_.store(epoch);
    const std::uint64_t now = world_->epoch_.load();
    if (now == epoch) return;
    epoch = now;
  }
}

void Retired::go_offline() noexcept {
  // (Q7) release: pairs with (Q6); the reads before it are over.
  seen_.store(kOffline, std::memory_order_release);
}

void Retired::quiesce() noexcept {
  control_->taken(kBreakQuiesce);
  // (Q8) acquire: pairs with (Q5), by (Q3). (Q9) release, as (Q7): pairs with (Q6).
  seen_.store(world_->epoch_.load(std::memory_order_acquire), std::memory_order_release);
  if (!std::exchange(batch_is_full_, false)) return;
  open_count_ = open_bytes_ = 0;
  if (!waiting_.empty()) free_reached();
  if (!waiting_.empty()) return;
  close_batch();
  free_reached();
}

void Retired::retire(void* buffer) noexcept {
  open_.add(buffer);
  ++open_count_;
  open_bytes_ += buffer_size(buffer);
  if (batch_is_full_ || (open_count_ < kBatch && open_bytes_ < kBatchBytes)) [[likely]]
    return;
  batch_is_full_ = true;
  control_->request(kBreakQuiesce);
}

void Retired::close_batch() noexcept {
  // (Q5) seq_cst for (Q4); as a release it pairs with (Q8) and the loads in (Q4), and publishes
  // that the buffers are unlinked.
  goal_ = world_->epoch_.fetch_add(1) + 1;
  waiting_.append(open_.take());
}

void Retired::free_reached() noexcept {
  std::uint64_t reached = std::numeric_limits<std::uint64_t>::max();
  RetiredChain orphans;
  {
    const MutexGuard guard(world_->mutex_);
    for (Retired* other : world_->threads_) {
      if (other == this) continue;  // it is at a checkpoint, not reading
      // (Q6) seq_cst for (Q4); as an acquire it pairs with (Q7) and (Q9): that thread's reads are
      // over.
      const std::uint64_t seen = other->seen_.load();
      if (seen == kOffline) continue;
      reached = std::min(reached, seen);
      if (seen < goal_) other->control_->request(kBreakQuiesce);
    }
    if (world_->orphans_goal_ <= reached) orphans = world_->orphans_.take();
  }
  orphans.free_all();
  if (goal_ <= reached) waiting_.free_all();
}

Retirement::~Retirement() { orphans_.free_all(); }

void retire_buffer(void* buffer) noexcept {
  if (buffer == nullptr) return;
  if constexpr (kReadsUnlocked) {
    this_thread_memory().retired.retire(buffer);
  } else {
    free_buffer(buffer);
  }
}

GILBENCH_END
