// The classes of iterators. enumerate, zip, map, filter and reversed are called by programs; of the
// others programs only see the names.
#include "runtime/objects/iterators.h"
#include "runtime/objects/native.h"
#include "runtime/objects/protocol_methods.h"

GILBENCH_BEGIN

namespace {

constexpr NativeMethod kIteratorMethods[] = {{"__iter__", method_iter, slot(0)},
                                             {"__next__", method_next, slot(0)}};

struct IteratorConstructor {
  const Type& type;
  NativeMethod row;
};
constexpr IteratorConstructor kIteratorConstructors[] = {
    {types::enumerate,
     {"enumerate", construct_enumerate,
      // CPython's own words, without the position.
      named(1, "iterable", "start").or_says("enumerate() missing required argument 'iterable'")}},
    {types::zip, {"zip", construct_zip, at_least(0).then("strict")}},
    {types::map,
     {"map", construct_map, at_least(2).or_says("map() must have at least two arguments.")}},
    {types::filter, {"filter", construct_filter, exactly(2)}},
    {types::reversed, {"reversed", construct_reversed, exactly(1)}},
};

const NativeMethod* constructor_of(const Type& type) {
  for (const IteratorConstructor& constructor : kIteratorConstructors) {
    if (&constructor.type == &type) return &constructor.row;
  }
  return nullptr;
}

}  // namespace

void define_iterator_classes(World& world) {
#define I(name, layout, text) \
  define_class(world, types::name, kIteratorMethods, constructor_of(types::name));
  GILBENCH_ITERATORS(I)
#undef I
  for (const auto& [type, row] : kIteratorConstructors) {
    dict_set(world.builtins->attributes, intern(row.name), world.native_class(&type));
  }
}

GILBENCH_END
