#include "runtime/objects/protocol_methods.h"

#include "runtime/interpreter/native_class.h"
#include "runtime/objects/iterators.h"

GILBENCH_BEGIN

namespace {

// These serve many classes: any self will do, and the operation says what it cannot do with it.
void check(Args args, const char* name, std::size_t count) {
  if (args.count == 0) raise_bad_self(args, "object", name);
  check_method(args, name, count, count);
}

}  // namespace

Ref<> method_len(Args args) {
  check(args, "__len__", 0);
  return make_int_from_size(length(args[0]));
}

Ref<> method_getitem(Args args) {
  check(args, "__getitem__", 1);
  return get_item(args[0], args[1]);
}

Ref<> method_setitem(Args args) {
  check(args, "__setitem__", 2);
  set_item(args[0], args[1], args[2]);
  return make_none();
}

Ref<> method_delitem(Args args) {
  check(args, "__delitem__", 1);
  delete_item(args[0], args[1]);
  return make_none();
}

Ref<> method_contains(Args args) {
  check(args, "__contains__", 1);
  return make_bool(contains(args[0], args[1]));
}

Ref<> method_iter(Args args) {
  check(args, "__iter__", 0);
  return iterate(args[0]);
}

Ref<> method_next(Args args) {
  check(args, "__next__", 0);
  Ref<> item = next(args[0]);
  if (!item) raise_stop_iteration();
  return item;
}

Ref<> method_reversed(Args args) {
  check(args, "__reversed__", 0);
  return make_reversed(args[0]);
}

GILBENCH_END
