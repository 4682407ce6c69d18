// Keys of hash tables: their hashes and their equality, as far as both go without program code.
//
// A table compares keys inside its section only when no program code can run for it (simple keys).
// For others the table answers kAsk; its caller retains the candidate, leaves the section, asks
// equal(), enters again, and checks that the table and the candidate's place are as they were.
#pragma once

#include <cstring>

#include "runtime/objects/operations.h"
#include "runtime/objects/types.h"

GILBENCH_BEGIN

enum class Answer : std::uint8_t { kNo, kYes, kAsk };

inline Hash str_hash(Str* str) {
  // relaxed: as Str::hash says.
  Hash hash = str->hash.load(std::memory_order_relaxed);
  if (hash == Str::kNoHash) [[unlikely]] {
    hash = hash_bytes(str->view());
    str->hash.store(hash, std::memory_order_relaxed);
  }
  return hash;
}

// hash() with the usual keys inlined. (P) TypeError: unhashable type
inline Hash key_hash(Object* key) {
  if (is_str(key)) [[likely]]
    return str_hash(as<Str>(key));
  if (is_int(key)) return hash_int(int_value(key));
  return hash(key);
}

inline Answer to_answer(bool yes) { return yes ? Answer::kYes : Answer::kNo; }

// Whether two keys with equal hashes are equal; kAsk when only program code can tell.
inline Answer same_key(const Object* stored, const Object* key) {
  if (stored == key) return Answer::kYes;
  if (stored->type == key->type) {
    if (is_str(key)) {
      const auto* a = static_cast<const Str*>(stored);
      const auto* b = static_cast<const Str*>(key);
      return to_answer(a->size == b->size && std::memcmp(a->data, b->data, a->size) == 0);
    }
    if (is_int(key)) return to_answer(int_value(stored) == int_value(key));
  }
  if (!is_simple_key(stored) || !is_simple_key(key)) return Answer::kAsk;
  return to_answer(simple_equal(stored, key));
}

GILBENCH_END
