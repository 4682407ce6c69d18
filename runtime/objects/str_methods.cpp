// The class str and its methods, as thin shells over runtime/support/text.h.
#include <array>

#include "runtime/objects/native.h"
#include "runtime/objects/str_parts.h"
#include "runtime/objects/text_objects.h"
#include "runtime/support/text.h"
#include "runtime/support/utf8.h"

GILBENCH_BEGIN

namespace {

Str* self_str(Args args) { return as<Str>(args[0]); }

// ---- searching ----

struct Search {
  std::string_view text;
  Object* needle;
  std::int64_t start;
  std::int64_t end;
};

Search search_args(Args args) {
  return {self_str(args)->view(), args[1], slice_index_arg(args.get(2), 0),
          slice_index_arg(args.get(3), text::kEnd)};
}

std::string_view needle_text(const Search& search) {
  if (is_str(search.needle)) return as<Str>(search.needle)->view();
  raise(X::TypeError, "must be str, not ", type_name(search.needle));
}

using Finder = std::int64_t (*)(std::string_view, std::string_view, std::int64_t, std::int64_t);
std::int64_t search_with(Args args, Finder finder) {
  const Search search = search_args(args);
  return finder(search.text, needle_text(search), search.start, search.end);
}

Result index_with(Args args, Finder finder) {
  const std::int64_t position = search_with(args, finder);
  if (position < 0) return fail(X::ValueError, "substring not found");
  return make_int(position);
}

using Matcher = bool (*)(std::string_view, std::string_view, std::int64_t, std::int64_t);
Result match_with(Args args, const char* name, Matcher matcher) {
  const Search search = search_args(args);
  if (is_str(search.needle)) {
    return make_bool(
        matcher(search.text, as<Str>(search.needle)->view(), search.start, search.end));
  }
  if (search.needle->kind() != Kind::kTuple) {
    return fail(X::TypeError, name, " first arg must be str or a tuple of str, not ",
                type_name(search.needle));
  }
  const Tuple* choices = as<Tuple>(search.needle);
  for (std::size_t i = 0; i < choices->size; ++i) {
    Object* choice = choices->items[i];
    if (!is_str(choice)) {
      return fail(X::TypeError, "tuple for ", name, " must only contain str, not ",
                  type_name(choice));
    }
    if (matcher(search.text, as<Str>(choice)->view(), search.start, search.end)) {
      return make_bool(true);
    }
  }
  return make_bool(false);
}

// ---- changing ----

using Change = std::string (*)(std::string_view);
Result change_with(Args args, Change change) { return make_str(change(self_str(args)->view())); }

// Case of ASCII text needs no table and no second buffer. `from` is the first letter to change.
Result change_ascii_case(Args args, char from, Change change) {
  Str* self = self_str(args);
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
Result strip_with(Args args, const char* name, StripAll all, StripSet set) {
  Str* self = self_str(args);
  if (args.count < 2 || is_none(args[1])) return make_part(self, all(self->view()));
  if (!is_str(args[1])) return fail(X::TypeError, name, " arg must be None or str");
  return make_part(self, set(self->view(), as<Str>(args[1])->view()));
}

Result remove_with(Args args, const char* name, StripSet remove) {
  Str* self = self_str(args);
  return make_part(self, remove(self->view(), str_arg(args[1], name)->view()));
}

char32_t fill_arg(Args args) {
  if (args.count < 3) return U' ';
  if (!is_str(args[2])) {
    raise(X::TypeError, "The fill character must be a unicode character, not ", type_name(args[2]));
  }
  Str* fill = as<Str>(args[2]);
  if (fill->length != 1) {
    raise(X::TypeError, "The fill character must be exactly one character long");
  }
  std::size_t position = 0;
  return utf8::decode(fill->view(), &position);
}

using Padder = std::string (*)(std::string_view, std::int64_t, char32_t);
Result pad_with(Args args, Padder padder) {
  Str* self = self_str(args);
  const std::int64_t width = to_index(args[1]);
  const char32_t fill = fill_arg(args);
  if (width <= static_cast<std::int64_t>(self->length)) return Ref<>::share(self);
  return make_str(padder(self->view(), width, fill));
}

Result zfill(Args args) {
  Str* self = self_str(args);
  const std::int64_t width = to_index(args[1]);
  if (width <= static_cast<std::int64_t>(self->length)) return Ref<>::share(self);
  return make_str(text::zfill(self->view(), width));
}

Result expand_tabs(Args args) {
  Object* tab_size = args.get(1);
  return make_str(
      text::expand_tabs(self_str(args)->view(), tab_size == nullptr ? 8 : to_index(tab_size)));
}

std::string_view replace_arg(Object* object, int number) {
  if (is_str(object)) return as<Str>(object)->view();
  raise(X::TypeError, "replace() argument ", std::to_string(number), " must be str, not ",
        arg_type_name(object));
}

Result replace(Args args) {
  Str* self = self_str(args);
  const std::string_view from = replace_arg(args[1], 1);
  const std::string_view to = replace_arg(args[2], 2);
  const std::int64_t limit = args.count > 3 ? to_index(args[3]) : -1;
  if (limit == 0 || self->view().find(from) == std::string_view::npos) return Ref<>::share(self);
  return make_str(text::replace(self->view(), from, to, limit));
}

Result join(Args args) {
  Str* self = self_str(args);
  return str_join(self, args[1]);
}

// ---- asking ----

Result ask_with(Args args, bool (*question)(std::string_view)) {
  return make_bool(question(self_str(args)->view()));
}

Result is_ascii(Args args) { return make_bool(self_str(args)->is_ascii()); }

// ---- encoding, formatting, making ----

Result encode(Args args) { return str_encode(self_str(args), args.get(1), args.get(2)); }

Result format_method(Args args) { return brace_format(self_str(args), rest(args)); }

// str(object=''), str(object=b'', encoding='utf-8', errors='strict')
Result construct(Args args) {
  Object* object = args.get(1);
  Object* const options[] = {args.get(2), args.get(3)};
  if (options[0] == nullptr && options[1] == nullptr) {
    return object == nullptr ? make_str({}) : to_str(object);
  }
  static constexpr std::array kNames = {"encoding", "errors"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (options[i] == nullptr || is_str(options[i])) continue;
    return fail(X::TypeError, "str() argument '", kNames[i], "' must be str, not ",
                arg_type_name(options[i]));
  }
  if (object == nullptr) return make_str({});
  if (is_str(object)) return fail(X::TypeError, "decoding str is not supported");
  if (object->kind() != Kind::kBytes) {
    return fail(X::TypeError, "decoding to str: need a bytes-like object, ", type_name(object),
                " found");
  }
  return bytes_decode(as<Bytes>(object)->view(), options[0], options[1]);
}

constexpr NativeMethod kConstructor = {"str", construct, named(0, "object", "encoding", "errors")};

#define METHOD(name, takes, ...)                                 \
  {                                                              \
    name, [](Args args) -> Result { return __VA_ARGS__; }, takes \
  }

constexpr Takes kSearched = between(1, 3).worded(Wording::kParsed);

constexpr NativeMethod kMethods[] = {
    METHOD("find", kSearched, make_int(search_with(args, text::find))),
    METHOD("rfind", kSearched, make_int(search_with(args, text::rfind))),
    METHOD("index", kSearched, index_with(args, text::find)),
    METHOD("rindex", kSearched, index_with(args, text::rfind)),
    METHOD("count", kSearched, make_int(search_with(args, text::count))),
    METHOD("startswith", kSearched, match_with(args, "startswith", text::starts_with)),
    METHOD("endswith", kSearched, match_with(args, "endswith", text::ends_with)),
    METHOD("upper", exactly(0), change_ascii_case(args, 'a', text::upper)),
    METHOD("lower", exactly(0), change_ascii_case(args, 'A', text::lower)),
    METHOD("title", exactly(0), change_with(args, text::title)),
    METHOD("capitalize", exactly(0), change_with(args, text::capitalize)),
    METHOD("swapcase", exactly(0), change_with(args, text::swap_case)),
    METHOD("casefold", exactly(0), change_with(args, text::case_fold)),
    METHOD("strip", between(0, 1), strip_with(args, "strip", text::strip, text::strip)),
    METHOD("lstrip", between(0, 1), strip_with(args, "lstrip", text::lstrip, text::lstrip)),
    METHOD("rstrip", between(0, 1), strip_with(args, "rstrip", text::rstrip, text::rstrip)),
    METHOD("removeprefix", exactly(1), remove_with(args, "removeprefix", text::remove_prefix)),
    METHOD("removesuffix", exactly(1), remove_with(args, "removesuffix", text::remove_suffix)),
    METHOD("center", between(1, 2), pad_with(args, text::center)),
    METHOD("ljust", between(1, 2), pad_with(args, text::ljust)),
    METHOD("rjust", between(1, 2), pad_with(args, text::rjust)),
    {"zfill", zfill, exactly(1)},
    {"expandtabs", expand_tabs, named(0, "tabsize")},
    {"replace", replace, between(2, 3)},
    {"join", join, exactly(1)},
    {"split", str_split, named(0, "sep", "maxsplit")},
    {"rsplit", str_rsplit, named(0, "sep", "maxsplit")},
    {"splitlines", str_split_lines, named(0, "keepends")},
    {"partition", str_partition, exactly(1)},
    {"rpartition", str_rpartition, exactly(1)},
    METHOD("isalpha", exactly(0), ask_with(args, text::is_alpha)),
    METHOD("isdigit", exactly(0), ask_with(args, text::is_digit)),
    METHOD("isdecimal", exactly(0), ask_with(args, text::is_decimal)),
    METHOD("isnumeric", exactly(0), ask_with(args, text::is_numeric)),
    METHOD("isalnum", exactly(0), ask_with(args, text::is_alnum)),
    METHOD("isspace", exactly(0), ask_with(args, text::is_space)),
    METHOD("isupper", exactly(0), ask_with(args, text::is_upper)),
    METHOD("islower", exactly(0), ask_with(args, text::is_lower)),
    METHOD("istitle", exactly(0), ask_with(args, text::is_title)),
    METHOD("isidentifier", exactly(0), ask_with(args, text::is_identifier)),
    METHOD("isprintable", exactly(0), ask_with(args, text::is_printable)),
    {"isascii", is_ascii, exactly(0)},
    {"encode", encode, named(0, "encoding", "errors")},
    {"format", format_method, any_keywords(0, kAnyNumber)},
    {"format_map", str_format_map, exactly(1)},
    {"translate", str_translate, exactly(1)},
};

#undef METHOD

constexpr NativeMethod kStaticMethods[] = {{"maketrans", str_make_trans, between(1, 3)}};

}  // namespace

void define_str_class(World& world) {
  Class* klass = define_class(world, types::str, kMethods, &kConstructor);
  add_natives(klass, kStaticMethods, Binding::kStaticMethod);
}

void define_text_classes(World& world) {
  define_str_class(world);
  define_bytes_class(world);
}

GILBENCH_END
