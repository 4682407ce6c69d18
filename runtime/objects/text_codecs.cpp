// str.encode() and bytes.decode(): the names of encodings and of error handlers.
#include "runtime/objects/text_objects.h"
#include "runtime/support/utf8.h"

GILBENCH_BEGIN

namespace {

enum class Encoding { kUtf8, kAscii, kLatin1 };

// Names compare without case, and with '_', '-' and ' ' alike.
std::string normalized(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '_' || c == ' ') {
      out.push_back('-');
    } else {
      out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c);
    }
  }
  return out;
}

std::string_view name_arg(Object* object, const char* function, const char* argument) {
  if (is_str(object)) return as<Str>(object)->view();
  raise(X::TypeError, function, "() argument '", argument, "' must be str, not ",
        arg_type_name(object));
}

Encoding encoding_of(Object* object, const char* function) {
  if (object == nullptr) return Encoding::kUtf8;
  const std::string_view given = name_arg(object, function, "encoding");
  const std::string name = normalized(given);
  if (name == "utf-8" || name == "utf8" || name == "u8") return Encoding::kUtf8;
  if (name == "ascii" || name == "us-ascii" || name == "646") return Encoding::kAscii;
  if (name == "latin-1" || name == "latin1" || name == "iso-8859-1" || name == "iso8859-1" ||
      name == "l1" || name == "8859") {
    return Encoding::kLatin1;
  }
  raise(X::LookupError, "unknown encoding: ", given);
}

// Like CPython, which looks a handler up only when it is needed, an unknown name is refused only
// when something cannot be coded: kStrict finds that out, and `unknown` is raised in place of its
// error.
struct Handler {
  utf8::Errors errors = utf8::Errors::kStrict;
  std::string unknown;
};

Handler handler_of(Object* object, const char* function) {
  if (object == nullptr) return {};
  const std::string_view name = name_arg(object, function, "errors");
  if (name == "strict") return {};
  if (name == "ignore") return {utf8::Errors::kIgnore, {}};
  if (name == "replace") return {utf8::Errors::kReplace, {}};
  return {utf8::Errors::kStrict, std::string(name)};
}

template <class Coder>
auto with_handler(const Handler& handler, Coder&& coder) {
  try {
    return coder(handler.errors);
  } catch (const SupportError&) {
    if (handler.unknown.empty()) throw;
    raise(X::LookupError, "unknown error handler name '", handler.unknown, "'");
  }
}

}  // namespace

Ref<> str_encode(Str* str, Object* encoding, Object* errors, const char* function) {
  const Encoding target = encoding_of(encoding, function);
  const Handler handler = handler_of(errors, function);
  if (str->is_ascii()) return make_bytes(str->view());
  return with_handler(handler, [&](utf8::Errors how) -> Ref<> {
    switch (target) {
      case Encoding::kAscii:
        return make_bytes(utf8::encode_ascii(str->view(), how));
      case Encoding::kLatin1:
        return make_bytes(utf8::encode_latin1(str->view(), how));
      case Encoding::kUtf8:
        break;
    }
    return make_bytes(utf8::encode_utf8(str->view(), how));
  });
}

Ref<> bytes_decode(std::string_view bytes, Object* encoding, Object* errors) {
  const Encoding source = encoding_of(encoding, "decode");
  const Handler handler = handler_of(errors, "decode");
  if (utf8::is_ascii(bytes)) return make_ascii_str(bytes);
  return with_handler(handler, [&](utf8::Errors how) -> Ref<> {
    switch (source) {
      case Encoding::kAscii:
        return make_str(utf8::decode_ascii(bytes, how));
      case Encoding::kLatin1:
        return make_str(utf8::decode_latin1(bytes));
      case Encoding::kUtf8:
        break;
    }
    return make_str(utf8::decode_utf8(bytes, how));
  });
}

GILBENCH_END
