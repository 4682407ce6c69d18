#include "runtime/memory/retire.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "runtime/interpreter/thread.h"

GILBENCH_BEGIN

void Retired::join(Retirement& world, ThreadControl& control) {
  world_ = &world;
  control_ = &control;
  const MutexGuard guard(world.mutex_);
  world.threads_.push_back(this);
}

void Retired::leave() {
  if (!open_.empty()) close_batch();
  const MutexGuard guard(world_->mutex_);
  auto& threads = world_->threads_;
  threads.erase(std::find(threads.begin(), threads.end(), this));
  for (Batch& batch : waiting_) world_->orphans_.push_back(std::move(batch));
}

void Retired::go_online() {
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
  if (std::exchange(batch_is_full_, false)) {
    close_batch();
    free_reached();
  }
}

void Retired::retire(void* buffer) {
  open_.push_back(buffer);
  open_bytes_ += buffer_size(buffer);
  if (batch_is_full_ || (open_.size() < kBatch && open_bytes_ < kBatchBytes)) [[likely]]
    return;
  batch_is_full_ = true;
  control_->request(kBreakQuiesce);
}

void Retired::close_batch() {
  // (Q5) seq_cst for (Q4); as a release it pairs with (Q8) and the loads in (Q4), and publishes
  // that the buffers are unlinked.
  const std::uint64_t goal = world_->epoch_.fetch_add(1) + 1;
  waiting_.push_back({goal, std::exchange(open_, {})});
  open_bytes_ = 0;
}

void Retired::free_reached() {
  std::uint64_t reached = std::numeric_limits<std::uint64_t>::max();
  std::vector<Batch> orphans;
  {
    const MutexGuard guard(world_->mutex_);
    for (Retired* other : world_->threads_) {
      if (other == this) continue;  // it is at a checkpoint, not reading
      // (Q6) seq_cst for (Q4); as an acquire it pairs with (Q7) and (Q9): that thread's reads are
      // over.
      const std::uint64_t seen = other->seen_.load();
      if (seen == kOffline) continue;
      reached = std::min(reached, seen);
      if (seen < waiting_.back().goal) other->control_->request(kBreakQuiesce);
    }
    for (Batch& orphan : world_->orphans_) {
      if (orphan.goal <= reached) orphans.push_back(std::move(orphan));
    }
    std::erase_if(world_->orphans_, [&](const Batch& orphan) { return orphan.goal <= reached; });
  }
  for (Batch& batch : orphans) {
    for (void* buffer : batch.buffers) free_buffer(buffer);
  }
  std::erase_if(waiting_, [&](const Batch& batch) {
    if (batch.goal > reached) return false;
    for (void* buffer : batch.buffers) free_buffer(buffer);
    return true;
  });
}

Retirement::~Retirement() {
  for (Retired::Batch& batch : orphans_) {
    for (void* buffer : batch.buffers) free_buffer(buffer);
  }
}

void retire_buffer(void* buffer) noexcept {
  if (buffer == nullptr) return;
  if constexpr (kReadsUnlocked) {
    this_thread().retired.retire(buffer);
  } else {
    free_buffer(buffer);
  }
}

GILBENCH_END
