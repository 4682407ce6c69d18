// Keys of hash tables: their hashes and their equality, as far as both go without program code.
//
// A table compares keys inside its section only when no program code can run for it (simple keys).
// For others the table answers kAsk; its caller retains the candidate, leaves the section, asks
// equal(), enters again, and checks that the table and the candidate's place are as they were.
// Where they are not, the search starts again, but asks nobody twice (AskedKeys): or else a thread
// that changes the table again and again, or an __eq__ that does, would keep it at work for ever.
#pragma once

#include <cstring>

#include "runtime/memory/object_vector.h"
#include "runtime/objects/operations.h"
#include "runtime/values/ref.h"
#include "runtime/values/types.h"

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

// Equality of any two objects, whose hashes nobody knows; kAsk where program code, or a look into
// another container, must tell. `b_is_simple`: is_simple_key(b).
inline Answer quick_equal(const Object* a, const Object* b, bool b_is_simple) {
  if (a == b) return Answer::kYes;
  if (is_int(a) && is_int(b)) return to_answer(int_value(a) == int_value(b));
  if (!b_is_simple || !is_simple_key(a)) return Answer::kAsk;
  return to_answer(simple_equal(a, b));
}

// The keys that one search has asked program code about, with what it said. Each is kept alive, so
// that no other can be taken for it. So the questions of one search are no more than the keys of
// one hash that come to be in the table while it lasts.
class AskedKeys {
 public:
  // Inside the table's section: `key` is to be asked about next.
  void open(Object* key) {
    if (last_) earlier_.push_back({std::move(last_), same_});
    last_ = Ref<>::share(key);
  }
  // Outside: asks. (P)
  void ask(Object* key) { same_ = equal(last_.get(), key); }
  const Object* last() const { return last_.get(); }
  // What was said of a key; kAsk where nobody was asked.
  Answer answer(const Object* key) const {
    if (last_.get() == key) return to_answer(same_);
    for (const Asked& asked : earlier_) {
      if (asked.key.get() == key) return to_answer(asked.same);
    }
    return Answer::kAsk;
  }

 private:
  struct Asked {
    Ref<> key;
    bool same;
  };
  Ref<> last_;
  bool same_ = false;
  ObjectVector<Asked> earlier_;
};

GILBENCH_END
