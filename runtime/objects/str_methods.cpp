// The class str and its methods, as thin shells over runtime/support/text.h.
#include <array>

#include "runtime/interpreter/native_class.h"
#include "runtime/objects/str_parts.h"
#include "runtime/objects/text_objects.h"
#include "runtime/support/text.h"
#include "runtime/support/utf8.h"

GILBENCH_BEGIN

namespace {

Str* self_str(Args args, const char* name, std::size_t min, std::size_t max) {
  return method_self<Str>(args, types::str, name, min, max);
}

// ---- searching ----

struct Search {
  std::string_view text;
  Object* needle;
  std::int64_t start;
  std::int64_t end;
};

Search search_args(Args args, const char* name) {
  Str* self = self_of<Str>(args, types::str, name);
  if (args.count == 1 && args.keywords == nullptr) {
    raise(X::TypeError, std::string(name) + "() takes at least 1 argument (0 given)");
  }
  check_method(args, name, 1, 3);
  return {self->view(), args[1], slice_index_arg(args.count > 2 ? args[2] : nullptr, 0),
          slice_index_arg(args.count > 3 ? args[3] : nullptr, text::kEnd)};
}

std::string_view needle_text(const Search& search) {
  if (is_str(search.needle)) return as<Str>(search.needle)->view();
  raise(X::TypeError, std::string("must be str, not ") + type_name(search.needle));
}

using Finder = std::int64_t (*)(std::string_view, std::string_view, std::int64_t, std::int64_t);
Ref<> search_with(Args args, const char* name, Finder finder) {
  const Search search = search_args(args, name);
  return make_int(finder(search.text, needle_text(search), search.start, search.end));
}

using Matcher = bool (*)(std::string_view, std::string_view, std::int64_t, std::int64_t);
Ref<> match_with(Args args, const char* name, Matcher matcher) {
  const Search search = search_args(args, name);
  if (is_str(search.needle)) {
    return make_bool(
        matcher(search.text, as<Str>(search.needle)->view(), search.start, search.end));
  }
  if (search.needle->kind() != Kind::kTuple) {
    raise(X::TypeError, std::string(name) + " first arg must be str or a tuple of str, not " +
                            type_name(search.needle));
  }
  const Tuple* choices = as<Tuple>(search.needle);
  for (std::size_t i = 0; i < choices->size; ++i) {
    Object* choice = choices->items[i];
    if (!is_str(choice)) {
      raise(X::TypeError,
            std::string("tuple for ") + name + " must only contain str, not " + type_name(choice));
    }
    if (matcher(search.text, as<Str>(choice)->view(), search.start, search.end)) {
      return make_bool(true);
    }
  }
  return make_bool(false);
}

// ---- changing ----

using Change = std::string (*)(std::string_view);
Ref<> change_with(Args args, const char* name, Change change) {
  return make_str(change(self_str(args, name, 0, 0)->view()));
}

// Case of ASCII text needs no table and no second buffer. `from` is the first letter to change.
Ref<> change_ascii_case(Args args, const char* name, char from, Change change) {
  Str* self = self_str(args, name, 0, 0);
  if (!self->is_ascii() || self->size <= 1) return make_str(change(self->view()));
  Ref<Str> result = make_str_uninitialized(self->size);
  for (std::size_t i = 0; i < self->size; ++i) {
    const char c = self->data[i];
    const bool changes = static_cast<unsigned char>(c - from) < 26;
    result->data[i] = static_cast<char>(c ^ (changes ? 0x20 : 0));
  }
  return result;
}

using StripAll = std::string_view (*)(std::string_view);
using StripSet = std::string_view (*)(std::string_view, std::string_view);
Ref<> strip_with(Args args, const char* name, StripAll all, StripSet set) {
  Str* self = self_str(args, name, 0, 1);
  if (args.count < 2 || is_none(args[1])) return make_part(self, all(self->view()));
  if (!is_str(args[1])) raise(X::TypeError, std::string(name) + " arg must be None or str");
  return make_part(self, set(self->view(), as<Str>(args[1])->view()));
}

Ref<> remove_with(Args args, const char* name, StripSet remove) {
  Str* self = self_str(args, name, 1, 1);
  return make_part(self, remove(self->view(), str_arg(args[1], name)->view()));
}

char32_t fill_arg(Args args) {
  if (args.count < 3) return U' ';
  if (!is_str(args[2])) {
    raise(X::TypeError,
          std::string("The fill character must be a unicode character, not ") + type_name(args[2]));
  }
  Str* fill = as<Str>(args[2]);
  if (fill->length != 1) {
    raise(X::TypeError, "The fill character must be exactly one character long");
  }
  std::size_t position = 0;
  return utf8::decode(fill->view(), &position);
}

using Padder = std::string (*)(std::string_view, std::int64_t, char32_t);
Ref<> pad_with(Args args, const char* name, Padder padder) {
  Str* self = self_str(args, name, 1, 2);
  const std::int64_t width = to_index(args[1]);
  const char32_t fill = fill_arg(args);
  if (width <= static_cast<std::int64_t>(self->length)) return Ref<>::share(self);
  return make_str(padder(self->view(), width, fill));
}

Ref<> zfill(Args args) {
  Str* self = self_str(args, "zfill", 1, 1);
  const std::int64_t width = to_index(args[1]);
  if (width <= static_cast<std::int64_t>(self->length)) return Ref<>::share(self);
  return make_str(text::zfill(self->view(), width));
}

Ref<> expand_tabs(Args args) {
  Str* self = self_of<Str>(args, types::str, "expandtabs");
  static constexpr std::array names = {"tabsize"};
  std::array<Object*, 1> values = {};
  bind_args(rest(args), "expandtabs", names, values, 0);
  return make_str(text::expand_tabs(self->view(), values[0] == nullptr ? 8 : to_index(values[0])));
}

std::string_view replace_arg(Object* object, int number) {
  if (is_str(object)) return as<Str>(object)->view();
  raise(X::TypeError, "replace() argument " + std::to_string(number) + " must be str, not " +
                          arg_type_name(object));
}

Ref<> replace(Args args) {
  Str* self = self_str(args, "replace", 2, 3);
  const std::string_view from = replace_arg(args[1], 1);
  const std::string_view to = replace_arg(args[2], 2);
  const std::int64_t limit = args.count > 3 ? to_index(args[3]) : -1;
  if (limit == 0 || self->view().find(from) == std::string_view::npos) return Ref<>::share(self);
  return make_str(text::replace(self->view(), from, to, limit));
}

Ref<> join(Args args) {
  Str* self = self_str(args, "join", 1, 1);
  return str_join(self, args[1]);
}

// ---- asking ----

Ref<> ask_with(Args args, const char* name, bool (*question)(std::string_view)) {
  return make_bool(question(self_str(args, name, 0, 0)->view()));
}

Ref<> is_ascii(Args args) { return make_bool(self_str(args, "isascii", 0, 0)->is_ascii()); }

// ---- encoding, formatting, making ----

Ref<> encode(Args args) {
  Str* self = self_of<Str>(args, types::str, "encode");
  static constexpr std::array names = {"encoding", "errors"};
  std::array<Object*, 2> values = {};
  bind_args(rest(args), "encode", names, values, 0);
  return str_encode(self, values[0], values[1]);
}

Ref<> format_method(Args args) {
  return brace_format(self_of<Str>(args, types::str, "format"), rest(args));
}

// str(object=''), str(object=b'', encoding='utf-8', errors='strict')
Ref<> construct(Args args) {
  if (args.count == 2 && args.keywords == nullptr) return to_str(args[1]);
  static constexpr std::array names = {"object", "encoding", "errors"};
  std::array<Object*, 3> values = {};
  bind_args(rest(args), "str", names, values, 0);
  if (values[0] == nullptr) return make_str({});
  if (values[1] == nullptr && values[2] == nullptr) return to_str(values[0]);
  static constexpr std::array options = {"encoding", "errors"};
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (values[i + 1] == nullptr || is_str(values[i + 1])) continue;
    raise(X::TypeError, std::string("str() argument '") + options[i] + "' must be str, not " +
                            arg_type_name(values[i + 1]));
  }
  if (is_str(values[0])) raise(X::TypeError, "decoding str is not supported");
  if (values[0]->kind() != Kind::kBytes) {
    raise(X::TypeError, std::string("decoding to str: need a bytes-like object, ") +
                            type_name(values[0]) + " found");
  }
  return bytes_decode(as<Bytes>(values[0])->view(), values[1], values[2]);
}

