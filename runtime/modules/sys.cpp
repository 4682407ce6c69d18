// The module sys: what a program may ask about the interpreter.
#include <array>
#include <bit>
#include <limits>

#include "runtime/objects/native.h"
#include "runtime/world/frame.h"

GILBENCH_BEGIN

namespace {

Result get_switch_interval(Args) {
  return make_float(static_cast<double>(this_thread().world.options.switch_interval.count()) *
                    1e-6);
}

Result get_recursion_limit(Args) { return make_int(kMaxDepth); }

Result intern_str(Args args) { return Ref<>::share(intern(str_arg(args[0], "intern"))); }

// What the strategy's counts say, the argument's own reference included. The caller holds none in
// advance: only what others hold so is counted with the rest.
Result get_ref_count(Args args) {
  this_thread().drain_refs();
  return make_int(Refs::references_now(*args[0]));
}

Result exit(Args args) {
  Ref<> status = args.count == 0 ? make_none() : Ref<>::share(args[0]);
  return fail(make_exception(exception_class(X::SystemExit),
                             args.count == 0 ? make_tuple({}) : make_tuple({status.get()})));
}

constexpr NativeMethod kSysFunctions[] = {
    {"getswitchinterval", get_switch_interval, exactly(0)},
    {"getrecursionlimit", get_recursion_limit, exactly(0)},
    {"intern", intern_str, exactly(1)},
    {"getrefcount", get_ref_count, exactly(1)},
    {"exit", exit, between(0, 1)},
};

}  // namespace

Ref<Module> make_sys_module() {
  Ref<Module> module = make_module("sys");
  module_add(module.get(), kSysFunctions);
  module_add(module.get(), "maxsize", make_int(std::numeric_limits<std::int64_t>::max()));
  module_add(module.get(), "byteorder",
             make_str(std::endian::native == std::endian::little ? "little" : "big"));
  module_add(module.get(), "platform", make_str("linux"));
  module_add(module.get(), "argv", make_list());
  return module;
}

GILBENCH_END
