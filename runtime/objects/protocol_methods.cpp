// Each method is one call of the operation, with its result as an object.
#include "runtime/objects/protocol_methods.h"

#include "runtime/objects/iterators.h"

GILBENCH_BEGIN

Ref<> method_len(Args args) { return make_int_from_size(length(args[0])); }

Ref<> method_getitem(Args args) { return get_item(args[0], args[1]); }

Ref<> method_setitem(Args args) {
  set_item(args[0], args[1], args[2]);
  return make_none();
}

Ref<> method_delitem(Args args) {
  delete_item(args[0], args[1]);
  return make_none();
}

Ref<> method_contains(Args args) { return make_bool(contains(args[0], args[1])); }

Ref<> method_iter(Args args) { return iterate(args[0]); }

Ref<> method_next(Args args) {
  Ref<> item = next(args[0]);
  if (!item) raise_stop_iteration();
  return item;
}

Ref<> method_reversed(Args args) { return make_reversed(args[0]); }

GILBENCH_END
