// Objects of many kinds, laid out by hand, for tests/gdb/test_printers.py to look at with gdb.
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <new>
#include <string_view>

#include "runtime/values/types.h"

GILBENCH_BEGIN
namespace {

template <Kind kind>
constexpr Type kTypeOf = {"thing", kind, static_cast<std::uint64_t>(kind), nullptr, nullptr};

template <class T>
T* make(const Type& type, std::size_t extra = 0) {
  T* object = new (std::calloc(1, sizeof(T) + extra)) T;
  object->type = &type;
  return object;
}

Object* integer(std::int64_t value) {
  Int* object = make<Int>(kTypeOf<Kind::kInt>);
  object->value = value;
  return object;
}

Str* text(std::string_view value) {
  Str* object = make<Str>(kTypeOf<Kind::kStr>, value.size());
  object->size = object->length = value.size();
  std::memcpy(object->data, value.data(), value.size());
  return object;
}

Tuple* tuple(std::initializer_list<Object*> items) {
  Tuple* object = make<Tuple>(kTypeOf<Kind::kTuple>, items.size() * sizeof(Object*));
  object->size = items.size();
  std::size_t i = 0;
  for (Object* item : items) object->items[i++] = item;
  return object;
}

List* list(std::initializer_list<Object*> items) {
  List* object = make<List>(kTypeOf<Kind::kList>);
  object->size = object->capacity = items.size();
  object->items = new Object*[items.size()];
  std::size_t i = 0;
  for (Object* item : items) object->items[i++] = item;
  return object;
}

}  // namespace

// gdb stops here, and looks at the caller's variables.
[[gnu::noinline]] void look() { asm volatile(""); }

int show() {
  Object* none = make<Object>(kTypeOf<Kind::kNone>);
  Int* truth = make<Int>(kTypeOf<Kind::kBool>);
  truth->value = 1;
  Object* number = integer(-42);
  Float* real = make<Float>(kTypeOf<Kind::kFloat>);
  real->value = 0.5;
  Object* word = text("it's");
  Tuple* single = tuple({number});
  List* nested = list({number, word, list({none, truth})});
  List* endless = list({number});
  endless->items[0] = endless;
  List* broken = list({number});
  broken->items[0] = reinterpret_cast<Object*>(8);
  List* many = make<List>(kTypeOf<Kind::kList>);
  many->size = 1000;
  many->items = new Object*[1000];
  for (std::size_t i = 0; i < 1000; ++i) many->items[i] = none;

  Dict* dict = make<Dict>(kTypeOf<Kind::kDict>);
  dict->entries = new Dict::Entry[3]{{0, word, number}, {0, nullptr, nullptr}, {0, number, single}};
  dict->used = 3;
  dict->size = 2;
  Set* set = make<Set>(kTypeOf<Kind::kSet>);
  set->table = new Set::Entry[4]{{nullptr, 0}, {Set::dummy(), 0}, {number, 0}, {nullptr, 0}};
  set->mask = 3;
  set->size = 1;

  Class* klass = make<Class>(kTypeOf<Kind::kClass>);
  klass->name = text("Point");
  klass->instance_type = {"Point", Kind::kInstance, 1000, nullptr, nullptr, klass};
  Instance* point = make<Instance>(klass->instance_type);
  Class* error_class = make<Class>(kTypeOf<Kind::kClass>);
  error_class->name = text("KeyError");
  error_class->is_exception = true;
  error_class->instance_type = {"KeyError", Kind::kInstance, 1001, nullptr, nullptr, error_class};
  Exception* error = make<Exception>(error_class->instance_type);
  error->args = tuple({word});
  Object* empty = nullptr;
  Object* freed = make<Object>(kTypeOf<Kind::kInt>);
  freed->type = nullptr;
  look();
  // All of them are used here, so that they are still there at look().
  const void* shown[] = {none, truth, number, real,  word,        single, nested, endless, broken,
                         many, dict,  set,    klass, error_class, point,  error,  empty,   freed};
  return shown[0] == nullptr ? 1 : 0;
}

GILBENCH_END

int main() { return gilbench::show(); }
