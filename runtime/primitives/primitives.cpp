// The primitives of one strategy. Each is a loop over the runtime's own inline functions, with a
// checkpoint every kBatch steps, as a program would have one.
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "runtime/memory/object_vector.h"
#include "runtime/model.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/make.h"
#include "runtime/primitives/primitive.h"
#include "runtime/values/section.h"
#include "runtime/world/thread.h"
#include "runtime/world/waiting.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

namespace {

constexpr std::int64_t kBatch = 1000;
constexpr std::size_t kItems = 1024;           // of the list that is read; a power of two
constexpr std::size_t kNames = 64;             // in the dict that is read; a power of two
constexpr std::int64_t kNotSmall = 1'000'000;  // an int that is not one of the shared ones

Ref<> new_int(std::size_t number) {
  return make_int(kNotSmall + static_cast<std::int64_t>(number));
}

// What the primitives work on. Made and dropped attached.
struct Objects {
  Ref<> counted = new_int(0);
  Ref<List> growing = make_list();
  Ref<List> list = make_list(kItems);
  Ref<Dict> dict = make_dict();

  Objects() {
    for (std::size_t i = 0; i < kItems; ++i) list_append(list.get(), new_int(i));
    for (std::size_t i = 0; i < kNames; ++i) dict_set(dict.get(), name(i), new_int(i).get());
  }
  // Borrowed: interned names live as long as their world.
  static Str* name(std::size_t i) { return intern("name_" + std::to_string(i)); }

 private:
  [[no_unique_address]] RootSpan span_{this, sizeof(Objects)};
};

// What one seat has to hand while it runs.
struct Seat {
  Thread* thread = nullptr;
  Objects* objects = nullptr;
  std::atomic<int>* ended = nullptr;  // runs that have ended, of all seats
  std::size_t first = 0;     // where it starts to read: seats that share a list read other items
  ObjectVector<Ref<>> item;  // one of its own, to put into lists
  std::vector<Str*> names;   // of the dict's keys
};

// A world of this strategy with nothing in it but what every world has. Its thread is the one that
// makes and destroys it.
class Home {
 public:
  explicit Home(const Choices& choices)
      : world_(std::make_shared<Program>(), EngineOptions{}, choices), thread_(world_) {
    thread_.attach();
    world_.populate();
    thread_.detach();
  }
  ~Home() {
    thread_.attach();
    world_.clear();
    thread_.detach();
  }
  Home(const Home&) = delete;
  Home& operator=(const Home&) = delete;

  World& world() { return world_; }
  Thread& thread() { return thread_; }

 private:
  World world_;
  Thread thread_;
};

using Run = void (*)(Seat& seat, std::int64_t times);

// One world for all seats; or, where workers share nothing, a world for each, made on its thread.
class Stage : public Subject {
 public:
  Stage(Run run, const Choices& choices, int seats, bool shared)
      : run_(run), choices_(choices), places_(static_cast<std::size_t>(seats)) {
    if (!choices.workers_share_objects) return;
    home_ = std::make_unique<Home>(choices);
    if (!shared) return;
    home_->thread().attach();
    shared_objects_ = std::make_unique<Objects>();
    home_->thread().detach();
  }
  ~Stage() override {
    if (shared_objects_ == nullptr) return;
    home_->thread().attach();
    shared_objects_.reset();
    home_->thread().detach();
  }

  void enter(int number) override {
    Place& place = place_of(number);
    Seat& seat = place.seat;
    if (home_ != nullptr) {
      place.thread = std::make_unique<Thread>(home_->world());
      seat.thread = place.thread.get();
    } else {
      place.home = std::make_unique<Home>(choices_);
      seat.thread = &place.home->thread();
    }
    seat.ended = &ended_;
    seat.first = static_cast<std::size_t>(number) * (kItems / places_.size());
    seat.thread->attach();
    if (shared_objects_ == nullptr) place.objects = std::make_unique<Objects>();
    seat.objects = shared_objects_ == nullptr ? place.objects.get() : shared_objects_.get();
    seat.item.push_back(new_int(kItems));
    for (std::size_t i = 0; i < kNames; ++i) seat.names.push_back(Objects::name(i));
    seat.thread->detach();
  }

  void run(int number, std::int64_t times) override {
    Seat& seat = place_of(number).seat;
    seat.thread->attach();
    run_(seat, times);
    seat.thread->detach();
  }

  void leave(int number) override {
    Place& place = place_of(number);
    place.seat.thread->attach();
    ObjectVector<Ref<>>().swap(place.seat.item);  // its memory, too, is this thread's
    place.objects.reset();
    place.seat.thread->detach();
    place.thread.reset();
    place.home.reset();
  }

 private:
  struct Place {
    std::unique_ptr<Home> home;        // null where all share one
    std::unique_ptr<Thread> thread;    // in the world that all share
    std::unique_ptr<Objects> objects;  // null where all share the same
    Seat seat;
  };

  Place& place_of(int number) { return places_[static_cast<std::size_t>(number)]; }

