// bytes(), bytes.fromhex() and bytes.hex().
#include <cstring>

#include "runtime/objects/bytes_parts.h"
#include "runtime/objects/native.h"
#include "runtime/objects/text_objects.h"
#include "runtime/support/bytes.h"

GILBENCH_BEGIN

namespace {

Ref<> zeros(Object* count) {
  const std::optional<std::int64_t> size = small_int(count);
  if (!size) raise(X::OverflowError, "cannot fit 'int' into an index-sized integer");
  if (*size < 0) raise(X::ValueError, "negative count");
  if (*size == 0) return make_bytes({});
  Ref<Bytes> bytes = make_bytes_uninitialized(static_cast<std::size_t>(*size));
  std::memset(bytes->data, 0, bytes->size);
  return bytes;
}

Ref<> bytes_of_items(Object* iterable) {
  Result made = try_iterate(iterable);
  if (!made && take_error_of(X::TypeError)) {
    raise(X::TypeError, "cannot convert '", type_name(iterable), "' object to bytes");
  }
  const Ref<> iterator = std::move(made).or_raise();
  std::string out;
  ask_length_hint(iterable);
  while (Ref<> item = next_in_loop(iterator.get())) {
    const bool huge = item->kind() == Kind::kBigInt;
    const std::int64_t value = huge ? -1 : to_index(item.get());
    if (value < 0 || value > 255) raise(X::ValueError, "bytes must be in range(0, 256)");
    out.push_back(static_cast<char>(value));
  }
  return make_bytes(out);
}

}  // namespace

// bytes(source=b'', encoding='utf-8', errors='strict')
Result construct_bytes(Args args) {
  Object* source = args.get(1);
  Object* encoding = args.get(2);
  Object* errors = args.get(3);
  const bool coded = encoding != nullptr || errors != nullptr;
  if (source == nullptr) {
    if (coded) {
      return fail(X::TypeError, encoding != nullptr ? "encoding without a string argument"
                                                    : "errors without a string argument");
    }
    return make_bytes({});
  }
  if (is_str(source)) {
    if (encoding == nullptr) return fail(X::TypeError, "string argument without an encoding");
    return str_encode(as<Str>(source), encoding, errors, "bytes");
  }
  if (coded) {
    return fail(X::TypeError, encoding != nullptr ? "encoding without a string argument"
                                                  : "errors without a string argument");
  }
  if (source->kind() == Kind::kBytes) return Ref<>::share(source);
  if (is_integer(source)) return zeros(source);
  if (is_instance(source) && special_method(source, this_thread().world.names.index)) {
    Ref<> count = make_int(to_index(source));
    return zeros(count.get());
  }
  return bytes_of_items(source);
}

Result bytes_from_hex(Args args) {
  return make_bytes(bytes::from_hex(str_arg(args[1], "fromhex")->view()));
}

Result bytes_hex(Args args) {
  Bytes* self = as<Bytes>(args[0]);
  const std::string digits = bytes::hex(self->view());
  if (args.get(1) == nullptr) return make_ascii_str(digits);
  if (!is_str(args[1])) return fail(X::TypeError, "sep must be str or bytes.");
  Str* separator = as<Str>(args[1]);
  if (separator->length != 1) return fail(X::ValueError, "sep must be length 1.");
  if (!separator->is_ascii()) return fail(X::ValueError, "sep must be ASCII.");
  const std::int64_t group = args.get(2) == nullptr ? 1 : to_index(args[2]);
  if (group == 0) return make_ascii_str(digits);
  // Groups are counted from the right, or from the left where the number is negative.
  const auto count = static_cast<std::int64_t>(self->size);
  std::string out;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t distance = group > 0 ? count - i : i;
    if (i > 0 && distance % group == 0) out.push_back(separator->data[0]);
    out.append(digits, static_cast<std::size_t>(2 * i), 2);
  }
  return make_ascii_str(out);
}

GILBENCH_END
