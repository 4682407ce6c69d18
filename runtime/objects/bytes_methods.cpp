// The class bytes and its methods, as thin shells over runtime/support/bytes.h and text.h.
#include <array>

#include "runtime/interpreter/native_class.h"
#include "runtime/objects/bytes_parts.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/section.h"
#include "runtime/objects/text_objects.h"
#include "runtime/support/bytes.h"

GILBENCH_BEGIN

namespace {

Bytes* self_bytes(Args args, const char* name, std::size_t min, std::size_t max) {
  return method_self<Bytes>(args, types::bytes, name, min, max);
}

// ---- searching ----

// What to look for: bytes, or one byte given as an int.
class Needle {
 public:
  explicit Needle(Object* object) {
    if (is_integer(object)) {
      const std::optional<std::int64_t> value = small_int(object);
      if (!value || *value < 0 || *value > 255) {
        raise(X::ValueError, "byte must be in range(0, 256)");
      }
      byte_ = static_cast<char>(*value);
      view_ = {&byte_, 1};
    } else if (object->kind() == Kind::kBytes) {
      view_ = as<Bytes>(object)->view();
    } else {
      raise(X::TypeError, std::string("argument should be integer or bytes-like object, not '") +
                              type_name(object) + "'");
    }
  }
  Needle(const Needle&) = delete;
  Needle& operator=(const Needle&) = delete;
  std::string_view view() const { return view_; }

