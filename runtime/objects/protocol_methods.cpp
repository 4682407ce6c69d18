// Each method is one call of the operation, with its result as an object.
#include "runtime/objects/protocol_methods.h"

#include "runtime/objects/iterators.h"

GILBENCH_BEGIN

Result method_len(Args args) { return make_int_from_size(length(args[0])); }

Result method_getitem(Args args) { return get_item(args[0], args[1]); }

Result method_setitem(Args args) {
  set_item(args[0], args[1], args[2]);
  return make_none();
}

Result method_delitem(Args args) {
  delete_item(args[0], args[1]);
  return make_none();
}

Result method_contains(Args args) { return make_bool(contains(args[0], args[1])); }

Result method_iter(Args args) { return iterate(args[0]); }

Result method_next(Args args) {
  Ref<> item = next(args[0]);
  if (!item) return fail_stop_iteration();
  return item;
}

Result method_reversed(Args args) { return make_reversed(args[0]); }

GILBENCH_END
