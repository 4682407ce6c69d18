// format % values: walks the pieces of the format and fetches the value of each. Bytes are
// formatted as the text that they are in Latin-1.
#include "runtime/objects/text_objects.h"
#include "runtime/support/float_text.h"
#include "runtime/support/percent_format.h"
#include "runtime/support/repr.h"
#include "runtime/support/utf8.h"

GILBENCH_BEGIN

namespace {

// What CPython takes for a mapping here: everything that can be subscripted but is no tuple or str,
// and for a format of bytes no bytes.
bool is_mapping(Object* object, bool of_bytes) {
  if (of_bytes && object->kind() == Kind::kBytes) return false;
  switch (object->kind()) {
    case Kind::kDict:
    case Kind::kList:
    case Kind::kBytes:
    case Kind::kRange:
      return true;
    case Kind::kInstance:
      return static_cast<bool>(special_method(object, this_thread().world.names.getitem));
    default:
      return false;
  }
}

class PercentFormatter {
 public:
  PercentFormatter(Object* values, bool of_bytes) : values_(values), of_bytes_(of_bytes) {
    if (values->kind() == Kind::kTuple) {
      tuple_ = as<Tuple>(values);
    } else if (is_mapping(values, of_bytes)) {
      mapping_ = values;
    }
  }

  std::string format(std::string_view text) {
    std::string out;
    PercentParser parser(text, of_bytes_);
    while (parser.next()) {
      PercentPiece& piece = parser.piece();
      if (piece.is_literal()) {
        out.append(piece.literal);
        continue;
      }
      out.append(conversion(piece));
    }
    const bool all_used = tuple_ != nullptr ? next_ == tuple_->size : next_ == 1;
    if (!all_used && mapping_ == nullptr) {
      raise(X::TypeError, "not all arguments converted during ", of_bytes_ ? "bytes" : "string",
            " formatting");
    }
    return out;
  }

 private:
  Object* next_value() {
    if (tuple_ != nullptr && next_ < tuple_->size) return tuple_->items[next_++];
    if (tuple_ == nullptr && next_ == 0) {
      ++next_;
      return values_;
    }
    raise(X::TypeError, "not enough arguments for format string");
  }

  std::int64_t star_value() {
    Object* value = next_value();
    const std::optional<std::int64_t> number = small_int(value);
    if (!is_integer(value)) raise(X::TypeError, "* wants int");
    if (!number) raise(X::OverflowError, "Python int too large to convert to C ssize_t");
    return *number;
  }

  std::string conversion(PercentPiece& piece) {
    if (piece.has_key && mapping_ == nullptr) raise(X::TypeError, "format requires a mapping");
    Ref<> held;
    Object* value = nullptr;
    if (piece.has_key) {
      Ref<> key = of_bytes_ ? Ref<>(make_bytes(utf8::encode_latin1(piece.key)))
                            : Ref<>(make_str(piece.key));
      held = get_item(mapping_, key.get());
      value = held.get();
      // The mapping as a whole counts as used.
      if (tuple_ == nullptr) next_ = 1;
    }
    if (piece.width == PercentPiece::kStar) piece.set_width(star_value());
    if (piece.precision == PercentPiece::kStar) piece.set_precision(star_value());
    if (value == nullptr) value = next_value();
    return of_bytes_ ? value_in_bytes(value, piece) : value_text(value, piece);
  }

  // What a format of bytes does in another way.
  static std::string value_in_bytes(Object* value, const PercentPiece& piece) {
    switch (piece.conversion) {
      case 's':
      case 'b':
        return percent_str(utf8::decode_latin1(bytes_of(value)), piece);
      case 'r':
        return percent_str(escape_non_ascii(repr(value)), piece);
      case 'c':
        return percent_char(byte_of(value), piece);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        if (!is_number(value) && !is_instance(value)) {
          raise(X::TypeError, "float argument required, not ", type_name(value));
        }
        [[fallthrough]];
      default:
        return value_text(value, piece);
    }
  }

