// The baselines, by primitive: retain and release, locks, allocation, containers; each is a class
// whose run() is the timed loop.
#include "bench/primitives/baselines.h"

#include <atomic>
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/support/annotated_mutex.h"
#include "runtime/support/line_pair.h"

#ifndef GILBENCH_PLAIN_MALLOC
#include <mimalloc.h>
#endif

namespace gilbench {
namespace {

// As the strategies' primitives: sizes that they have in common make the rows comparable.
constexpr std::int64_t kBatch = 1000;
constexpr std::size_t kItems = 1024;
constexpr std::size_t kNames = 64;

// A State holds what run(seat, times) works on: one for all seats, or one each, made on its thread.
template <class State>
class Baseline : public Subject {
 public:
  Baseline(int seats, bool shared) : states_(static_cast<std::size_t>(seats)) {
    if (shared) shared_ = std::make_unique<State>();
  }
  void enter(int seat) override {
    if (shared_ == nullptr) states_[static_cast<std::size_t>(seat)] = std::make_unique<State>();
  }
  void leave(int seat) override { states_[static_cast<std::size_t>(seat)].reset(); }
  void run(int seat, std::int64_t times) override {
    State& state = shared_ != nullptr ? *shared_ : *states_[static_cast<std::size_t>(seat)];
    state.run(static_cast<std::size_t>(seat), times);
  }

 private:
  std::unique_ptr<State> shared_;
  std::vector<std::unique_ptr<State>> states_;
};

// step(i) for i from 0 on; end_batch after every kBatch.
template <class Step, class EndBatch>
inline void repeat(std::int64_t times, Step step, EndBatch end_batch) {
  std::size_t i = 0;
  for (std::int64_t left = times; left > 0; left -= kBatch) {
    const std::size_t end = i + static_cast<std::size_t>(left < kBatch ? left : kBatch);
    for (; i < end; ++i) step(i);
    end_batch();
  }
}
template <class Step>
inline void repeat(std::int64_t times, Step step) {
  repeat(times, step, [] {});
}

// ---- retain and release ----

// What a last release leads to. Never happens here: one reference more is held throughout.
[[gnu::noinline, gnu::cold]] void destroy_counted(void* object) { keep(object); }

// A header as CPython's and ours: a type, then the count.
template <class Count>
struct alignas(kLinePair) Counted {
  const void* type = nullptr;
  Count references{1};
};

struct PlainIncrement {
  Counted<std::uint64_t> counted;

  void run(std::size_t, std::int64_t times) {
    Counted<std::uint64_t>* const object = &counted;
    repeat(times, [object](std::size_t) {
      ++object->references;
      clobber_memory();
      if (--object->references == 0) [[unlikely]]
        destroy_counted(object);
      clobber_memory();
    });
  }
};

#if defined(__x86_64__)
inline std::uint32_t lock_xadd(std::uint32_t* number, std::uint32_t change) {
  asm volatile("lock xaddl %0, %1" : "+r"(change), "+m"(*number) : : "memory", "cc");
  return change;
}
#else
inline std::uint32_t lock_xadd(std::uint32_t* number, std::uint32_t change) {
  return std::atomic_ref(*number).fetch_add(change);
}
#endif

struct RawLockXadd {
  Counted<std::uint32_t> counted;

  void run(std::size_t, std::int64_t times) {
    Counted<std::uint32_t>* const object = &counted;
    repeat(times, [object](std::size_t) {
      lock_xadd(&object->references, 1);
      clobber_memory();
      if (lock_xadd(&object->references, ~0u) == 1) [[unlikely]]
        destroy_counted(object);
      clobber_memory();
    });
  }
};

struct StdAtomic {
  Counted<std::atomic<std::uint32_t>> counted;

  void run(std::size_t, std::int64_t times) {
    Counted<std::atomic<std::uint32_t>>* const object = &counted;
    repeat(times, [object](std::size_t) {
      // relaxed and acq_rel: as shared pointers count.
      object->references.fetch_add(1, std::memory_order_relaxed);
      clobber_memory();
      if (object->references.fetch_sub(1, std::memory_order_acq_rel) == 1) [[unlikely]] {
        destroy_counted(object);
      }
      clobber_memory();
    });
  }
};

// A copy made and dropped. libstdc++ counts without atomic instructions as long as a process has
// never had a second thread; here every row runs on threads of its own.
template <class Pointer>
struct PointerCopy {
  Pointer pointer{new typename Pointer::element_type};

  void run(std::size_t, std::int64_t times) {
    const Pointer* const original = &pointer;
    repeat(times, [original](std::size_t) {
      const Pointer copy(*original);
      keep(copy.get());
      clobber_memory();
    });
  }
};
using SharedPointer = PointerCopy<std::shared_ptr<std::int64_t>>;

template <class Counter>
struct Intrusive : boost::intrusive_ref_counter<Intrusive<Counter>, Counter> {
  std::int64_t value = 0;
};
using PlainIntrusive = PointerCopy<boost::intrusive_ptr<Intrusive<boost::thread_unsafe_counter>>>;
using AtomicIntrusive = PointerCopy<boost::intrusive_ptr<Intrusive<boost::thread_safe_counter>>>;

// ---- locks ----

struct StdMutex {
  std::mutex mutex;

