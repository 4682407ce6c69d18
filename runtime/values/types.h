// The layout of the built-in types. What can be done with them is in operations.h and in one .cpp
// per type. "Guarded" fields are read and written only inside a Section of their object. Where the
// strategy reads without locks (kReadsUnlocked), those of lists, dicts and instances, and the value
// of a cell, are written there by store_shared() and may be read outside as read.h says.
#pragma once

#include <atomic>
#include <cassert>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/program/program.h"
#include "runtime/support/big_int.h"
#include "runtime/support/hash.h"
#include "runtime/values/object.h"
#include "runtime/values/ref.h"
#include "runtime/values/result.h"

GILBENCH_BEGIN

struct Str;
struct Tuple;
struct Dict;
struct Thread;

// ---- singletons and numbers: immutable ----

struct Int : Object {  // also Bool: 0 or 1
  std::int64_t value;
};
struct BigIntObject : Object {
  BigInt value;  // never fits 64 bits
};
struct Float : Object {
  double value;
};

// ---- text: immutable ----

struct Str : Object {
  // relaxed: two threads may both compute it, and store the same number.
  std::atomic<Hash> hash;  // kNoHash until asked for
  std::size_t size;        // bytes of UTF-8
  std::size_t length;      // code points
  char data[1];            // size bytes and a NUL

  static constexpr Hash kNoHash = -1;
  bool is_ascii() const { return size == length; }
  std::string_view view() const { return {data, size}; }
};

struct Bytes : Object {
  std::size_t size;
  char data[1];  // size bytes and a NUL

  std::string_view view() const { return {data, size}; }
};

// ---- sequences ----

struct Tuple : Object {  // immutable once published
  std::size_t size;
  Object* items[1];
};

struct List : Object {
  std::size_t size = 0;      // guarded
  std::size_t capacity = 0;  // guarded
  Object** items = nullptr;  // guarded; owned references
};

struct Range : Object {  // immutable; bounds of 64 bits
  std::int64_t start, stop, step, length;
};

struct Slice : Object {  // immutable
  Object *start, *stop, *step;
};

// ---- hash tables ----

// Insertion-ordered: `indices` is an open-addressing table of positions in `entries` (kEmpty,
// kDeleted or a position). Deleted entries have a null key until the next table. A dict that never
// had a key has no table.
struct Dict : Object {
  struct Entry {
    Hash hash;
    Object* key;    // owned; null where deleted
    Object* value;  // owned
  };
  static constexpr std::int32_t kEmpty = -1;
  static constexpr std::int32_t kDeleted = -2;
  static constexpr int kChangeBits = 24;

  std::size_t size = 0;      // guarded: live entries
  std::size_t used = 0;      // guarded: entries used, deleted ones too
  std::size_t capacity = 0;  // guarded: entries there is room for (2/3 of the indices at first)
  std::size_t mask = 0;      // guarded: number of indices - 1
  Entry* entries = nullptr;  // guarded: one buffer holds entries, then indices
  std::int32_t* indices = nullptr;  // guarded
  // Guarded: changes whenever a key comes, goes or moves; never for a new value of a key. No two
  // states of keys in a world have the same one, so that it tells dicts apart as well; 0: no table.
  // The low kChangeBits count the changes within one table, the others are the table's own number,
  // drawn by each thread from a block of them (dict_table.h): a change costs an addition, not an
  // atomic instruction on a line that all threads want.
  std::uint64_t keys_version = 0;
};

// A table whose order of iteration is CPython's for the same hashes and history.
struct Set : Object {  // also FrozenSet, which is immutable once published
  struct Entry {
    Object* key;  // owned; null: never used; dummy(): deleted
    Hash hash;
  };
  static Object* dummy() { return reinterpret_cast<Object*>(std::uintptr_t{1}); }

  std::size_t size = 0;    // guarded: live entries
  std::size_t fill = 0;    // guarded: live and deleted entries
  std::size_t mask = 0;    // guarded: number of entries - 1
  std::size_t finger = 0;  // guarded: where pop() looks next
  // Guarded: grows with every new table and every deleted entry that is used again: then an equal
  // item may stand before the place where an interrupted search stopped, and it must start again.
  std::uint64_t generation = 0;
  Entry* table = nullptr;  // guarded; null: never had an item
};

inline bool is_frozen(const Set* set) { return set->kind() == Kind::kFrozenSet; }

// Keys, values or items of a dict: kind() tells which.
struct DictView : Object {  // immutable
  Dict* dict;               // owned
};

// ---- code ----

struct Cell : Object {
  Object* value = nullptr;  // guarded; owned; null: unbound
};

struct Module;

struct Function : Object {
  const Code* code;           // belongs to the Program, which outlives the world
  Str* name;                  // owned
  Module* module;             // owned: its dict is the function's globals
  Tuple* defaults = nullptr;  // owned or null; set before publication
  Dict* keyword_defaults = nullptr;
  Tuple* closure = nullptr;  // cells
  Str* doc = nullptr;
  Dict* attributes = nullptr;  // guarded; owned; null until the program sets one
};

// The arguments of a native call: positional ones, then the values of the keywords named in
// `keywords`. All borrowed. What a native may expect of them is in its row (native_row.h).
struct Args {
  Object* const* values;
  std::size_t count;          // positional
  Tuple* keywords = nullptr;  // null: none
  Object* operator[](std::size_t i) const {
    assert(i < count);
    return values[i];
  }
  // An argument that need not be given: null where it is not.
  Object* get(std::size_t i) const { return i < count ? values[i] : nullptr; }
  // Of the parameters that are given by name only (Keywords::kAfter): null where not given.
  Object* named(std::size_t i) const { return keywords == nullptr ? nullptr : values[count + i]; }
  Object* const* begin() const { return values; }
  Object* const* end() const { return values + count; }
};

