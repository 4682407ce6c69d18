// The module zlib: compression and checksums. As in CPython, compressing and decompressing always
// detach, and checksums do for data of more than kZlibDetachBytes.
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "runtime/objects/native.h"

GILBENCH_BEGIN

namespace {

constexpr std::size_t kZlibDetachBytes = std::size_t{5} << 10;
// CPython's DEF_BUF_SIZE: what decompress() starts with.
constexpr std::size_t kFirstBufferBytes = std::size_t{16} << 10;
// A z_stream counts in 32 bits, so long data goes in pieces.
constexpr std::size_t kMaxPiece = std::numeric_limits<uInt>::max() / 2;

[[noreturn]] void raise_zlib(const z_stream& stream, int code, const char* doing) {
  const char* why = stream.msg;
  if (why == nullptr && code == Z_BUF_ERROR) why = "incomplete or truncated stream";
  if (why == nullptr && code == Z_STREAM_ERROR) why = "inconsistent stream state";
  if (why == nullptr && code == Z_DATA_ERROR) why = "invalid input data";
  std::string message = "Error " + std::to_string(code) + " " + doing;
  if (why != nullptr) message += std::string(": ") + why;
  raise(X::ZlibError, message);
}

Bytef* input_pointer(std::string_view data) {
  // zlib's interface has no const; it does not write to its input.
  return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(data.data()));
}

// Output that grows by doubling, outside of the heap of objects: it is written while detached.
class Output {
 public:
  explicit Output(std::size_t size) : size_(size), data_(new char[size]) {}

  // Lets the stream write on behind what is there, into at least one free byte.
  void offer(z_stream* stream) {
    if (used_ == size_) {
      std::unique_ptr<char[]> larger(new char[size_ * 2]);
      std::copy(data_.get(), data_.get() + used_, larger.get());
      data_ = std::move(larger);
      size_ *= 2;
    }
    offered_ = std::min(size_ - used_, kMaxPiece);
    stream->next_out = reinterpret_cast<Bytef*>(data_.get() + used_);
    stream->avail_out = static_cast<uInt>(offered_);
  }
  void take(const z_stream& stream) { used_ += offered_ - stream.avail_out; }
  std::string_view view() const { return {data_.get(), used_}; }

 private:
  std::size_t size_;
  std::size_t used_ = 0;
  std::size_t offered_ = 0;
  std::unique_ptr<char[]> data_;
};

// Runs deflate() or inflate() over all of the data; the last code it returned.
template <class Step>
int run_stream(z_stream* stream, std::string_view data, Output* output, Step&& step) {
  int code = Z_OK;
  do {
    if (stream->avail_in == 0 && !data.empty()) {
      const std::string_view piece = data.substr(0, kMaxPiece);
      stream->next_in = input_pointer(piece);
      stream->avail_in = static_cast<uInt>(piece.size());
      data.remove_prefix(piece.size());
    }
    output->offer(stream);
    code = step(stream, data.empty() ? Z_FINISH : Z_NO_FLUSH);
    output->take(*stream);
    // Z_BUF_ERROR with a full output only asks for more room.
    if (code == Z_BUF_ERROR && stream->avail_out == 0) code = Z_OK;
  } while (code == Z_OK);
  return code;
}

// compress(data, /, level=-1, wbits=15)
Result zlib_compress(Args args) {
  const std::string_view data = bytes_arg(args[0]);
  const std::int64_t level = args.get(1) == nullptr ? Z_DEFAULT_COMPRESSION : to_index(args[1]);
  const std::int64_t bits = args.get(2) == nullptr ? MAX_WBITS : to_index(args[2]);
  if (level < -1 || level > 9) return fail(X::ZlibError, "Bad compression level");
  z_stream stream{};
  int code = Z_OK;
  Output output(compressBound(data.size()) + 16);
  {
    BlockingRegion region;
    // The memory level is CPython's (DEF_MEM_LEVEL), so the bytes are the same too.
    code = deflateInit2(&stream, static_cast<int>(level), Z_DEFLATED, static_cast<int>(bits), 8,
                        Z_DEFAULT_STRATEGY);
    if (code == Z_OK) {
      code = run_stream(&stream, data, &output, deflate);
      deflateEnd(&stream);
    }
  }
  if (code == Z_MEM_ERROR) throw std::bad_alloc();
  if (code == Z_STREAM_ERROR) return fail(X::ValueError, "Invalid initialization option");
  if (code != Z_STREAM_END) raise_zlib(stream, code, "while compressing data");
  return make_bytes(output.view());
}