#define METHOD(name, ...)                                \
  {                                                      \
    name, [](Args args) -> Ref<> { return __VA_ARGS__; } \
  }

constexpr NativeMethod kMethods[] = {
    METHOD("find", search_with(args, "find", text::find)),
    METHOD("rfind", search_with(args, "rfind", text::rfind)),
    METHOD("index", search_with(args, "index", text::index)),
    METHOD("rindex", search_with(args, "rindex", text::rindex)),
    METHOD("count", search_with(args, "count", text::count)),
    METHOD("startswith", match_with(args, "startswith", text::starts_with)),
    METHOD("endswith", match_with(args, "endswith", text::ends_with)),
    METHOD("upper", change_ascii_case(args, "upper", 'a', text::upper)),
    METHOD("lower", change_ascii_case(args, "lower", 'A', text::lower)),
    METHOD("title", change_with(args, "title", text::title)),
    METHOD("capitalize", change_with(args, "capitalize", text::capitalize)),
    METHOD("swapcase", change_with(args, "swapcase", text::swap_case)),
    METHOD("casefold", change_with(args, "casefold", text::case_fold)),
    METHOD("strip", strip_with(args, "strip", text::strip, text::strip)),
    METHOD("lstrip", strip_with(args, "lstrip", text::lstrip, text::lstrip)),
    METHOD("rstrip", strip_with(args, "rstrip", text::rstrip, text::rstrip)),
    METHOD("removeprefix", remove_with(args, "removeprefix", text::remove_prefix)),
    METHOD("removesuffix", remove_with(args, "removesuffix", text::remove_suffix)),
    METHOD("center", pad_with(args, "center", text::center)),
    METHOD("ljust", pad_with(args, "ljust", text::ljust)),
    METHOD("rjust", pad_with(args, "rjust", text::rjust)),
    {"zfill", zfill},
    {"expandtabs", expand_tabs},
    {"replace", replace},
    {"join", join},
    {"split", str_split},
    {"rsplit", str_rsplit},
    {"splitlines", str_split_lines},
    {"partition", str_partition},
    {"rpartition", str_rpartition},
    METHOD("isalpha", ask_with(args, "isalpha", text::is_alpha)),
    METHOD("isdigit", ask_with(args, "isdigit", text::is_digit)),
    METHOD("isdecimal", ask_with(args, "isdecimal", text::is_decimal)),
    METHOD("isnumeric", ask_with(args, "isnumeric", text::is_numeric)),
    METHOD("isalnum", ask_with(args, "isalnum", text::is_alnum)),
    METHOD("isspace", ask_with(args, "isspace", text::is_space)),
    METHOD("isupper", ask_with(args, "isupper", text::is_upper)),
    METHOD("islower", ask_with(args, "islower", text::is_lower)),
    METHOD("istitle", ask_with(args, "istitle", text::is_title)),
    METHOD("isidentifier", ask_with(args, "isidentifier", text::is_identifier)),
    METHOD("isprintable", ask_with(args, "isprintable", text::is_printable)),
    {"isascii", is_ascii},
    {"encode", encode},
    {"format", format_method},
    {"format_map", str_format_map},
    {"translate", str_translate},
};

#undef METHOD

}  // namespace

void define_str_class(World& world) {
  Class* klass = define_class(world, types::str, kMethods, construct);
  add_static_method(klass, "maketrans", str_make_trans);
}

void define_text_classes(World& world) {
  define_str_class(world);
  define_bytes_class(world);
}

GILBENCH_END
