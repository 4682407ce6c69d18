// Lookups of globals, attributes and methods with inline caches: the fast path of each, inline for
// the loop; what a cache does not know is in lookups.cpp.
//
// A cache only says where to look. The value itself is always read from the dict or instance, under
// its section or, where the strategy reads without locks, by the steps of objects/read.h: so a
// cache can never hold a reference to something that has gone. Its key makes a stale answer
// impossible:
//  - globals: the dict's keys_version, which changes when a key comes, goes or moves; no cache is
//    filled with 0, for globals that run hold __name__ at least and no program can clear them;
//  - instances: the type's id, never used twice; layouts only grow;
//  - class attributes: the type's id and the world's class_epoch, which grows with every change of
//    a class, read before the entry. A change that comes between may show or not, as under the
//    lock; but it may bring something other than a function, so the kind is looked at last.
#pragma once

#include "runtime/objects/read.h"
#include "runtime/values/section.h"
#include "runtime/values/types.h"
#include "runtime/world/frame.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

// InlineCache::what
enum CacheKind : std::uint32_t {
  kCacheEmpty = 0,
  kCacheGlobal,         // key: keys_version of the globals; index: entry there
  kCacheBuiltin,        // key: keys_version of the globals; index: entry in the builtins
  kCacheInstanceValue,  // key: type id; index: slot of the instance
  kCacheClassMethod,    // key: type id; epoch; value: the class that has it; index: entry there
  kCacheNativeMethod,   // key: type id; value: the native function
};

// What these reads do where there is a lock to be taken, because a read without it was in vain or
// because the strategy knows none.
inline Ref<> guarded_global(World& world, Dict* globals, const InlineCache& cache) {
  // Nothing changes the builtins once the world is populated, so they need no section.
  Dict* dict = cache.what == kCacheGlobal ? globals : world.builtins->attributes;
  Section section(globals);
  if (globals->keys_version != cache.key) [[unlikely]]
    return {};
  return share_read(dict->entries[cache.index].value);
}
inline Ref<> guarded_instance_value(Instance* instance, std::uint32_t index) {
  Section section(instance);
  if (index >= instance->capacity) return {};
  return share_read(instance->values[index]);
}
inline Ref<> guarded_class_value(Dict* attributes, const InlineCache& cache) {
  Section section(attributes);
  // The epoch may have moved since it was looked at: then so has this.
  if (attributes->keys_version != cache.keys_version) return {};
  return share_read(attributes->entries[cache.index].value);
}

// The value, or null when the cache does not tell. An empty cache never does: its key is no dict's.
GILBENCH_INLINE Ref<> cached_global(World& world, Dict* globals, const InlineCache& cache) {
  if constexpr (kReadsUnlocked) {
    Dict* dict = cache.what == kCacheGlobal ? globals : world.builtins->attributes;
    // The entries first: while the keys are those of the cache, which never come again, they are
    // the table's to which the index belongs.
    Dict::Entry* const entries = load_shared(dict->entries);
    const auto same = [globals, site = &cache]() GILBENCH_INLINE_LAMBDA {
      return load_shared(globals->keys_version) == site->key;
    };
    if (!same()) [[unlikely]]
      return {};
    if (Object* value = read_table_slot(entries[cache.index].value, same)) [[likely]]
      return Ref<>::adopt(value);
    return Ref<>::adopt(outlined(
        [&world, globals, site = &cache] { return guarded_global(world, globals, *site).take(); }));
  }
  return guarded_global(world, globals, cache);
}

// Takes over the value's reference and returns true when the cache knows its place. (For the loop
// alone: it drops the old value.)
inline bool store_cached_global(Dict* globals, const InlineCache& cache, Object* value) {
  Object* old;
  {
    Section section(globals);
    if (cache.what != kCacheGlobal || globals->keys_version != cache.key) return false;
    old = exchange_shared(globals->entries[cache.index].value, value);
  }
  drop(old);
  return true;
}

GILBENCH_INLINE Ref<> cached_instance_value(Object* object, const InlineCache& cache) {
  if (object->type->id != cache.key || cache.what != kCacheInstanceValue) [[unlikely]]
    return {};
  Instance* instance = as<Instance>(object);
  if constexpr (kReadsUnlocked) {
    if (Object* value = read_growing(instance->values, instance->capacity, cache.index)) [[likely]]
      return Ref<>::adopt(value);
    return Ref<>::adopt(outlined([instance, index = cache.index] {
      return guarded_instance_value(instance, index).take();
    }));
  }
  return guarded_instance_value(instance, cache.index);
}

// Likewise.
GILBENCH_INLINE bool store_cached_instance_value(Object* object, const InlineCache& cache,
                                                 Object* value) {
  if (object->type->id != cache.key || cache.what != kCacheInstanceValue) [[unlikely]]
    return false;
  Instance* instance = as<Instance>(object);
  Object* old;
  {
    Section section(instance);
    if (cache.index >= instance->capacity) return false;
    old = exchange_shared(instance->values[cache.index], value);
  }
  drop_if(old);
  return true;
}

// What a class may by now have there instead, as a staticmethod, is bound in another way.
GILBENCH_INLINE Ref<> as_method(Object* owned_value) {
  if (owned_value == nullptr) [[unlikely]]
    return {};
  const Kind kind = owned_value->kind();
  if (kind == Kind::kFunction || kind == Kind::kNativeFunction) [[likely]]
    return Ref<>::adopt(owned_value);
  outlined([owned_value] { release(owned_value); });
  return {};
}

// The function to call with an object of that type (Type::id) as its first argument; null when the
// cache does not tell.
GILBENCH_INLINE Ref<> cached_method(World& world, std::uint64_t type_id, const InlineCache& cache) {
  if (type_id != cache.key) [[unlikely]]
    return {};
  if (cache.what == kCacheNativeMethod) return Ref<>::share(cache.value);
  if (cache.what != kCacheClassMethod) return {};
  // (W2) acquire: pairs with (W1); what the class looked like at that epoch is seen.
  if (world.class_epoch.load(std::memory_order_acquire) != cache.epoch) return {};
  Dict* attributes = as<Class>(cache.value)->attributes;
  if constexpr (kReadsUnlocked) {
    Dict::Entry* const entries = load_shared(attributes->entries);  // first: as in cached_global()
    const auto same = [attributes, site = &cache]() GILBENCH_INLINE_LAMBDA {
      return load_shared(attributes->keys_version) == site->keys_version;
    };
    if (!same()) return {};
    Object* value = read_table_slot(entries[cache.index].value, same);
    if (value == nullptr) [[unlikely]] {
      value = outlined(
          [attributes, site = &cache] { return guarded_class_value(attributes, *site).take(); });
    }
    return as_method(value);
  }
  return as_method(guarded_class_value(attributes, cache).take());
}

// The __init__ that instances of the class have, if it is a function; null otherwise.
Ref<> find_init(Thread& thread, Class* klass);

Result load_global_slow(Thread& thread, Frame* frame, std::uint32_t site);
void store_global_slow(Thread& thread, Frame* frame, std::uint32_t site, Object* value);
Result load_name(Thread& thread, Frame* frame, std::uint32_t site);
Result load_attribute_slow(Thread& thread, Object* object, std::uint32_t site);
Outcome store_attribute_slow(Thread& thread, Object* object, std::uint32_t site, Object* value);
// callable and self-or-null into out[0], out[1].
Outcome load_method_slow(Thread& thread, Object* object, std::uint32_t site, Object** out);
Outcome load_super_method(Thread& thread, Object* klass, Object* self, std::uint32_t site,
                          Object** out);

GILBENCH_END
