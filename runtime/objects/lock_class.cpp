// The classes lock and RLock: what a program sees of lock.h.
#include <cmath>

#include "runtime/objects/lock_objects.h"
#include "runtime/objects/native_class.h"
#include "runtime/world/frame.h"

GILBENCH_BEGIN

namespace {

template <class T>
void free_lock(Object* object) {
  as<T>(object)->~T();
  free_object(object, sizeof(T));
}

// What acquire(blocking=True, timeout=-1) says of waiting.
struct Patience {
  bool waits;
  Deadline deadline;
};

// A float, or what has an __index__: __float__ is not asked.
double seconds_of(Object* object) {
  return is_float(object) ? float_value(object) : static_cast<double>(to_index_clipped(object));
}

Patience patience_of(Args args) {
  if (args.count == 1) return {true, {}};
  const bool blocking = args.get(1) == nullptr || to_index_clipped(args[1]) != 0;
  const double timeout_s = args.get(2) == nullptr ? -1.0 : seconds_of(args[2]);
  if (!blocking) {
    if (timeout_s != -1.0) {
      raise(X::ValueError, "can't specify a timeout for a non-blocking call");
    }
    return {false, {}};
  }
  if (timeout_s == -1.0) return {true, {}};
  if (std::isnan(timeout_s)) raise(X::ValueError, "Invalid value NaN (not a number)");
  if (timeout_s < 0) raise(X::ValueError, "timeout value must be positive");
  // threading.TIMEOUT_MAX: what fits 64 bits of nanoseconds.
  if (timeout_s > 9223372036.0)
    raise(X::OverflowError, "timestamp too large to convert to C _PyTime_t");
  return {true, time_after(timeout_s)};
}

bool acquire_with(BlockingLock& lock, const Patience& patience, Hold hold) {
  if (lock.try_acquire(hold)) return true;
  return patience.waits && lock.acquire(patience.deadline, hold);
}

// ---- Lock ----

Result lock_acquire(Args args) {
  Lock* self = as<Lock>(args[0]);
  return make_bool(acquire_with(self->lock, patience_of(args), Hold::kLent));
}

Result lock_release(Args args) {
  Lock* self = as<Lock>(args[0]);
  if (!self->lock.release()) return fail(X::RuntimeError, "release unlocked lock");
  return make_none();
}

Result lock_locked(Args args) { return make_bool(as<Lock>(args[0])->lock.held()); }

Result lock_exit(Args args) {
  Lock* self = as<Lock>(args[0]);
  if (!self->lock.release()) return fail(X::RuntimeError, "release unlocked lock");
  return make_none();
}

constexpr Takes kPatience = named(0, "blocking", "timeout");
// As in CPython another name of acquire(). Called by name, no block is known that would end by
// giving the lock back, so it is lent as by acquire().
constexpr Takes kEnter = kPatience.called("acquire");
constexpr NativeMethod kLockMethods[] = {
    {"acquire", lock_acquire, kPatience}, {"release", lock_release, exactly(0)},
    {"locked", lock_locked, exactly(0)},  {"__enter__", lock_acquire, kEnter},
    {"__exit__", lock_exit, at_least(0)},
};

// ---- RLock ----

bool holds(const RLock* self) { return self->lock.holder().thread == this_thread().number; }

bool rlock_take(RLock* self, const Patience& patience) {
  if (holds(self)) {
    ++self->depth;
    return true;
  }
  if (!acquire_with(self->lock, patience, Hold::kOwned)) return false;
  self->depth = 1;
  return true;
}

void rlock_give_back(RLock* self) {
  if (!holds(self)) raise(X::RuntimeError, "cannot release un-acquired lock");
  if (--self->depth == 0) self->lock.release();
}

Result rlock_acquire(Args args) {
  RLock* self = as<RLock>(args[0]);
  return make_bool(rlock_take(self, patience_of(args)));
}

Result rlock_release(Args args) {
  rlock_give_back(as<RLock>(args[0]));
  return make_none();
}

Result rlock_exit(Args args) {
  rlock_give_back(as<RLock>(args[0]));
  return make_none();
}

constexpr NativeMethod kRLockMethods[] = {
    {"acquire", rlock_acquire, kPatience},
    {"release", rlock_release, exactly(0)},
    {"__enter__", rlock_acquire, kEnter},
    {"__exit__", rlock_exit, at_least(0)},
};

}  // namespace

namespace types {
constinit const Type lock = {"lock", Kind::kLock, static_cast<std::uint64_t>(Kind::kLock), nullptr,
                             free_lock<Lock>};
constinit const Type rlock = {"RLock", Kind::kNative, kRLockTypeId, nullptr, free_lock<RLock>};
}  // namespace types

Ref<> enter_lock(Lock* lock) {
  const Frame* frame = this_thread().frame;
  const bool may_move = frame == nullptr || frame->kind == FrameKind::kGenerator;
  lock->lock.acquire({}, may_move ? Hold::kLent : Hold::kOwned);
  return make_bool(true);
}

void define_lock_classes(World& world) {
  define_class(world, types::lock, kLockMethods);
  define_class(world, types::rlock, kRLockMethods);
}

Ref<> make_lock() {
  Lock* lock = allocate_object<Lock>(types::lock);
  lock->lock.set_name("Lock");
  return Ref<>::adopt(lock);
}

Ref<> make_rlock() {
  RLock* lock = allocate_object<RLock>(types::rlock);
  lock->lock.set_name("RLock");
  return Ref<>::adopt(lock);
}

GILBENCH_END
