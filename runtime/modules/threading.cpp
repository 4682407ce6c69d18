// The module threading: locks and identities. A workload's threads are started by its launcher, so
// there is no Thread here.
#include "runtime/objects/lock_objects.h"
#include "runtime/objects/native_class.h"

GILBENCH_BEGIN

namespace {

Result allocate_lock(Args) { return make_lock(); }

Result allocate_rlock(Args) { return make_rlock(); }

Result get_ident(Args) { return make_int(BigInt::from_uint64(thread_identity())); }

constexpr NativeMethod kThreadingFunctions[] = {
    {"Lock", allocate_lock, exactly(0).called("_thread.allocate_lock")},
    {"RLock", allocate_rlock, any_keywords(0, kAnyNumber)},
    {"get_ident", get_ident, exactly(0)},
};

}  // namespace

Ref<Module> make_threading_module() {
  define_lock_classes(this_thread().world);
  Ref<Module> module = make_module("threading");
  module_add(module.get(), kThreadingFunctions, "_thread");
  // What acquire() takes at the most, in seconds.
  module_add(module.get(), "TIMEOUT_MAX", make_float(9223372036.0));
  return module;
}

GILBENCH_END