  static std::string bytes_of(Object* value) {
    if (value->kind() == Kind::kBytes) return std::string(as<Bytes>(value)->view());
    Str* name = intern(std::string_view("__bytes__"));
    if (special_method(value, name)) {
      Ref<> made = call_method(value, name, {});
      if (made->kind() == Kind::kBytes) return std::string(as<Bytes>(made.get())->view());
      raise(X::TypeError, "__bytes__ returned non-bytes (type ", type_name(made.get()), ")");
    }
    raise(X::TypeError,
          "%b requires a bytes-like object, or an object that implements __bytes__, "
          "not '",
          type_name(value), "'");
  }

  static std::int64_t byte_of(Object* value) {
    if (value->kind() == Kind::kBytes && as<Bytes>(value)->size == 1) {
      return static_cast<unsigned char>(as<Bytes>(value)->data[0]);
    }
    const Ref<> number = integer_of(value, {this_thread().world.names.index});
    if (!number) raise(X::TypeError, "%c requires an integer in range(256) or a single byte");
    const std::optional<std::int64_t> code = small_int(number.get());
    if (code && *code >= 0 && *code < 256) return *code;
    raise(X::OverflowError, "%c arg not in range(256)");
  }

  static std::string value_text(Object* value, const PercentPiece& piece) {
    switch (piece.conversion) {
      case 's':
        return percent_str(is_str(value) ? std::string(as<Str>(value)->view()) : str(value), piece);
      case 'r':
        return percent_str(repr(value), piece);
      case 'a':
        return percent_str(escape_non_ascii(repr(value)), piece);
      case 'c':
        return char_text(value, piece);
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        return integer_text(value, piece);
      default:
        return percent_double(to_double(value), piece);
    }
  }

  static std::string char_text(Object* value, const PercentPiece& piece) {
    if (is_str(value)) return percent_char_str(as<Str>(value)->view(), piece);
    const Ref<> number = integer_of(value, {this_thread().world.names.index});
    if (!number) raise(X::TypeError, "%c requires int or char");
    const std::optional<std::int64_t> code = small_int(number.get());
    return percent_char(code ? *code : -1, piece);
  }

  static std::string integer_text(Object* value, const PercentPiece& piece) {
    const bool decimal =
        piece.conversion == 'd' || piece.conversion == 'i' || piece.conversion == 'u';
    if (decimal && is_float(value)) {
      const Ref<> truncated = make_int(truncate_to_integer(float_value(value)));
      return integer_text(truncated.get(), piece);
    }
    const auto& names = this_thread().world.names;
    const Ref<> number =
        decimal ? integer_of(value, {names.int_, names.index}) : integer_of(value, {names.index});
    if (!number) throw_percent_type_error(piece, type_name(value));
    if (const std::optional<std::int64_t> small = small_int(number.get())) {
      return percent_int(*small, piece);
    }
    return percent_int(to_big(number.get()), piece);
  }

  // An integer itself, or what the first of its special methods gives that gives one; else null.
  static Ref<> integer_of(Object* value, std::initializer_list<Str*> methods) {
    if (is_integer(value)) return Ref<>::share(value);
    for (Str* name : methods) {
      if (!special_method(value, name)) continue;
      Ref<> number = call_method(value, name, {});
      if (is_integer(number.get())) return number;
    }
    return {};
  }

  Object* values_;
  const bool of_bytes_;
  Tuple* tuple_ = nullptr;
  Object* mapping_ = nullptr;
  std::size_t next_ = 0;
};

}  // namespace

Ref<Str> percent_format(Str* format, Object* values) {
  return make_str(PercentFormatter(values, false).format(format->view()));
}

Ref<Bytes> percent_format(Bytes* format, Object* values) {
  const std::string text =
      PercentFormatter(values, true).format(utf8::decode_latin1(format->view()));
  return make_bytes(utf8::encode_latin1(text));
}

GILBENCH_END
