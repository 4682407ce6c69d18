// Floats are reduced modulo 2**61 - 1, by rotating their bits; strings are folded 16 bytes at a
// time by 128-bit products.
#include "runtime/support/hash.h"

#include <cmath>
#include <cstring>

#include "runtime/support/big_int.h"

namespace gilbench {

namespace {

// Odd, with about as many ones as zeros: fractional bits of the square roots of 2, 3 and 5.
constexpr std::uint64_t kMix1 = 0x6a09e667f3bcc909u;
constexpr std::uint64_t kMix2 = 0xbb67ae8584caa73bu;
constexpr std::uint64_t kMix3 = 0x3c6ef372fe94f82bu;

// Both halves of the 128-bit product, folded: each input bit reaches every output bit.
std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t load8(const char* from) {
  std::uint64_t word;
  std::memcpy(&word, from, 8);
  return word;
}

std::uint64_t load4(const char* from) {
  std::uint32_t word;
  std::memcpy(&word, from, 4);
  return word;
}

std::uint64_t byte(const char* from) { return static_cast<unsigned char>(*from); }

}  // namespace

Hash hash_double(double value) {
  if (!std::isfinite(value)) {
    if (std::isnan(value)) return 0;
    return value > 0 ? kHashInfinity : -kHashInfinity;
  }
  // Most floats that are looked up are small integers.
  if (value >= -1e15 && value <= 1e15) {
    const auto integer = static_cast<std::int64_t>(value);
    if (static_cast<double>(integer) == value) return hash_int(integer);
  }
  // value = fraction * 2**exponent; multiplying by 2**k modulo 2**61 - 1 is a rotation of 61 bits.
  int exponent = 0;
  const double fraction = std::frexp(std::fabs(value), &exponent);
  const auto bits = static_cast<std::uint64_t>(std::ldexp(fraction, 53));
  const int shift = (((exponent - 53) % 61) + 61) % 61;
  const std::uint64_t rotated = ((bits << shift) & kHashModulus) | (bits >> (61 - shift));
  const std::uint64_t magnitude = rotated == kHashModulus ? 0 : rotated;
  const Hash hash = value < 0 ? -static_cast<Hash>(magnitude) : static_cast<Hash>(magnitude);
  return hash == -1 ? -2 : hash;
}

Hash hash_big_int(const BigInt& value) { return value.hash(); }

Hash hash_bytes(std::string_view bytes) {
  const char* data = bytes.data();
  const std::size_t size = bytes.size();
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  std::uint64_t state = kMix1 ^ size;
  if (size > 16) {
    std::size_t left = size;
    for (; left > 16; left -= 16, data += 16) {
      state = fold(load8(data) ^ kMix2, load8(data + 8) ^ state);
    }
    // The last 16 bytes, overlapping what has been read.
    low = load8(data + left - 16);
    high = load8(data + left - 8);
  } else if (size >= 8) {
    low = load8(data);
    high = load8(data + size - 8);
  } else if (size >= 4) {
    low = load4(data);
    high = load4(data + size - 4);
  } else if (size > 0) {
    low = byte(data) | byte(data + size / 2) << 8 | byte(data + size - 1) << 16;
  }
  const auto hash = static_cast<Hash>(fold(fold(low ^ kMix2, high ^ state) ^ kMix3, kMix1 ^ size));
  return hash == -1 ? -2 : hash;
}

}  // namespace gilbench
