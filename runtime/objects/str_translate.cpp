// str.translate() and str.maketrans().
#include "runtime/objects/containers.h"
#include "runtime/objects/native.h"
#include "runtime/objects/str_parts.h"
#include "runtime/objects/text_objects.h"
#include "runtime/support/utf8.h"

GILBENCH_BEGIN

namespace {

// What the table has for a character; null where it has nothing.
Ref<> find_translation(Object* table, Object* code_point) {
  if (table->kind() == Kind::kDict) return dict_find(as<Dict>(table), code_point);
  Result found = try_get_item(table, code_point);
  if (!found && take_error_of(X::LookupError)) return {};
  return std::move(found).or_raise();
}

void append_translation(std::string* out, Object* translation) {
  if (is_none(translation)) return;
  if (is_str(translation)) {
    out->append(as<Str>(translation)->view());
    return;
  }
  if (!is_integer(translation)) {
    raise(X::TypeError, "character mapping must return integer, None or str");
  }
  const std::optional<std::int64_t> code = small_int(translation);
  if (!code || *code < 0 || *code > static_cast<std::int64_t>(utf8::kMaxCodePoint)) {
    raise(X::ValueError, "character mapping must be in range(0x110000)");
  }
  utf8::append(out, static_cast<char32_t>(*code));
}

Ref<> table_of_mapping(Object* mapping) {
  if (mapping->kind() != Kind::kDict) {
    raise(X::TypeError, "if you give only one argument to maketrans it must be a dict");
  }
  Ref<Dict> table = make_dict();
  std::size_t position = 0;
  Ref<> key, value;
  const Ref<Dict> copy = dict_copy(as<Dict>(mapping));  // others may change it meanwhile
  while (dict_next(copy.get(), &position, &key, &value)) {
    if (is_str(key.get())) {
      Str* text = as<Str>(key.get());
      if (text->length != 1) {
        raise(X::ValueError, "string keys in translate table must be of length 1");
      }
      std::size_t start = 0;
      key = make_int(static_cast<std::int64_t>(utf8::decode(text->view(), &start)));
    } else if (!is_integer(key.get())) {
      raise(X::TypeError, "keys in translate table must be strings or integers");
    }
    dict_set(table.get(), key.get(), value.get());
  }
  return table;
}

Str* maketrans_arg(Object* object, int number) {
  if (is_str(object)) return as<Str>(object);
  raise(X::TypeError, "maketrans() argument ", std::to_string(number), " must be str, not ",
        arg_type_name(object));
}

}  // namespace

Result str_translate(Args args) {
  Str* self = as<Str>(args[0]);
  std::string out;
  out.reserve(self->size);
  for (std::size_t at = 0; at < self->size;) {
    const std::size_t start = at;
    Ref<> code = make_int(static_cast<std::int64_t>(utf8::decode(self->view(), &at)));
    Ref<> translation = find_translation(args[1], code.get());
    if (translation) {
      append_translation(&out, translation.get());
    } else {
      out.append(self->view().substr(start, at - start));
    }
  }
  return make_str(out);
}

Result str_make_trans(Args args) {
  if (args.count == 1) return table_of_mapping(args[0]);
  if (!is_str(args[0])) {
    return fail(X::TypeError,
                "first maketrans argument must be a string if there is a second argument");
  }
  Str* from = as<Str>(args[0]);
  Str* to = maketrans_arg(args[1], 2);
  if (from->length != to->length) {
    return fail(X::ValueError, "the first two maketrans arguments must have equal length");
  }
  Ref<Dict> table = make_dict();
  for (std::size_t i = 0, j = 0; i < from->size;) {
    Ref<> key = make_int(static_cast<std::int64_t>(utf8::decode(from->view(), &i)));
    Ref<> value = make_int(static_cast<std::int64_t>(utf8::decode(to->view(), &j)));
    dict_set(table.get(), key.get(), value.get());
  }
  if (args.count == 3) {
    Str* removed = maketrans_arg(args[2], 3);
    Ref<> none = make_none();
    for (std::size_t i = 0; i < removed->size;) {
      Ref<> key = make_int(static_cast<std::int64_t>(utf8::decode(removed->view(), &i)));
      dict_set(table.get(), key.get(), none.get());
    }
  }
  return table;
}

GILBENCH_END