using NativeCode = Result (*)(Args args);
struct NativeMethod;

// What a native's first argument is, before those that the program wrote.
enum class Binding : std::uint8_t {
  kFunction,      // none
  kStaticMethod,  // none
  kMethod,        // self, an object of the owner
  kProperty,      // the same
  kClassMethod,   // a class
  kConstructor,   // the class to be made an object of: never a NativeFunction
};
constexpr bool needs_receiver(Binding binding) {
  return binding == Binding::kMethod || binding == Binding::kProperty ||
         binding == Binding::kClassMethod;
}

// Called by call_native() only, which checks what the row asks for.
struct NativeFunction : Object {  // immutable
  const char* name;
  const NativeMethod* row;  // constant, for ever
  NativeCode code;          // the row's
  Class* owner;  // of a method (borrowed: lives as long as the world), null for functions
  Str* module;   // what messages call a function's module (interned), null: nothing
  // What a call is first compared with: positional arguments, self or the class among them, from
  // `least` to `least + spread`; and the type of the first, null: any.
  const Type* receiver;
  std::uint32_t least;
  std::uint32_t spread;
  Binding binding;
};

struct BoundMethod : Object {  // immutable
  Object* function;            // owned
  Object* self;                // owned
};

// staticmethod, classmethod, property: what a class attribute is wrapped in; kind() tells which.
struct Wrapper : Object {  // immutable
  Object* function;        // owned; a property's getter
  Object* setter;          // owned or null; a property's
};

// ---- classes ----

// Where the instances of a class keep each attribute. Names are only ever added.
struct AttributeLayout {
  std::vector<Str*> names;  // interned, owned
  std::uint32_t count = 0;  // names.size(), for readers without a lock: a hint

  static constexpr std::uint32_t kNotFound = ~0u;
  std::uint32_t find(const Str* name) const {
    for (std::uint32_t i = 0; i < names.size(); ++i) {
      if (names[i] == name) return i;
    }
    return kNotFound;
  }
};

struct Class : Object {
  Str* name = nullptr;            // owned
  Class* base = nullptr;          // owned; null for object and the other roots
  Dict* attributes = nullptr;     // owned
  AttributeLayout layout;         // guarded by the class's section
  const Type* builtin = nullptr;  // the type whose objects belong to this class; null if none
  // Makes an object of a built-in class; inherited by subclasses.
  const NativeMethod* construct = nullptr;
  bool is_exception = false;
  // The class itself defines __eq__. Only ever set. relaxed: equality of keys is asked by threads
  // that got the key from the one that made the class, through some section.
  std::atomic<bool> defines_eq{false};
  std::atomic<bool> defines_hash{false};  // the same for __hash__
  Type instance_type = {};     // of its instances, when it is a Python class or an exception
  const Code* body = nullptr;  // of a class statement; belongs to the Program
};

struct Instance : Object {
  std::uint32_t inline_capacity;  // room after the object: what its class was known to need
  std::uint32_t capacity;         // guarded
  Object** values;  // guarded; owned references, null where unset; indexed by the class's layout
};

// An instance of an exception class. Fields are set by the thread that raises it.
struct Exception : Instance {
  Tuple* args;         // guarded; owned
  Exception* cause;    // guarded; owned or null: `raise ... from cause`
  Exception* context;  // guarded; owned or null: raised while this one was handled
  bool suppress_context;
  struct TracebackEntry {
    const std::string* name;  // of the code; belongs to the Program
    std::uint32_t line;
  };
  std::vector<TracebackEntry>* traceback;  // guarded; innermost last ... outermost first
};

struct Module : Object {
  Str* name;         // owned
  Dict* attributes;  // owned
};

// A zero-argument super() that is not called on the spot.
struct Super : Object {
  Class* owner;  // owned
  Object* self;  // owned
};

// A suspended frame: its slots and operands, moved here while it does not run.
struct Generator : Object {
  Function* function;         // owned
  const Word* ip;             // where to go on
  std::uint32_t stack_depth;  // operands saved
  enum class State : std::uint8_t { kCreated, kSuspended, kRunning, kFinished } state;
  bool was_abandoned;  // it has been kept to be closed once, and is not again: memory/abandoned.h
  Tuple* handled;      // owned or null: the exceptions being handled inside, innermost last
  Object** saved;      // slots, then operands
  Object* returned;    // guarded; owned or null: what it returned, until its StopIteration is made
};

// ---- identity of types ----

// The constant types, by address. Defined in objects/types.cpp.
namespace types {
extern const Type none, not_implemented, ellipsis, boolean, integer, big_integer, floating, str,
    bytes, tuple, list, dict, dict_keys, dict_values, dict_items, set, frozen_set, range, slice,
    cell, function, native_function, bound_method, static_method, class_method, property, super,
    klass, module, generator, traceback;
}  // namespace types

inline bool is_int(const Object* o) { return o->type == &types::integer; }  // not bool, not big
inline bool is_float(const Object* o) { return o->type == &types::floating; }
inline bool is_str(const Object* o) { return o->type == &types::str; }
inline bool is_bool(const Object* o) { return o->type == &types::boolean; }
inline bool is_none(const Object* o) { return o->type == &types::none; }
inline bool is_instance(const Object* o) { return o->type->kind == Kind::kInstance; }
inline std::int64_t int_value(const Object* o) { return static_cast<const Int*>(o)->value; }
inline double float_value(const Object* o) { return static_cast<const Float*>(o)->value; }
template <class T>
T* as(Object* o) {
  return static_cast<T*>(o);
}

GILBENCH_END
