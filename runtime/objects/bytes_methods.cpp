// The class bytes and its methods, as thin shells over runtime/support/bytes.h and text.h.
#include "runtime/objects/bytes_parts.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/native.h"
#include "runtime/objects/text_objects.h"
#include "runtime/support/bytes.h"
#include "runtime/values/section.h"

GILBENCH_BEGIN

namespace {

Bytes* self_bytes(Args args) { return as<Bytes>(args[0]); }

// ---- searching ----

// What to look for: bytes, or one byte given as an int.
class Needle {
 public:
  explicit Needle(Object* object) {
    if (const std::optional<char> byte = byte_from(object)) {
      byte_ = *byte;
      view_ = {&byte_, 1};
    } else if (object->kind() == Kind::kBytes) {
      view_ = as<Bytes>(object)->view();
    } else {
      raise(X::TypeError, "argument should be integer or bytes-like object, not '",
            type_name(object), "'");
    }
  }
  Needle(const Needle&) = delete;
  Needle& operator=(const Needle&) = delete;
  std::string_view view() const { return view_; }

 private:
  char byte_ = '\0';
  std::string_view view_;
};

std::int64_t start_of(Args args) { return slice_index_arg(args.get(2), 0); }
std::int64_t end_of(Args args) { return slice_index_arg(args.get(3), text::kEnd); }

using Finder = std::int64_t (*)(std::string_view, std::string_view, std::int64_t, std::int64_t);
std::int64_t search_with(Args args, Finder finder) {
  Bytes* self = self_bytes(args);
  const Needle needle(args[1]);
  return finder(self->view(), needle.view(), start_of(args), end_of(args));
}

Result index_with(Args args, Finder finder) {
  const std::int64_t position = search_with(args, finder);
  if (position < 0) return fail(X::ValueError, "subsection not found");
  return make_int(position);
}

using Matcher = bool (*)(std::string_view, std::string_view, std::int64_t, std::int64_t);
Result match_with(Args args, const char* name, Matcher matcher) {
  Bytes* self = self_bytes(args);
  if (args[1]->kind() == Kind::kBytes) {
    return make_bool(
        matcher(self->view(), as<Bytes>(args[1])->view(), start_of(args), end_of(args)));
  }
  if (args[1]->kind() != Kind::kTuple) {
    return fail(X::TypeError, name, " first arg must be bytes or a tuple of bytes, not ",
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

Result change_with(Args args, std::string (*change)(std::string_view)) {
  return make_bytes(change(self_bytes(args)->view()));
}

using StripSet = std::string_view (*)(std::string_view, std::string_view);
Result strip_with(Args args, StripSet strip) {
  Bytes* self = self_bytes(args);
  const bool whitespace = args.count < 2 || is_none(args[1]);
  return make_bytes_part(self,
                         strip(self->view(), whitespace ? " \t\n\r\v\f" : bytes_arg(args[1])));
}

Result remove_with(Args args, StripSet remove) {
  Bytes* self = self_bytes(args);
  return make_bytes_part(self, remove(self->view(), bytes_arg(args[1])));
}

Result replace(Args args) {
  Bytes* self = self_bytes(args);
  const std::string_view from = bytes_arg(args[1]);
  const std::string_view to = bytes_arg(args[2]);
  return make_bytes(
      bytes::replace(self->view(), from, to, args.count > 3 ? to_index(args[3]) : -1));
}

enum class Side { kLeft, kRight, kBoth };
Result pad_with(Args args, const char* name, Side side) {
  Bytes* self = self_bytes(args);
  const std::int64_t width = to_index(args[1]);
  char fill = ' ';
  if (args.count > 2) {
    if (args[2]->kind() != Kind::kBytes || as<Bytes>(args[2])->size != 1) {
      return fail(X::TypeError, name, "() argument 2 must be a byte string of length 1, not ",
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

Result zfill(Args args) {
  Bytes* self = self_bytes(args);
  const std::int64_t width = to_index(args[1]);
  if (width <= static_cast<std::int64_t>(self->size)) return Ref<>::share(self);
  const bool sign = self->size > 0 && (self->data[0] == '+' || self->data[0] == '-');
  std::string out(self->view().substr(0, sign ? 1 : 0));
  out.append(static_cast<std::size_t>(width) - self->size, '0');
  out.append(self->view().substr(sign ? 1 : 0));
  return make_bytes(out);
}

Result decode(Args args) {
  return bytes_decode(self_bytes(args)->view(), args.get(1), args.get(2));
}

// ---- asking: of ASCII letters only ----

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_alpha(char c) { return is_upper(c) || is_lower(c); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Result all_with(Args args, bool (*test)(char)) {
  const std::string_view view = self_bytes(args)->view();
  for (const char c : view) {
    if (!test(c)) return make_bool(false);
  }
  return make_bool(!view.empty());
}

// Some letter of the wanted case, and none of the other.
Result cased_with(Args args, bool (*wanted)(char), bool (*other)(char)) {
  bool found = false;
  for (const char c : self_bytes(args)->view()) {
    if (other(c)) return make_bool(false);
    found = found || wanted(c);
  }
  return make_bool(found);
}

Result is_ascii(Args args) {
  for (const char c : self_bytes(args)->view()) {
    if (static_cast<unsigned char>(c) >= 0x80) return make_bool(false);
  }
  return make_bool(true);
}

constexpr NativeMethod kConstructor = {"bytes", construct_bytes,
                                       named(0, "source", "encoding", "errors")};

#define METHOD(name, takes, ...)                                 \
  {                                                              \
    name, [](Args args) -> Result { return __VA_ARGS__; }, takes \
  }

constexpr Takes kSearched = between(1, 3).worded(Wording::kParsed);

constexpr NativeMethod kMethods[] = {
    METHOD("find", kSearched, make_int(search_with(args, bytes::find))),
    METHOD("rfind", kSearched, make_int(search_with(args, bytes::rfind))),
    METHOD("index", kSearched, index_with(args, bytes::find)),
    METHOD("rindex", kSearched, index_with(args, bytes::rfind)),
    METHOD("count", kSearched, make_int(search_with(args, bytes::count))),
    METHOD("startswith", kSearched, match_with(args, "startswith", bytes::starts_with)),
    METHOD("endswith", kSearched, match_with(args, "endswith", bytes::ends_with)),
    METHOD("upper", exactly(0), change_with(args, bytes::upper)),
    METHOD("lower", exactly(0), change_with(args, bytes::lower)),
    METHOD("strip", between(0, 1), strip_with(args, bytes::strip)),
    METHOD("lstrip", between(0, 1), strip_with(args, bytes::lstrip)),
    METHOD("rstrip", between(0, 1), strip_with(args, bytes::rstrip)),
    METHOD("removeprefix", exactly(1), remove_with(args, text::remove_prefix)),
    METHOD("removesuffix", exactly(1), remove_with(args, text::remove_suffix)),
    METHOD("ljust", between(1, 2), pad_with(args, "ljust", Side::kRight)),
    METHOD("rjust", between(1, 2), pad_with(args, "rjust", Side::kLeft)),
    METHOD("center", between(1, 2), pad_with(args, "center", Side::kBoth)),
    {"zfill", zfill, exactly(1)},
    {"replace", replace, between(2, 3)},
    {"decode", decode, named(0, "encoding", "errors")},
    {"join", bytes_join, exactly(1)},
    {"split", bytes_split, named(0, "sep", "maxsplit")},
    {"rsplit", bytes_rsplit, named(0, "sep", "maxsplit")},
    {"splitlines", bytes_split_lines, named(0, "keepends")},
    {"partition", bytes_partition, exactly(1)},
    {"rpartition", bytes_rpartition, exactly(1)},
    {"hex", bytes_hex, named(0, "sep", "bytes_per_sep")},
    METHOD("isalpha", exactly(0), all_with(args, is_alpha)),
    METHOD("isdigit", exactly(0), all_with(args, is_digit)),
    METHOD("isalnum", exactly(0), all_with(args, is_alnum)),
    METHOD("isspace", exactly(0), all_with(args, is_space)),
    METHOD("isupper", exactly(0), cased_with(args, is_upper, is_lower)),
    METHOD("islower", exactly(0), cased_with(args, is_lower, is_upper)),
    {"isascii", is_ascii, exactly(0)},
};

#undef METHOD

constexpr NativeMethod kClassMethods[] = {{"fromhex", bytes_from_hex, exactly(1)}};

}  // namespace

void define_bytes_class(World& world) {
  Class* klass = define_class(world, types::bytes, kMethods, &kConstructor);
  add_natives(klass, kClassMethods, Binding::kClassMethod);
}

GILBENCH_END
