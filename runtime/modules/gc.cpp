// The module gc: the cycle collector, as far as a program needs to turn it.
#include "runtime/memory/cycles.h"
#include "runtime/objects/native.h"

GILBENCH_BEGIN

namespace {

// There are no generations here: every collection is a full one.
Result gc_collect(Args args) {
  Object* generation = args.get(0);
  if (generation != nullptr) {
    const std::int64_t number = to_index(generation);
    if (number < 0 || number > 2) return fail(X::ValueError, "invalid generation");
  }
  return make_int(collect_cycles(this_thread()));
}

Result gc_enable(Args) {
  this_thread().world.collector.enable(true);
  return make_none();
}

Result gc_disable(Args) {
  this_thread().world.collector.enable(false);
  return make_none();
}

Result gc_is_enabled(Args) { return make_bool(this_thread().world.collector.enabled()); }

constexpr NativeMethod kGcFunctions[] = {
    {"collect", gc_collect, named(0, "generation")},
    {"enable", gc_enable, exactly(0)},
    {"disable", gc_disable, exactly(0)},
    {"isenabled", gc_is_enabled, exactly(0)},
};

}  // namespace

Ref<Module> make_gc_module() {
  Ref<Module> module = make_module("gc");
  module_add(module.get(), kGcFunctions);
  return module;
}

GILBENCH_END
