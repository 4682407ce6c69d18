// The module threading: locks and identities. A workload's threads are started by its launcher, so
// there is no Thread here.
#include "runtime/interpreter/native_class.h"
#include "runtime/objects/lock.h"

GILBENCH_BEGIN

namespace {

Ref<> allocate_lock(Args args) {
  check_args(args, "_thread.allocate_lock", 0, 0);
  return make_lock();
}

Ref<> allocate_rlock(Args args) {
  check_args(args, "RLock", 0, 0);
  return make_rlock();
}

Ref<> get_ident(Args args) {
  check_args(args, "_thread.get_ident", 0, 0);
  return make_int(BigInt::from_uint64(thread_identity()));
}

constexpr NativeMethod kThreadingFunctions[] = {
    {"Lock", allocate_lock},
    {"RLock", allocate_rlock},
    {"get_ident", get_ident},
};

}  // namespace

Ref<Module> make_threading_module() {
  define_lock_classes(this_thread().world);
  Ref<Module> module = make_module("threading");
  module_add(module.get(), kThreadingFunctions);
  // What acquire() takes at the most, in seconds.
  module_add(module.get(), "TIMEOUT_MAX", make_float(9223372036.0));
  return module;
}

GILBENCH_END
