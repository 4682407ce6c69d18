// Deciding which dead and dying generators must be closed, and keeping them until then.
#include "runtime/memory/abandoned.h"

#include <algorithm>
#include <new>
#include <unordered_set>
#include <utility>

#include "runtime/memory/heap_walk.h"
#include "runtime/memory/state.h"
#include "runtime/values/visit.h"

GILBENCH_BEGIN

namespace {

bool is_generator_to_close(Object* object) noexcept {
  return object->type == &types::generator && must_be_closed(*as<Generator>(object));
}

// One that lives: it gets a reference more.
bool keep_living(ThreadMemory& thread, Generator* generator) noexcept {
  if (!thread.abandoned.add(generator)) return false;
  retain(generator);
  generator->was_abandoned = true;
  thread.request(kBreakClose);
  return true;
}

// Takes out of `garbage` what can be reached from `kept`, which are among it.
void spare_reachable(std::vector<Object*> kept, std::vector<Object*>* garbage) {
  std::unordered_set<Object*> spared(kept.begin(), kept.end());
  const std::unordered_set<Object*> all(garbage->begin(), garbage->end());
  while (!kept.empty()) {
    Object* parent = kept.back();
    kept.pop_back();
    for_each_reference(parent, [&](Object* child) {
      if (all.count(child) != 0 && spared.insert(child).second) kept.push_back(child);
    });
  }
  std::erase_if(*garbage, [&spared](Object* object) { return spared.count(object) != 0; });
}

}  // namespace

bool Abandoned::add(Generator* generator) noexcept {
  try {
    generators_.push_back(generator);
  } catch (const std::bad_alloc&) {
    return false;
  }
  ++waiting_;
  return true;
}

void Abandoned::reverse_from(std::size_t size) noexcept {
  std::reverse(generators_.begin() + static_cast<std::ptrdiff_t>(size), generators_.end());
}

void Abandoned::close_each(void (*close)(ThreadMemory& thread, Generator* generator),
                           ThreadMemory& thread) noexcept {
  const std::size_t first = generators_.size() - waiting_;
  for (std::size_t i = first; i < generators_.size(); ++i) {
    waiting_ = 0;
    close(thread, as<Generator>(generators_[i]));
    release(std::exchange(generators_[i], nullptr));
  }
  generators_.resize(first);
  waiting_ = 0;
}

std::vector<Object*> Abandoned::take() {
  std::vector<Object*> taken(generators_.end() - static_cast<std::ptrdiff_t>(waiting_),
                             generators_.end());
  generators_.resize(generators_.size() - waiting_);
  waiting_ = 0;
  return taken;
}

bool must_be_closed(const Generator& generator) noexcept {
  if (generator.state != Generator::State::kSuspended || generator.was_abandoned) return false;
  const WorldMemory& world = this_thread_memory().memory;
  if (world.closing.over || world.interrupt_reason() != nullptr) return false;
  const Code& code = *generator.function->code;
  const auto word = static_cast<std::uint32_t>(generator.ip - code.words.data() - 1);
  return std::any_of(code.handlers.begin(), code.handlers.end(), [word](const Handler& handler) {
    return word >= handler.start && word < handler.end;
  });
}

void note_closable([[maybe_unused]] Generator* generator) {
  ThreadMemory& thread = this_thread_memory();
  std::atomic<bool>& flag = thread.memory.closing.may_be_needed;
  if (!flag.load(std::memory_order_relaxed)) flag.store(true, std::memory_order_relaxed);
  if constexpr (!Refs::kCounts) thread.tracing.closable.push_back(generator);
}

bool abandon(Generator* generator) noexcept {
  if (!must_be_closed(*generator)) return false;
  ThreadMemory& thread = this_thread_memory();
  if (!thread.abandoned.add(generator)) return false;
  // As a new object at that place: what may be said of readers that still look at the dead one is
  // said in the policies' init().
  Refs::init(*generator);
  generator->was_abandoned = true;
  thread.request(kBreakClose);
  return true;
}

void abandon_garbage(ThreadMemory& thread, std::vector<Object*>* garbage) noexcept {
  if (std::none_of(garbage->begin(), garbage->end(), is_generator_to_close)) return;
  try {
    std::vector<Object*> kept;
    std::copy_if(garbage->begin(), garbage->end(), std::back_inserter(kept), is_generator_to_close);
    spare_reachable(kept, garbage);
    // Each has a reference now, or dies as it is when the next collection finds it again.
    for (Object* object : kept) keep_living(thread, as<Generator>(object));
  } catch (const std::bad_alloc&) {
    garbage->clear();  // a later collection finds it again
  }
}

void abandon_living(ThreadMemory& thread, [[maybe_unused]] Dict* first) noexcept {
  WorldMemory& world = thread.memory;
  const auto keep = [&thread](Object* object) {
    if (is_generator_to_close(object)) keep_living(thread, as<Generator>(object));
  };
  if constexpr (Refs::kCounts) {
    visit_items(first, keep);
    const auto heap = world.heap.hold();
    for_each_object(world.heap, keep);
  } else {
    for (Object* object : world.tracing.closable_of_ended()) keep(object);
    for (Object* object : thread.tracing.closable) keep(object);
  }
}

void leave_abandoned(ThreadMemory& thread) noexcept {
  if (!thread.abandoned.any()) return;
  Closing& closing = thread.memory.closing;
  try {
    const MutexGuard guard(closing.mutex);
    closing.left.reserve(closing.left.size() + thread.abandoned.all().size());
    for (Object* generator : thread.abandoned.take()) closing.left.push_back(generator);
  } catch (const std::bad_alloc&) {
    return;  // its own, still
  }
  closing.any_left.store(true, std::memory_order_relaxed);
  thread.memory.for_each_thread([](ThreadMemory& other) { other.request(kBreakClose); });
}

void end_closing(ThreadMemory& thread) noexcept {
  Closing& closing = thread.memory.closing;
  closing.over = true;
  thread.abandoned.close_each([](ThreadMemory&, Generator*) {}, thread);
  std::vector<Object*> left;
  {
    const MutexGuard guard(closing.mutex);
    left.swap(closing.left);
  }
  for (Object* generator : left) release(generator);
}

GILBENCH_END