  void run(std::size_t, std::int64_t times) {
    repeat(times, [this](std::size_t) {
      const std::lock_guard guard(mutex);
      clobber_memory();
    });
  }
};

// The obvious global lock: a mutex, given back and taken again. Nobody is made to wait for a
// successor, so under contention the thread that is running tends to get it back.
struct MutexAsGlobalLock {
  std::mutex mutex;

  void run(std::size_t, std::int64_t times) {
    std::unique_lock guard(mutex);
    repeat(times, [&guard](std::size_t) {
      guard.unlock();
      clobber_memory();
      guard.lock();
    });
  }
};

// Two threads taking turns: one step gives the turn away and gets it back.
struct TurnTaking {
  Mutex mutex;
  std::condition_variable changed;
  std::size_t turn GILBENCH_GUARDED_BY(mutex) = 0;

  void run(std::size_t seat, std::int64_t times) {
    MutexGuard guard(mutex);
    repeat(times, [this, seat, &guard](std::size_t) {
      mutex.assume_held();  // by the guard around the loop
      while (turn != seat) changed.wait(guard.native());
      turn = 1 - seat;
      changed.notify_one();
    });
  }
};

// ---- allocation ----

struct IntSized {  // a header and a value
  std::uint64_t words[3];
};

struct NewDelete {
  void run(std::size_t, std::int64_t times) {
    repeat(times, [](std::size_t i) {
      auto* const object = new IntSized{{0, 1, i}};
      keep(object);
      delete object;
    });
  }
};

#ifndef GILBENCH_PLAIN_MALLOC
struct Mimalloc {
  void run(std::size_t, std::int64_t times) {
    repeat(times, [](std::size_t i) {
      auto* const object = new (mi_malloc(sizeof(IntSized))) IntSized{{0, 1, i}};
      keep(object);
      mi_free(object);
    });
  }
};
#endif

struct NewVector {
  void run(std::size_t, std::int64_t times) {
    repeat(times, [this](std::size_t) {
      auto* const four = new std::vector<void*>{this, this, this, this};
      keep(four->data());
      delete four;
    });
  }
};

// ---- containers ----

struct NoMutex {
  void lock() {}
  void unlock() {}
};

template <class Lock>
struct VectorAppend {
  Lock lock;
  std::vector<void*> items;

  void run(std::size_t, std::int64_t times) {
    repeat(
        times,
        [this](std::size_t) {
          const std::lock_guard guard(lock);
          items.push_back(this);
          clobber_memory();
        },
        [this] {
          const std::lock_guard guard(lock);
          items = std::vector<void*>();
        });
  }
};

template <class Lock>
struct VectorRead {
  Lock lock;
  std::vector<void*> items = std::vector<void*>(kItems, this);

  void run(std::size_t seat, std::int64_t times) {
    repeat(times, [this, seat](std::size_t i) {
      const std::lock_guard guard(lock);
      keep(items[(seat + i) & (kItems - 1)]);
    });
  }
};

template <class Lock>
struct MapRead {
  Lock lock;
  std::vector<std::string> names;
  std::unordered_map<std::string, void*> map;

  MapRead() {
    for (std::size_t i = 0; i < kNames; ++i) {
      names.push_back("name_" + std::to_string(i));
      map.emplace(names.back(), this);
    }
  }
  void run(std::size_t seat, std::int64_t times) {
    repeat(times, [this, seat](std::size_t i) {
      const std::lock_guard guard(lock);
      keep(map.find(names[(seat + i) & (kNames - 1)])->second);
    });
  }
};

template <class State>
std::unique_ptr<Subject> make(int seats, bool shared) {
  return std::make_unique<Baseline<State>>(seats, shared);
}

constexpr unsigned kUnshared = kAlone | kApart;
constexpr unsigned kAll = kAlone | kApart | kContended;

const Primitive kBaselines[] = {
    {"retain_release", "plain_increment", kUnshared, make<PlainIncrement>},
    {"retain_release", "raw_lock_xadd", kAll, make<RawLockXadd>},
    {"retain_release", "std_atomic", kAll, make<StdAtomic>},
    {"retain_release", "std_shared_ptr", kAll, make<SharedPointer>},
    {"retain_release", "boost_intrusive_ptr_plain", kUnshared, make<PlainIntrusive>},
    {"retain_release", "boost_intrusive_ptr_atomic", kAll, make<AtomicIntrusive>},
    {"section", "std_mutex", kAll, make<StdMutex>},
    {"attach_detach", "std_mutex", kAlone | kContended, make<MutexAsGlobalLock>},
    {"hand_over", "std_condition_variable", kInPairs, make<TurnTaking>},
    {"allocate_int", "new_delete", kUnshared, make<NewDelete>},
#ifndef GILBENCH_PLAIN_MALLOC
    {"allocate_int", "mimalloc", kUnshared, make<Mimalloc>},
#endif
    {"allocate_list", "std_vector", kUnshared, make<NewVector>},
    {"list_append", "std_vector", kUnshared, make<VectorAppend<NoMutex>>},
    {"list_append", "std_vector_mutex", kAll, make<VectorAppend<std::mutex>>},
    {"list_read", "std_vector", kAll, make<VectorRead<NoMutex>>},
    {"list_read", "std_vector_mutex", kAll, make<VectorRead<std::mutex>>},
    {"dict_read", "std_unordered_map", kAll, make<MapRead<NoMutex>>},
    {"dict_read", "std_unordered_map_mutex", kAll, make<MapRead<std::mutex>>},
};

}  // namespace

std::span<const Primitive> baselines() { return kBaselines; }

}  // namespace gilbench
