// The slow path of each lookup: does it in full, then fills the site's cache if the answer may be
// cached.
#include "runtime/interpreter/lookups.h"

#include "runtime/objects/classes.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"

GILBENCH_BEGIN

namespace {

Str* site_name(Thread& thread, std::uint32_t site) {
  const World& world = thread.world;
  return as<Str>(world.constants[world.program->cache_sites[site].name]);
}

// The class whose borrowed pointer the cache keeps stays alive while the epoch is the same: a class
// can only go after its last instance and subclass, and the cache's key is the id of such a type,
// which is then never looked up again.
void fill_class_cache(InlineCache& cache, std::uint64_t type_id, std::uint64_t epoch, Class* owner,
                      Str* name) {
  std::uint32_t entry;
  Section section(owner->attributes);
  if (!dict_locate(owner->attributes, name, &entry)) return;
  cache = {type_id, epoch, owner->attributes->keys_version, owner, entry, kCacheClassMethod};
}

}  // namespace

Ref<> find_init(Thread& thread, Class* klass) {
  const std::uint64_t id = klass->instance_type.id;
  InlineCache& cache = thread.init_caches[id % Thread::kInitCaches];
  if (Ref<> init = cached_method(thread.world, id, cache)) [[likely]]
    return init;
  // (W3), as in load_method_slow().
  const std::uint64_t epoch = thread.world.class_epoch.load(std::memory_order_acquire);
  Class* owner = nullptr;
  Ref<> init = class_attribute(klass, thread.world.names.init, &owner);
  if (!init || init->kind() != Kind::kFunction) return {};
  fill_class_cache(cache, id, epoch, owner, thread.world.names.init);
  return init;
}

Result load_global_slow(Thread& thread, Frame* frame, std::uint32_t site) {
  Str* name = site_name(thread, site);
  Dict* globals = frame->globals;
  InlineCache& cache = thread.caches[site];
  {
    Section section(globals);
    std::uint32_t entry;
    if (dict_locate(globals, name, &entry)) {
      cache = {globals->keys_version, 0, 0, nullptr, entry, kCacheGlobal};
      return Ref<>::share(globals->entries[entry].value);
    }
    Dict* builtins = thread.world.builtins->attributes;  // constant: no section
    if (dict_locate(builtins, name, &entry)) {
      cache = {globals->keys_version, 0, 0, nullptr, entry, kCacheBuiltin};
      return Ref<>::share(builtins->entries[entry].value);
    }
  }
  return fail(X::NameError, "name '", name->view(), "' is not defined");
}

void store_global_slow(Thread& thread, Frame* frame, std::uint32_t site, Object* value) {
  Str* name = site_name(thread, site);
  Dict* globals = frame->globals;
  dict_set(globals, name, value);
  Section section(globals);
  std::uint32_t entry;
  if (dict_locate(globals, name, &entry)) {
    thread.caches[site] = {globals->keys_version, 0, 0, nullptr, entry, kCacheGlobal};
  }
}

Result load_name(Thread& thread, Frame* frame, std::uint32_t site) {
  if (frame->names != nullptr) {
    if (Ref<> value = dict_find(frame->names, site_name(thread, site))) return value;
  }
  return load_global_slow(thread, frame, site);
}

Result load_attribute_slow(Thread& thread, Object* object, std::uint32_t site) {
  Str* name = site_name(thread, site);
  if (is_instance(object)) {
    Class* klass = object->type->instance_class;
    std::uint32_t index;
    {
      Section section(klass);
      index = klass->layout.find(name);
    }
    if (index != AttributeLayout::kNotFound) {
      thread.caches[site] = {object->type->id, 0, 0, nullptr, index, kCacheInstanceValue};
    }
  }
  return try_get_attribute(object, name);
}

Outcome store_attribute_slow(Thread& thread, Object* object, std::uint32_t site, Object* value) {
  Str* name = site_name(thread, site);
  if (Outcome stored = try_set_attribute(object, name, value); !stored) return stored;
  // A property of that name would have been called: only a name of the layout is cached.
  if (!is_instance(object)) return {};
  Class* klass = object->type->instance_class;
  Section section(klass);
  const std::uint32_t index = klass->layout.find(name);
  if (index != AttributeLayout::kNotFound) {
    thread.caches[site] = {object->type->id, 0, 0, nullptr, index, kCacheInstanceValue};
  }
  return {};
}

Outcome load_method_slow(Thread& thread, Object* object, std::uint32_t site, Object** out) {
  Str* name = site_name(thread, site);
  InlineCache& cache = thread.caches[site];
  if (is_instance(object)) {
    // Read before the lookup: if a class changes meanwhile, the cache is already out of date.
    // (W3) acquire: pairs with (W1); what is looked up is no older than this epoch.
    const std::uint64_t epoch = thread.world.class_epoch.load(std::memory_order_acquire);
    if (!instance_value(as<Instance>(object), name)) {
      Class* owner = nullptr;
      Ref<> value = class_attribute(object->type->instance_class, name, &owner);
      if (value && (value->kind() == Kind::kFunction || value->kind() == Kind::kNativeFunction)) {
        // Names that some instance has beside the class's method are never cached.
        if (!layout_has(object->type->instance_class, name)) {
          fill_class_cache(cache, object->type->id, epoch, owner, name);
        }
        out[0] = value.take();
        out[1] = Ref<>::share(object).take();
        return {};
      }
    }
  } else if (object->kind() != Kind::kModule && object->kind() != Kind::kClass &&
             object->kind() != Kind::kSuper) {
    Ref<> value = class_attribute(class_of(object), name);
    if (value && value->kind() == Kind::kNativeFunction) {
      cache = {object->type->id, 0, 0, value.get(), 0, kCacheNativeMethod};
      out[0] = value.take();
      out[1] = Ref<>::share(object).take();
      return {};
    }
  }
  Result attribute = try_get_attribute(object, name);
  if (!attribute) return attribute;
  out[0] = attribute.take();
  out[1] = nullptr;
  return {};
}

Outcome load_super_method(Thread& thread, Object* klass, Object* self, std::uint32_t site,
                          Object** out) {
  Str* name = site_name(thread, site);
  Class* base = as<Class>(klass)->base;
  Ref<> value = base == nullptr ? Ref<>() : class_attribute(base, name);
  if (!value) {
    return fail(X::AttributeError, "'super' object has no attribute '", name->view(), "'");
  }
  if (value->kind() == Kind::kFunction || value->kind() == Kind::kNativeFunction) {
    out[0] = value.take();
    out[1] = Ref<>::share(self).take();
    return {};
  }
  Result bound = bind_attribute(std::move(value), self, class_of(self));
  if (!bound) return bound;
  out[0] = bound.take();
  out[1] = nullptr;
  return {};
}

GILBENCH_END