  const Run run_;
  const Choices& choices_;
  std::atomic<int> ended_{0};
  std::unique_ptr<Home> home_;
  std::unique_ptr<Objects> shared_objects_;
  std::vector<Place> places_;
};

// step(i) for i from 0 on; after each batch, end_batch and a checkpoint.
template <class Step, class EndBatch>
inline void repeat(Thread& thread, std::int64_t times, Step step, EndBatch end_batch) {
  std::size_t i = 0;
  for (std::int64_t left = times; left > 0; left -= kBatch) {
    const std::size_t end = i + static_cast<std::size_t>(std::min(left, kBatch));
    for (; i < end; ++i) step(i);
    end_batch();
    thread.checkpoint();
  }
}
template <class Step>
inline void repeat(Thread& thread, std::int64_t times, Step step) {
  repeat(thread, times, step, [] {});
}

void retain_and_release(Seat& seat, std::int64_t times) {
  Object* const object = seat.objects->counted.get();
  repeat(*seat.thread, times, [object](std::size_t) {
    retain(object);
    clobber_memory();
    release(object);
    clobber_memory();
  });
}

void enter_and_leave(Seat& seat, std::int64_t times) {
  Object* const object = seat.objects->counted.get();
  repeat(*seat.thread, times, [object](std::size_t) {
    Section guard(object);
    clobber_memory();
  });
}

void detach_and_attach(Seat& seat, std::int64_t times) {
  repeat(*seat.thread, times, [](std::size_t) { BlockingRegion region; });
}

// Gives the lock to the other thread and waits until it is given back. Where the other has not come
// to take it, nothing would be passed: the holder waits for that first, lock in hand. The other is
// on its way to attach() or has ended, so this wait ends.
void pass_the_lock(Seat& seat, std::int64_t times) {
  Thread& thread = *seat.thread;
  // relaxed: what matters is that the other has ended, not what it did.
  const auto other_ended = [&seat] { return seat.ended->load(std::memory_order_relaxed) % 2 == 1; };
  for (std::int64_t i = 0; i < times; ++i) {
    while (thread.world.threads->waiting() == 0 && !other_ended()) sched_yield();
    thread.request(kBreakDropLock);
    thread.checkpoint();
  }
  seat.ended->fetch_add(1, std::memory_order_relaxed);
}

void make_an_int(Seat& seat, std::int64_t times) {
  repeat(*seat.thread, times, [](std::size_t i) { keep(new_int(i & 0xff).get()); });
}

void make_a_list(Seat& seat, std::int64_t times) {
  Object* const item = seat.item[0].get();
  repeat(*seat.thread, times, [item](std::size_t) {
    Object* items[] = {item, item, item, item};
    keep(make_list_sharing(items).get());
  });
}

// From an empty list on: growing and, every kBatch items, emptying it belong to the price.
void append_to_list(Seat& seat, std::int64_t times) {
  List* const list = seat.objects->growing.get();
  Object* const item = seat.item[0].get();
  repeat(
      *seat.thread, times, [=](std::size_t) { list_append(list, Ref<>::share(item)); },
      [list] { list_clear(list); });
}

void read_list(Seat& seat, std::int64_t times) {
  List* const list = seat.objects->list.get();
  repeat(*seat.thread, times, [list, first = seat.first](std::size_t i) {
    keep(list_item(list, (first + i) & (kItems - 1)).get());
  });
}

void read_dict(Seat& seat, std::int64_t times) {
  Dict* const dict = seat.objects->dict.get();
  Str* const* const names = seat.names.data();
  repeat(*seat.thread, times, [dict, names, first = seat.first](std::size_t i) {
    keep(dict_find(dict, names[(first + i) & (kNames - 1)]).get());
  });
}

// Tasks have one thread between them.
unsigned modes(const Choices& choices, unsigned wanted) {
  if (choices.placement == Placement::kTasks) return wanted & kAlone;
  return choices.workers_share_objects ? wanted : wanted & (kAlone | kApart);
}

}  // namespace

std::vector<Primitive> primitives(const Choices& choices) {
  const auto primitive = [&choices](std::string_view name, Run run, unsigned wanted) {
    return Primitive{name, choices.name, modes(choices, wanted),
                     [&choices, run](int seats, bool shared) -> std::unique_ptr<Subject> {
                       return std::make_unique<Stage>(run, choices, seats, shared);
                     }};
  };
  return {
      primitive("retain_release", retain_and_release, kAlone | kApart | kContended),
      primitive("section", enter_and_leave, kAlone | kApart | kContended),
      primitive("attach_detach", detach_and_attach, kAlone | kContended),
      primitive("hand_over", pass_the_lock, choices.passes_a_lock ? kInPairs : kNever),
      primitive("allocate_int", make_an_int, kAlone | kApart),
      primitive("allocate_list", make_a_list, kAlone | kApart),
      primitive("list_append", append_to_list, kAlone | kApart | kContended),
      primitive("list_read", read_list, kAlone | kApart | kContended),
      primitive("dict_read", read_dict, kAlone | kApart | kContended),
  };
}

GILBENCH_END
