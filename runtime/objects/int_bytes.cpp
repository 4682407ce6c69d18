// int.to_bytes() and int.from_bytes().
#include <algorithm>

#include "runtime/objects/native.h"
#include "runtime/objects/number_parts.h"
#include "runtime/objects/text_objects.h"
#include "runtime/support/big_int.h"

GILBENCH_BEGIN

namespace {

bool is_little(Object* byteorder, const char* name) {
  if (byteorder == nullptr) return false;
  if (!is_str(byteorder)) {
    raise(X::TypeError, name, "() argument 'byteorder' must be str, not ", type_name(byteorder));
  }
  const std::string_view order = as<Str>(byteorder)->view();
  if (order != "little" && order != "big") {
    raise(X::ValueError, "byteorder must be either 'little' or 'big'");
  }
  return order == "little";
}

}  // namespace

// to_bytes(length=1, byteorder='big', *, signed=False)
Result int_to_bytes(Args args) {
  const std::int64_t length = args.get(1) == nullptr ? 1 : to_index(args[1]);
  const bool little = is_little(args.get(2), "to_bytes");
  const bool is_signed = args.get(3) != nullptr && is_true(args[3]);
  if (length < 0) return fail(X::ValueError, "length argument must be non-negative");
  std::string bytes = to_big(args[0]).to_bytes(length, is_signed);
  if (little) std::reverse(bytes.begin(), bytes.end());
  return make_bytes(bytes);
}

// from_bytes(bytes, byteorder='big', *, signed=False); args[0] is the class.
Result int_from_bytes(Args args) {
  Object* given = args[1];
  const bool little = is_little(args.get(2), "from_bytes");
  const bool is_signed = args.get(3) != nullptr && is_true(args[3]);
  // Not what bytes() makes of a number: so many zeros.
  const Names& known = this_thread().world.names;
  if (is_str(given) || is_integer(given) ||
      (is_instance(given) && !special_method(given, known.iter) &&
       !special_method(given, known.getitem))) {
    return fail(X::TypeError, "cannot convert '", type_name(given), "' object to bytes");
  }
  Class* bytes_class = this_thread().world.builtin_classes[static_cast<int>(Kind::kBytes)];
  Ref<> source = given->kind() == Kind::kBytes ? Ref<>::share(given) : call(bytes_class, {given});
  std::string bytes(as<Bytes>(source.get())->view());
  if (little) std::reverse(bytes.begin(), bytes.end());
  if (bytes.empty()) return make_int(0);
  return make_int(BigInt::from_bytes(bytes, is_signed));
}

GILBENCH_END