// decompress(data, /, wbits=15, bufsize=16384)
Result zlib_decompress(Args args) {
  const std::string_view data = bytes_arg(args[0]);
  const std::int64_t bits = args.get(1) == nullptr ? MAX_WBITS : to_index(args[1]);
  const std::int64_t first =
      args.get(2) == nullptr ? static_cast<std::int64_t>(kFirstBufferBytes) : to_index(args[2]);
  if (first < 0) return fail(X::ValueError, "bufsize must be non-negative");
  z_stream stream{};
  int code = Z_OK;
  Output output(static_cast<std::size_t>(std::max<std::int64_t>(first, 1)));
  {
    BlockingRegion region;
    code = inflateInit2(&stream, static_cast<int>(bits));
    if (code == Z_OK) {
      // Z_SYNC_FLUSH: with Z_FINISH a buffer that has to grow would count as an error.
      code = run_stream(&stream, data, &output,
                        [](z_stream* s, int) { return inflate(s, Z_SYNC_FLUSH); });
      inflateEnd(&stream);
    }
  }
  if (code == Z_MEM_ERROR) throw std::bad_alloc();
  if (code != Z_STREAM_END) raise_zlib(stream, code, "while decompressing data");
  return make_bytes(output.view());
}

using Checksum = uLong (*)(uLong, const Bytef*, z_size_t);

Result checksum_with(Args args, Checksum checksum, std::uint32_t start) {
  const std::string_view data = bytes_arg(args[0]);
  uLong value = start;
  if (args.count > 1) {
    const BigInt mask(0xffffffff);
    const BigInt given = is_integer(args[1]) ? to_big(args[1]) : BigInt(to_index(args[1]));
    value = static_cast<uLong>(bit_and(given, mask).to_int64());
  }
  if (data.size() > kZlibDetachBytes) {
    BlockingRegion region;
    value = checksum(value, input_pointer(data), data.size());
  } else {
    value = checksum(value, input_pointer(data), data.size());
  }
  return make_int(static_cast<std::int64_t>(value & 0xffffffff));
}

Result zlib_crc32(Args args) { return checksum_with(args, crc32_z, 0); }
Result zlib_adler32(Args args) { return checksum_with(args, adler32_z, 1); }

constexpr NativeMethod kZlibFunctions[] = {
    {"compress", zlib_compress, named(1, "", "level", "wbits").positional_only(1)},
    {"decompress", zlib_decompress, named(1, "", "wbits", "bufsize").positional_only(1)},
    {"crc32", zlib_crc32, between(1, 2)},
    {"adler32", zlib_adler32, between(1, 2)},
};

}  // namespace

Ref<Module> make_zlib_module() {
  Ref<Module> module = make_module("zlib");
  module_add(module.get(), kZlibFunctions);
  module_add(module.get(), "error", Ref<Class>::share(exception_class(X::ZlibError)));
  module_add(module.get(), "Z_BEST_SPEED", make_int(Z_BEST_SPEED));
  module_add(module.get(), "Z_BEST_COMPRESSION", make_int(Z_BEST_COMPRESSION));
  module_add(module.get(), "Z_DEFAULT_COMPRESSION", make_int(Z_DEFAULT_COMPRESSION));
  module_add(module.get(), "MAX_WBITS", make_int(MAX_WBITS));
  return module;
}

GILBENCH_END
