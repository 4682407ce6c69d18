// The constant types: for each, which references its objects hold and how their memory goes back.
#include "runtime/objects/native_class.h"
#include "runtime/values/types.h"
#include "runtime/values/visit.h"
#include "runtime/world/thread.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

namespace {

// For types of a fixed size without buffers.
template <class T>
void free_fixed(Object* object) {
  as<T>(object)->~T();
  free_object(object, sizeof(T));
}

void free_str(Object* object) { free_object(object, sizeof(Str) + as<Str>(object)->size); }
void free_bytes(Object* object) { free_object(object, sizeof(Bytes) + as<Bytes>(object)->size); }

// Those that visit.h spells out.
template <class T>
void visit_common(Object* object, Visitor visit, void* context) {
  visit_items(as<T>(object), [=](Object* child) { visit(child, context); });
}

void free_tuple(Object* object) {
  free_object(object, sizeof(Tuple) + as<Tuple>(object)->size * sizeof(Object*));
}

void free_list(Object* object) {
  free_buffer(as<List>(object)->items);
  free_fixed<List>(object);
}

void free_dict(Object* object) {
  free_buffer(as<Dict>(object)->entries);
  free_fixed<Dict>(object);
}

void visit_set(Object* object, Visitor visit, void* context) {
  Set* set = as<Set>(object);
  if (set->table == nullptr) return;
  for (std::size_t i = 0; i <= set->mask; ++i) {
    Object* key = set->table[i].key;
    if (key != nullptr && key != Set::dummy()) visit(key, context);
  }
}
void free_set(Object* object) {
  free_buffer(as<Set>(object)->table);
  free_fixed<Set>(object);
}

void visit_view(Object* object, Visitor visit, void* context) {
  visit(as<DictView>(object)->dict, context);
}
void visit_slice(Object* object, Visitor visit, void* context) {
  Slice* slice = as<Slice>(object);
  visit(slice->start, context);
  visit(slice->stop, context);
  visit(slice->step, context);
}
void visit_cell(Object* object, Visitor visit, void* context) {
  visit_if(as<Cell>(object)->value, visit, context);
}
void visit_function(Object* object, Visitor visit, void* context) {
  Function* function = as<Function>(object);
  visit_if(function->name, visit, context);
  visit(function->module, context);
  visit_if(function->defaults, visit, context);
  visit_if(function->keyword_defaults, visit, context);
  visit_if(function->closure, visit, context);
  visit_if(function->doc, visit, context);
  visit_if(function->attributes, visit, context);
}
void visit_bound_method(Object* object, Visitor visit, void* context) {
  visit(as<BoundMethod>(object)->function, context);
  visit(as<BoundMethod>(object)->self, context);
}
void visit_wrapper(Object* object, Visitor visit, void* context) {
  visit(as<Wrapper>(object)->function, context);
  visit_if(as<Wrapper>(object)->setter, visit, context);
}
void visit_super(Object* object, Visitor visit, void* context) {
  visit(as<Super>(object)->owner, context);
  visit(as<Super>(object)->self, context);
}
void visit_class(Object* object, Visitor visit, void* context) {
  Class* klass = as<Class>(object);
  visit_if(klass->name, visit, context);
  visit_if(klass->base, visit, context);
  visit_if(klass->attributes, visit, context);
  for (Str* name : klass->layout.names) visit(name, context);
}
void visit_module(Object* object, Visitor visit, void* context) {
  visit(as<Module>(object)->name, context);
  visit_if(as<Module>(object)->attributes, visit, context);
}
void visit_generator(Object* object, Visitor visit, void* context) {
  Generator* generator = as<Generator>(object);
  visit_if(generator->handled, visit, context);
  visit_if(generator->returned, visit, context);
  if (generator->saved != nullptr) {
    const std::size_t count = generator->function->code->slot_count + generator->stack_depth;
    for (std::size_t i = 0; i < count; ++i) visit_if(generator->saved[i], visit, context);
  }
  visit(generator->function, context);  // last: a visitor that releases it may destroy it
}
void free_generator(Object* object) {
  free_buffer(as<Generator>(object)->saved);
  free_fixed<Generator>(object);
}

template <class T>
constexpr Type leaf(const char* name, Kind kind) {
  return {name, kind, static_cast<std::uint64_t>(kind), nullptr, free_fixed<T>};
}
template <class T>
constexpr Type fixed(const char* name, Kind kind, void (*visit)(Object*, Visitor, void*)) {
  return {name, kind, static_cast<std::uint64_t>(kind), visit, free_fixed<T>};
}
constexpr Type sized(const char* name, Kind kind, void (*visit)(Object*, Visitor, void*),
                     void (*free)(Object*)) {
  return {name, kind, static_cast<std::uint64_t>(kind), visit, free};
}

}  // namespace