 private:
  char byte_ = '\0';
  std::string_view view_;
};

std::int64_t start_of(Args args) { return slice_index_arg(args.count > 2 ? args[2] : nullptr, 0); }
std::int64_t end_of(Args args) {
  return slice_index_arg(args.count > 3 ? args[3] : nullptr, text::kEnd);
}

using Finder = std::int64_t (*)(std::string_view, std::string_view, std::int64_t, std::int64_t);
std::int64_t search_with(Args args, const char* name, Finder finder) {
  Bytes* self = self_bytes(args, name, 1, 3);
  const Needle needle(args[1]);
  return finder(self->view(), needle.view(), start_of(args), end_of(args));
}

Ref<> index_with(Args args, const char* name, Finder finder) {
  const std::int64_t position = search_with(args, name, finder);
  if (position < 0) raise(X::ValueError, "subsection not found");
  return make_int(position);
}

using Matcher = bool (*)(std::string_view, std::string_view, std::int64_t, std::int64_t);
Ref<> match_with(Args args, const char* name, Matcher matcher) {
  Bytes* self = self_bytes(args, name, 1, 3);
  if (args[1]->kind() == Kind::kBytes) {
    return make_bool(
        matcher(self->view(), as<Bytes>(args[1])->view(), start_of(args), end_of(args)));
  }
  if (args[1]->kind() != Kind::kTuple) {
    raise(X::TypeError, std::string(name) + " first arg must be bytes or a tuple of bytes, not " +
                            type_name(args[1]));
  }
  const Tuple* choices = as<Tuple>(args[1]);
  for (std::size_t i = 0; i < choices->size; ++i) {
    if (matcher(self->view(), bytes_arg(choices->items[i]), start_of(args), end_of(args))) {
      return make_bool(true);
    }
  }
  return make_bool(false);
}

// ---- changing ----

Ref<> change_with(Args args, const char* name, std::string (*change)(std::string_view)) {
  return make_bytes(change(self_bytes(args, name, 0, 0)->view()));
}

using StripSet = std::string_view (*)(std::string_view, std::string_view);
Ref<> strip_with(Args args, const char* name, StripSet strip) {
  Bytes* self = self_bytes(args, name, 0, 1);
  const bool whitespace = args.count < 2 || is_none(args[1]);
  return make_bytes_part(self,
                         strip(self->view(), whitespace ? " \t\n\r\v\f" : bytes_arg(args[1])));
}

Ref<> remove_with(Args args, const char* name, StripSet remove) {
  Bytes* self = self_bytes(args, name, 1, 1);
  return make_bytes_part(self, remove(self->view(), bytes_arg(args[1])));
}

Ref<> replace(Args args) {
  Bytes* self = self_bytes(args, "replace", 2, 3);
  const std::string_view from = bytes_arg(args[1]);
  const std::string_view to = bytes_arg(args[2]);
  return make_bytes(
      bytes::replace(self->view(), from, to, args.count > 3 ? to_index(args[3]) : -1));
}

enum class Side { kLeft, kRight, kBoth };
Ref<> pad_with(Args args, const char* name, Side side) {
  Bytes* self = self_bytes(args, name, 1, 2);
  const std::int64_t width = to_index(args[1]);
  char fill = ' ';
  if (args.count > 2) {
    if (args[2]->kind() != Kind::kBytes || as<Bytes>(args[2])->size != 1) {
      raise(X::TypeError, std::string(name) +
                              "() argument 2 must be a byte string of length 1, not " +
                              type_name(args[2]));
    }
    fill = as<Bytes>(args[2])->data[0];
  }
  const auto size = static_cast<std::int64_t>(self->size);
  if (width <= size) return Ref<>::share(self);
  const std::int64_t pad = width - size;
  // CPython's rounding of an odd rest.
  const std::int64_t left = side == Side::kLeft    ? pad
                            : side == Side::kRight ? 0
                                                   : pad / 2 + (pad & width & 1);
  std::string out(static_cast<std::size_t>(left), fill);
  out.append(self->view());
  out.resize(static_cast<std::size_t>(width), fill);
  return make_bytes(out);
}

Ref<> zfill(Args args) {
  Bytes* self = self_bytes(args, "zfill", 1, 1);
  const std::int64_t width = to_index(args[1]);
  if (width <= static_cast<std::int64_t>(self->size)) return Ref<>::share(self);
  const bool sign = self->size > 0 && (self->data[0] == '+' || self->data[0] == '-');
  std::string out(self->view().substr(0, sign ? 1 : 0));
  out.append(static_cast<std::size_t>(width) - self->size, '0');
  out.append(self->view().substr(sign ? 1 : 0));
  return make_bytes(out);
}

Ref<> decode(Args args) {
  Bytes* self = self_of<Bytes>(args, types::bytes, "decode");
  static constexpr std::array names = {"encoding", "errors"};
  std::array<Object*, 2> values = {};
  bind_args(rest(args), "decode", names, values, 0);
  return bytes_decode(self->view(), values[0], values[1]);
}

// ---- asking: of ASCII letters only ----

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_alpha(char c) { return is_upper(c) || is_lower(c); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Ref<> all_with(Args args, const char* name, bool (*test)(char)) {
  const std::string_view view = self_bytes(args, name, 0, 0)->view();
  for (const char c : view) {
    if (!test(c)) return make_bool(false);
  }
  return make_bool(!view.empty());
}

// Some letter of the wanted case, and none of the other.
Ref<> cased_with(Args args, const char* name, bool (*wanted)(char), bool (*other)(char)) {
  bool found = false;
  for (const char c : self_bytes(args, name, 0, 0)->view()) {
    if (other(c)) return make_bool(false);
    found = found || wanted(c);
  }
  return make_bool(found);
}

Ref<> is_ascii(Args args) {
  for (const char c : self_bytes(args, "isascii", 0, 0)->view()) {
    if (static_cast<unsigned char>(c) >= 0x80) return make_bool(false);
  }
  return make_bool(true);
}

#define METHOD(name, ...)                                \
  {                                                      \
    name, [](Args args) -> Ref<> { return __VA_ARGS__; } \
  }

constexpr NativeMethod kMethods[] = {
    METHOD("find", make_int(search_with(args, "find", bytes::find))),
    METHOD("rfind", make_int(search_with(args, "rfind", bytes::rfind))),
    METHOD("index", index_with(args, "index", bytes::find)),
    METHOD("rindex", index_with(args, "rindex", bytes::rfind)),
    METHOD("count", make_int(search_with(args, "count", bytes::count))),
    METHOD("startswith", match_with(args, "startswith", bytes::starts_with)),
    METHOD("endswith", match_with(args, "endswith", bytes::ends_with)),
    METHOD("upper", change_with(args, "upper", bytes::upper)),
    METHOD("lower", change_with(args, "lower", bytes::lower)),
    METHOD("strip", strip_with(args, "strip", bytes::strip)),
    METHOD("lstrip", strip_with(args, "lstrip", bytes::lstrip)),
    METHOD("rstrip", strip_with(args, "rstrip", bytes::rstrip)),
    METHOD("removeprefix", remove_with(args, "removeprefix", text::remove_prefix)),
    METHOD("removesuffix", remove_with(args, "removesuffix", text::remove_suffix)),
    METHOD("ljust", pad_with(args, "ljust", Side::kRight)),
    METHOD("rjust", pad_with(args, "rjust", Side::kLeft)),
    METHOD("center", pad_with(args, "center", Side::kBoth)),
    {"zfill", zfill},
    {"replace", replace},
    {"decode", decode},
    {"join", bytes_join},
    {"split", bytes_split},
    {"rsplit", bytes_rsplit},
    {"splitlines", bytes_split_lines},
    {"partition", bytes_partition},
    {"rpartition", bytes_rpartition},
    {"hex", bytes_hex},
    METHOD("isalpha", all_with(args, "isalpha", is_alpha)),
    METHOD("isdigit", all_with(args, "isdigit", is_digit)),
    METHOD("isalnum", all_with(args, "isalnum", is_alnum)),
    METHOD("isspace", all_with(args, "isspace", is_space)),
    METHOD("isupper", cased_with(args, "isupper", is_upper, is_lower)),
    METHOD("islower", cased_with(args, "islower", is_lower, is_upper)),
    {"isascii", is_ascii},
};

#undef METHOD

}  // namespace

void define_bytes_class(World& world) {
  Class* klass = define_class(world, types::bytes, kMethods, construct_bytes);
  add_class_method(klass, "fromhex", bytes_from_hex);
}

GILBENCH_END
