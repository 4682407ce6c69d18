// Classes and their instances: layout, creation, what a change of a class means.
#include "runtime/objects/classes.h"

#include <algorithm>
#include <cstring>

#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"
#include "runtime/values/visit.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

namespace {

// New instances have room for a few attributes before their class has seen any.
constexpr std::uint32_t kFirstCapacity = 4;

std::size_t instance_size(const Class* klass) {
  return klass->is_exception ? sizeof(Exception) : sizeof(Instance);
}

Object** inline_values(Instance* instance) {
  return reinterpret_cast<Object**>(reinterpret_cast<char*>(instance) +
                                    instance_size(instance->type->instance_class));
}

void visit_instance(Object* object, Visitor visit, void* context) {
  visit_items(as<Instance>(object), [=](Object* child) { visit(child, context); });
}

// An instance owns a reference to its class, which its type lies in: given back last, here.
void free_instance(Object* object) {
  Instance* instance = as<Instance>(object);
  Class* klass = object->type->instance_class;
  if (klass->is_exception) delete as<Exception>(object)->traceback;
  if (instance->values != inline_values(instance)) free_buffer(instance->values);
  free_object(object, instance_size(klass) + instance->inline_capacity * sizeof(Object*));
  release(klass);
}

// In the instance's section. The old buffer, to be freed outside it.
Object** grow(Instance* instance, std::uint32_t needed) {
  const std::uint32_t capacity = std::max(needed, instance->capacity * 2);
  auto** values = static_cast<Object**>(allocate_buffer(capacity * sizeof(Object*)));
  std::copy(instance->values, instance->values + instance->capacity, values);
  std::fill(values + instance->capacity, values + capacity, nullptr);
  Object** old = instance->values;
  // The values first: a reader that sees the new capacity sees them, too.
  store_shared(instance->values, values);
  store_shared(instance->capacity, capacity);
  return old == inline_values(instance) ? nullptr : old;
}

// How many attributes instances of the class have been seen to have. An old answer makes an
// instance that has to grow, or has room to spare.
std::uint32_t known_attributes(Class* klass) {
  if constexpr (kReadsUnlocked) {
    return load_shared(klass->layout.count);
  } else {
    Section section(klass);
    return klass->layout.count;
  }
}

std::uint32_t known_index(Class* klass, Str* name) {
  Section section(klass);
  return klass->layout.find(name);
}

// The name's place in the layout, given to it now if it has none.
std::uint32_t layout_index(Class* klass, Str* name) {
  Section section(klass);
  std::uint32_t index = klass->layout.find(name);
  if (index == AttributeLayout::kNotFound) {
    index = static_cast<std::uint32_t>(klass->layout.names.size());
    klass->layout.names.push_back(name);
    retain(name);
    store_shared(klass->layout.count, index + 1);
    class_changed(klass);  // before anybody can find the name and leave it at that
  }
  return index;
}

}  // namespace

void class_changed(Class*) {
  // (W1) release: pairs with (W2) and (W3): who sees the new epoch sees the changed class.
  this_thread().world.class_epoch.fetch_add(1, std::memory_order_release);
}

Ref<Class> make_class(Str* name, Class* base, Dict* attributes, bool is_exception) {
  World& world = this_thread().world;
  Class* klass = allocate_object<Class>(types::klass);
  retain(name);
  klass->name = name;
  klass->base = base != nullptr ? base : world.object_class;
  if (klass->base != nullptr) {
    retain(klass->base);
    klass->construct = klass->base->construct;
  }
  retain(attributes);
  klass->attributes = attributes;
  klass->is_exception = is_exception;
  if (dict_find(attributes, world.names.eq))
    klass->defines_eq.store(true, std::memory_order_relaxed);
  if (dict_find(attributes, world.names.hash))
    klass->defines_hash.store(true, std::memory_order_relaxed);
  klass->instance_type = {klass->name->data,
                          Kind::kInstance,
                          world.next_type_id.fetch_add(1, std::memory_order_relaxed),
                          visit_instance,
                          free_instance,
                          klass};
  class_changed(klass);
  return Ref<Class>::adopt(klass);
}

Ref<Instance> make_instance(Class* klass) {
  const std::uint32_t capacity = std::max(kFirstCapacity, known_attributes(klass));
  const std::size_t size = instance_size(klass) + capacity * sizeof(Object*);
  Instance* instance;
  if (klass->is_exception) {
    Exception* exception = allocate_object<Exception>(klass->instance_type, size);
    exception->args = nullptr;
    exception->cause = exception->context = nullptr;
    exception->suppress_context = false;
    exception->traceback = nullptr;
    instance = exception;
  } else {
    instance = allocate_object<Instance>(klass->instance_type, size);
  }
  retain(klass);
  instance->inline_capacity = instance->capacity = capacity;
  instance->values = inline_values(instance);
  std::fill(instance->values, instance->values + capacity, nullptr);
  return Ref<Instance>::adopt(instance);
}

bool layout_has(Class* klass, Str* name) {
  return known_index(klass, name) != AttributeLayout::kNotFound;
}

Ref<> instance_value(Instance* instance, Str* name) {
  const std::uint32_t index = known_index(instance->type->instance_class, name);
  if (index == AttributeLayout::kNotFound) return {};
  if (Object* value = read_growing(instance->values, instance->capacity, index)) {
    return Ref<>::adopt(value);
  }
  Section section(instance);
  return index < instance->capacity ? share_read(instance->values[index]) : Ref<>();
}

void set_instance_value(Instance* instance, Str* name, Object* value) {
  const std::uint32_t index = layout_index(instance->type->instance_class, name);
  Object** old_values = nullptr;
  Object* old;
  {
    Section section(instance);
    if (index >= instance->capacity) old_values = grow(instance, index + 1);
    if (value != nullptr) retain(value);
    old = exchange_shared(instance->values[index], value);
  }
  retire_buffer(old_values);
  release_if(old);
}

Ref<> take_instance_value(Instance* instance, Str* name) {
  const std::uint32_t index = known_index(instance->type->instance_class, name);
  Section section(instance);
  if (index >= instance->capacity) return {};  // or kNotFound
  return Ref<>::adopt(exchange_shared(instance->values[index], nullptr));
}

GILBENCH_END
