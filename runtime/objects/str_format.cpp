// str.format() and str.format_map(): fetches what the fields name and formats it.
#include "runtime/objects/native.h"
#include "runtime/objects/str_parts.h"
#include "runtime/objects/text_objects.h"
#include "runtime/support/brace_format.h"
#include "runtime/support/format_spec.h"
#include "runtime/support/repr.h"

GILBENCH_BEGIN

namespace {

class BraceFormatter {
 public:
  BraceFormatter(Args args, Object* mapping) : args_(args), mapping_(mapping) {}

  // `depth`: how many levels of format strings may stand in one another: a spec is one, too.
  std::string format(std::string_view text, int depth) {
    if (depth == 0) raise(X::ValueError, "Max string recursion exceeded");
    std::string out;
    BraceParser parser(text);
    while (parser.next()) {
      const BracePiece& piece = parser.piece();
      out.append(piece.literal);
      if (piece.has_field) append_field(&out, piece, depth);
    }
    return out;
  }

 private:
  void append_field(std::string* out, const BracePiece& piece, int depth) {
    Ref<> value = field_value(piece.field_name);
    std::string expanded;
    std::string_view spec = piece.spec;
    switch (piece.conversion) {
      case U'\0':
        break;
      case U'r':
        value = make_str(repr(value.get()));
        break;
      case U's':
        value = to_str(value.get());
        break;
      case U'a':
        value = make_str(escape_non_ascii(repr(value.get())));
        break;
      default:
        throw_unknown_conversion(piece.conversion);
    }
    if (piece.spec_has_fields) {
      expanded = format(spec, depth - 1);
      spec = expanded;
    }
    out->append(gilbench::GILBENCH_MODEL::format(value.get(), spec));
  }

  Ref<> field_value(std::string_view name) {
    FieldPath path(name);
    Ref<> value = first_value(path.first());
    FieldPath::Step step;
    while (path.next(&step)) {
      const auto* number = std::get_if<std::int64_t>(&step.key);
      if (step.is_attribute) {
        value = get_attribute(value.get(), intern(std::get<std::string_view>(step.key)));
      } else if (number != nullptr) {
        Ref<> index = make_int(*number);
        value = get_item(value.get(), index.get());
      } else {
        Ref<> key = make_str(std::get<std::string_view>(step.key));
        value = get_item(value.get(), key.get());
      }
    }
    return value;
  }

  Ref<> first_value(const FieldPath::First& first) {
    if (const auto* number = std::get_if<std::int64_t>(&first)) {
      numbering_.use_manual();
      return positional(*number);
    }
    const std::string_view name = std::get<std::string_view>(first);
    if (name.empty()) return positional(numbering_.next_automatic());
    if (mapping_ != nullptr) {
      Ref<> key = make_str(name);
      return get_item(mapping_, key.get());
    }
    const std::size_t keywords = args_.keywords == nullptr ? 0 : args_.keywords->size;
    for (std::size_t i = 0; i < keywords; ++i) {
      if (as<Str>(args_.keywords->items[i])->view() == name) {
        return Ref<>::share(args_.values[args_.count + i]);
      }
    }
    Ref<> key = make_str(name);
    raise_key_error(key.get());
  }

  Ref<> positional(std::int64_t index) {
    if (mapping_ != nullptr) {
      raise(X::ValueError, "Format string contains positional fields");
    }
    if (index < 0 || static_cast<std::size_t>(index) >= args_.count) {
      raise(X::IndexError, "Replacement index ", std::to_string(index),
            " out of range for positional args tuple");
    }
    return Ref<>::share(args_[static_cast<std::size_t>(index)]);
  }

  Args args_;
  Object* mapping_;
  FieldNumbering numbering_;
};

// CPython allows a spec with fields, and no fields in the specs of those.
constexpr int kMaxDepth = 2;

}  // namespace

Ref<Str> brace_format(Str* format, Args args) {
  return make_str(BraceFormatter(args, nullptr).format(format->view(), kMaxDepth));
}

Result str_format_map(Args args) {
  Str* self = as<Str>(args[0]);
  return make_str(BraceFormatter({}, args[1]).format(self->view(), kMaxDepth));
}

GILBENCH_END