namespace types {
constinit const Type none = leaf<Object>("NoneType", Kind::kNone);
constinit const Type not_implemented = leaf<Object>("NotImplementedType", Kind::kNotImplemented);
constinit const Type ellipsis = leaf<Object>("ellipsis", Kind::kEllipsis);
constinit const Type boolean = leaf<Int>("bool", Kind::kBool);
constinit const Type integer = leaf<Int>("int", Kind::kInt);
constinit const Type big_integer = leaf<BigIntObject>("int", Kind::kBigInt);
constinit const Type floating = leaf<Float>("float", Kind::kFloat);
constinit const Type str = sized("str", Kind::kStr, nullptr, free_str);
constinit const Type bytes = sized("bytes", Kind::kBytes, nullptr, free_bytes);
constinit const Type tuple = sized("tuple", Kind::kTuple, visit_common<Tuple>, free_tuple);
constinit const Type list = sized("list", Kind::kList, visit_common<List>, free_list);
constinit const Type dict = sized("dict", Kind::kDict, visit_common<Dict>, free_dict);
constinit const Type dict_keys = fixed<DictView>("dict_keys", Kind::kDictKeys, visit_view);
constinit const Type dict_values = fixed<DictView>("dict_values", Kind::kDictValues, visit_view);
constinit const Type dict_items = fixed<DictView>("dict_items", Kind::kDictItems, visit_view);
constinit const Type set = sized("set", Kind::kSet, visit_set, free_set);
constinit const Type frozen_set = sized("frozenset", Kind::kFrozenSet, visit_set, free_set);
constinit const Type range = leaf<Range>("range", Kind::kRange);
constinit const Type slice = fixed<Slice>("slice", Kind::kSlice, visit_slice);
constinit const Type cell = fixed<Cell>("cell", Kind::kCell, visit_cell);
constinit const Type function = fixed<Function>("function", Kind::kFunction, visit_function);
constinit const Type native_function =
    leaf<NativeFunction>("builtin_function_or_method", Kind::kNativeFunction);
constinit const Type bound_method =
    fixed<BoundMethod>("method", Kind::kBoundMethod, visit_bound_method);
constinit const Type static_method =
    fixed<Wrapper>("staticmethod", Kind::kStaticMethod, visit_wrapper);
constinit const Type class_method =
    fixed<Wrapper>("classmethod", Kind::kClassMethod, visit_wrapper);
constinit const Type property = fixed<Wrapper>("property", Kind::kProperty, visit_wrapper);
constinit const Type super = fixed<Super>("super", Kind::kSuper, visit_super);
constinit const Type klass = fixed<Class>("type", Kind::kClass, visit_class);
constinit const Type module = fixed<Module>("module", Kind::kModule, visit_module);
constinit const Type generator =
    sized("generator", Kind::kGenerator, visit_generator, free_generator);
constinit const Type traceback = {"traceback", Kind::kNative, kTracebackTypeId, nullptr,
                                  free_fixed<Object>};
}  // namespace types

GILBENCH_END
