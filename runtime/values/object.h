// The value type: every Python value is a heap object that starts with a Header.
//
// This header is the map of the house. From here: ref.h counts references, section.h guards
// contents, types.h lays out the built-in types, operations.h says what can be done with any of
// them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "strategies/current.h"

GILBENCH_BEGIN

struct Object;
struct Class;

// What an object is. A built-in type's kind is also its index in World::builtin_classes. All
// instances of classes written in Python are kInstance; their class is in Type::instance_class.
enum class Kind : std::uint8_t {
  kNone,
  kNotImplemented,
  kEllipsis,
  kBool,
  kInt,     // an integer that fits 64 bits
  kBigInt,  // one that does not; a program sees both as `int`
  kFloat,
  kStr,
  kBytes,
  kTuple,
  kList,
  kDict,
  kDictKeys,
  kDictValues,
  kDictItems,
  kSet,
  kFrozenSet,
  kRange,
  kSlice,
  kCell,
  kFunction,
  kNativeFunction,
  kBoundMethod,
  kStaticMethod,
  kClassMethod,
  kProperty,
  kSuper,
  kClass,
  kModule,
  kGenerator,
  kIterator,  // list_iterator, range_iterator, enumerate, zip, ...: see iterators.h
  kLock,
  kNative,  // objects of native modules: a socket, a hash
  kInstance,
};

// Called for each reference that an object holds.
using Visitor = void (*)(Object* child, void* context);

inline void visit_if(Object* child, Visitor visit, void* context) {
  if (child != nullptr) visit(child, context);
}

// A type as the runtime sees it: constant for built-in types, part of the Class for others.
struct Type {
  const char* name;
  Kind kind;
  // Unique and never used again, so an inline cache keyed by it cannot mistake one class for
  // another that was later made at the same address. Built-in types: the kind.
  std::uint64_t id;
  // Calls visit for each object that `object` holds a reference to; null for types that hold none.
  void (*visit)(Object* object, Visitor visit, void* context);
  // Gives back the object's memory; the references it held have been released.
  void (*free)(Object* object);
  Class* instance_class = nullptr;
};

// What every object starts with: its type, and what the strategy needs to count and to guard it.
struct Header {
  const Type* type;
  [[no_unique_address]] Refs::Count count;
  [[no_unique_address]] Locks::Lock lock;
};

struct Object : Header {
  Kind kind() const { return type->kind; }
};

// A plain count costs 16 bytes a header, as in CPython; so does a smaller one with its lock.
// Nothing else may creep in.
static_assert(sizeof(Header) == (sizeof(Refs::Count) <= 8 ? 16 : 24));

GILBENCH_END
