// Indexing, concatenation, repetition and membership of both; and str.join(), which adds the sizes
// up first and so allocates once.
#include "runtime/objects/text_objects.h"

#include <boost/container/small_vector.hpp>
#include <cstring>
#include <limits>

#include "runtime/objects/containers.h"
#include "runtime/support/byte_search.h"
#include "runtime/support/text.h"
#include "runtime/values/section.h"

GILBENCH_BEGIN

namespace {

// The size of `times` copies; MemoryError where no object can be that large.
std::size_t repeated_size(std::size_t size, std::size_t times) {
  std::size_t total = 0;
  if (__builtin_mul_overflow(size, times, &total) ||
      total > static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max() / 2)) {
    raise(X::MemoryError, "");
  }
  return total;
}

// Writes copies of the first `size` bytes of out behind them: each step doubles what is there.
void fill_repeated(char* out, std::string_view unit, std::size_t total) {
  if (unit.size() == 1) {
    std::memset(out, unit[0], total);
    return;
  }
  std::memcpy(out, unit.data(), unit.size());
  for (std::size_t done = unit.size(); done < total;) {
    const std::size_t step = std::min(done, total - done);
    std::memcpy(out + done, out, step);
    done += step;
  }
}

// How far a join has come; nothing may be raised inside a section, so a bad item is told after it.
struct Joined {
  Ref<Str> str;
  std::size_t bad_index = 0;
  Ref<> bad_item;
};

// Two passes and one allocation: the sizes are added up first.
Joined join_items(Str* separator, Object* const* items, std::size_t count) {
  std::size_t size = 0;
  std::size_t length = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_str(items[i])) return {{}, i, Ref<>::share(items[i])};
    const Str* item = static_cast<const Str*>(items[i]);
    size += item->size;
    length += item->length;
  }
  if (count == 0) return {make_str({}), 0, {}};
  if (count == 1) return {Ref<Str>::share(as<Str>(items[0])), 0, {}};
  size += separator->size * (count - 1);
  length += separator->length * (count - 1);
  if (size == 0) return {make_str({}), 0, {}};
  Ref<Str> result = make_str_uninitialized(size);
  char* out = result->data;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0 && separator->size > 0) {
      std::memcpy(out, separator->data, separator->size);
      out += separator->size;
    }
    const Str* item = static_cast<const Str*>(items[i]);
    std::memcpy(out, item->data, item->size);
    out += item->size;
  }
  result->length = length;
  return {std::move(result), 0, {}};
}

}  // namespace

Ref<> iterate_for_join(Object* iterable) {
  Result iterator = try_iterate(iterable);
  if (!iterator && take_error_of(X::TypeError)) raise(X::TypeError, "can only join an iterable");
  return std::move(iterator).or_raise();
}

Ref<Str> make_ascii_str(std::string_view ascii) {
  if (ascii.size() <= 1) return make_str(ascii);
  Ref<Str> str = make_str_uninitialized(ascii.size());
  std::memcpy(str->data, ascii.data(), ascii.size());
  return str;
}

Ref<Str> make_part(Str* whole, std::string_view part) {
  if (part.size() == whole->size) return Ref<Str>::share(whole);
  return whole->is_ascii() ? make_ascii_str(part) : make_str(part);
}

Ref<Bytes> make_bytes_part(Bytes* whole, std::string_view part) {
  if (part.size() == whole->size) return Ref<Bytes>::share(whole);
  return make_bytes(part);
}

Result str_get_item(Str* str, Object* index) {
  if (index->kind() == Kind::kSlice) {
    const SliceRange range = resolve_slice(as<Slice>(index), str->length);
    const auto start = static_cast<std::size_t>(range.start);
    const auto length = static_cast<std::size_t>(range.length);
    if (length == 0) return make_str({});
    if (range.step == 1) {
      if (str->is_ascii()) return make_part(str, str->view().substr(start, length));
      return make_part(str, text::slice(str->view(), start, start + length));
    }
    return make_str(text::slice_step(str->view(), range.start, range.step, length));
  }
  if (!is_index_like(index)) {
    return fail(X::TypeError, "string indices must be integers, not '", type_name(index), "'");
  }
  std::int64_t position = is_int(index) ? int_value(index) : to_subscript(index);
  if (!resolve_index(&position, str->length)) {
    return fail(X::IndexError, "string index out of range");
  }
  const auto at = static_cast<std::size_t>(position);
  return make_str(str->is_ascii() ? str->view().substr(at, 1) : text::at(str->view(), at));
}

