// The classes of iterators. enumerate, zip, map, filter and reversed are called by programs; of the
// others programs only see the names.
#include "runtime/interpreter/native_class.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/protocol_methods.h"

GILBENCH_BEGIN

namespace {

constexpr NativeMethod kIteratorMethods[] = {{"__iter__", method_iter}, {"__next__", method_next}};

NativeCode constructor_of(const Type& type) {
  if (&type == &types::enumerate) return construct_enumerate;
  if (&type == &types::zip) return construct_zip;
  if (&type == &types::map) return construct_map;
  if (&type == &types::filter) return construct_filter;
  if (&type == &types::reversed) return construct_reversed;
  return nullptr;
}

}  // namespace

void define_iterator_classes(World& world) {
#define I(name, layout, text) \
  define_class(world, types::name, kIteratorMethods, constructor_of(types::name));
  GILBENCH_ITERATORS(I)
#undef I
  for (const Type* type :
       {&types::enumerate, &types::zip, &types::map, &types::filter, &types::reversed}) {
    dict_set(world.builtins->attributes, intern(type->name), world.native_class(type));
  }
}

GILBENCH_END
