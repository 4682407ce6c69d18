// Hashes. Those of numbers and tuples are CPython's own, so that equal numbers of different types
// hash alike and orders that follow from hashes do too. Strings have a fast hash of our own, the
// same in every run. No hash is -1: that is CPython's mark of an error.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gilbench {

class BigInt;

using Hash = std::int64_t;

// Numbers hash to their value modulo this Mersenne prime.
inline constexpr std::uint64_t kHashModulus = (std::uint64_t{1} << 61) - 1;
inline constexpr Hash kHashInfinity = 314159;
inline constexpr Hash kHashNone = 0x0f1c2a3b4d5e6f;

inline Hash hash_int(std::int64_t value) {
  const std::uint64_t bits = static_cast<std::uint64_t>(value);
  std::uint64_t magnitude = value < 0 ? 0 - bits : bits;
  if (magnitude >= kHashModulus) [[unlikely]]
    magnitude %= kHashModulus;
  const Hash hash = value < 0 ? -static_cast<Hash>(magnitude) : static_cast<Hash>(magnitude);
  return hash == -1 ? -2 : hash;
}

// 0 for NaN: its caller hashes the object's identity.
Hash hash_double(double value);
Hash hash_big_int(const BigInt& value);

// str (its UTF-8) and bytes.
Hash hash_bytes(std::string_view bytes);

inline Hash hash_pointer(const void* pointer) {
  // Allocations are 16-byte aligned: the low bits say nothing.
  return static_cast<Hash>(std::rotr(reinterpret_cast<std::uintptr_t>(pointer), 4)) &
         ~(Hash{1} << 63);
}

// The hash of a tuple from those of its items (xxHash's accumulation, as CPython does since 3.8).
class TupleHasher {
 public:
  void add(Hash item) {
    accumulator_ += static_cast<std::uint64_t>(item) * kPrime2;
    accumulator_ = std::rotl(accumulator_, 31) * kPrime1;
    ++count_;
  }
  Hash finish() const {
    const std::uint64_t hash = accumulator_ + (count_ ^ (kPrime5 ^ 3527539u));
    return hash == ~std::uint64_t{0} ? 1546275796 : static_cast<Hash>(hash);
  }

 private:
  static constexpr std::uint64_t kPrime1 = 11400714785074694791u;
  static constexpr std::uint64_t kPrime2 = 14029467366897019727u;
  static constexpr std::uint64_t kPrime5 = 2870177450012600261u;
  std::uint64_t accumulator_ = kPrime5;
  std::uint64_t count_ = 0;
};

// The hash of a frozenset from those of its items, in any order.
class SetHasher {
 public:
  void add(Hash item) {
    const std::uint64_t bits = static_cast<std::uint64_t>(item);
    accumulator_ ^= ((bits ^ 89869747u) ^ (bits << 16)) * 3644798167u;
    ++count_;
  }
  Hash finish() const {
    std::uint64_t hash = accumulator_ ^ ((count_ + 1) * 1927868237u);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash * 69069u + 907133923u;
    return hash == ~std::uint64_t{0} ? 590923713 : static_cast<Hash>(hash);
  }

 private:
  std::uint64_t accumulator_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace gilbench