Ref<> str_concat(Str* a, Str* b) {
  if (a->size == 0) return Ref<>::share(b);
  if (b->size == 0) return Ref<>::share(a);
  Ref<Str> result = make_str_uninitialized(a->size + b->size);
  std::memcpy(result->data, a->data, a->size);
  std::memcpy(result->data + a->size, b->data, b->size);
  result->length = a->length + b->length;
  return result;
}

Ref<> str_repeat(Str* str, std::int64_t times) {
  if (times <= 0 || str->size == 0) return make_str({});
  if (times == 1) return Ref<>::share(str);
  const auto count = static_cast<std::size_t>(times);
  const std::size_t size = repeated_size(str->size, count);
  Ref<Str> result = make_str_uninitialized(size);
  fill_repeated(result->data, str->view(), size);
  result->length = str->length * count;
  return result;
}

bool str_contains(Str* str, Object* item) {
  if (!is_str(item)) {
    raise(X::TypeError, "'in <string>' requires string as left operand, not ", type_name(item));
  }
  return find_bytes(str->view(), as<Str>(item)->view()) != kNotFound;
}

Ref<Str> str_join(Str* separator, Object* iterable) {
  Joined joined;
  if (iterable->kind() == Kind::kTuple) {
    const Tuple* tuple = static_cast<const Tuple*>(iterable);
    joined = join_items(separator, tuple->items, tuple->size);
  } else {
    Ref<List> list;
    if (iterable->kind() == Kind::kList) {
      list = Ref<List>::share(as<List>(iterable));
    } else {
      list = to_list(iterate_for_join(iterable).get());
    }
    Section section(list.get());
    joined = join_items(separator, list->items, list->size);
  }
  if (joined.bad_item) {
    raise(X::TypeError, "sequence item ", std::to_string(joined.bad_index),
          ": expected str instance, ", type_name(joined.bad_item.get()), " found");
  }
  return std::move(joined.str);
}

Result bytes_get_item(Bytes* bytes, Object* index) {
  if (index->kind() == Kind::kSlice) {
    const SliceRange range = resolve_slice(as<Slice>(index), bytes->size);
    if (range.length == 0) return make_bytes({});
    const auto start = static_cast<std::size_t>(range.start);
    const auto length = static_cast<std::size_t>(range.length);
    if (range.step == 1) return make_bytes_part(bytes, bytes->view().substr(start, length));
    Ref<Bytes> result = make_bytes_uninitialized(length);
    for (std::size_t i = 0; i < length; ++i) {
      result->data[i] = bytes->data[range.start + static_cast<std::int64_t>(i) * range.step];
    }
    return result;
  }
  if (!is_index_like(index)) {
    return fail(X::TypeError, "byte indices must be integers or slices, not ", type_name(index));
  }
  std::int64_t position = to_subscript(index);
  if (!resolve_index(&position, bytes->size)) return fail(X::IndexError, "index out of range");
  return make_int(static_cast<unsigned char>(bytes->data[position]));
}

Ref<> bytes_concat(Bytes* a, Bytes* b) {
  if (a->size == 0) return Ref<>::share(b);
  if (b->size == 0) return Ref<>::share(a);
  Ref<Bytes> result = make_bytes_uninitialized(a->size + b->size);
  std::memcpy(result->data, a->data, a->size);
  std::memcpy(result->data + a->size, b->data, b->size);
  return result;
}

Ref<> bytes_repeat(Bytes* bytes, std::int64_t times) {
  if (times <= 0 || bytes->size == 0) return make_bytes({});
  if (times == 1) return Ref<>::share(bytes);
  const std::size_t size = repeated_size(bytes->size, static_cast<std::size_t>(times));
  Ref<Bytes> result = make_bytes_uninitialized(size);
  fill_repeated(result->data, bytes->view(), size);
  return result;
}

std::optional<char> byte_from(Object* object) {
  if (!is_index_like(object)) return std::nullopt;
  const std::int64_t value = to_index_clipped(object);
  if (value < 0 || value > 255) raise(X::ValueError, "byte must be in range(0, 256)");
  return static_cast<char>(value);
}

bool bytes_contains(Bytes* bytes, Object* item) {
  if (const std::optional<char> byte = byte_from(item)) {
    return bytes->view().find(*byte) != std::string_view::npos;
  }
  return find_bytes(bytes->view(), bytes_arg(item)) != kNotFound;
}

GILBENCH_END
