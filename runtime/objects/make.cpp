// Texts of at most one ASCII character are the world's own. "Adopting" takes over the references to
// the items, "sharing" takes new ones.
#include "runtime/objects/make.h"

#include <cstring>

#include "runtime/objects/errors.h"
#include "runtime/support/utf8.h"

GILBENCH_BEGIN

Ref<> make_int(BigInt value) {
  if (value.fits_int64()) return make_int(value.to_int64());
  if constexpr (!Refs::kCounts) note_allocated(static_cast<std::size_t>(value.heap_bytes()));
  BigIntObject* object = allocate_object<BigIntObject>(types::big_integer);
  object->value = std::move(value);
  return Ref<>::adopt(object);
}

Ref<> make_int(Integer value) {
  if (auto* small = std::get_if<std::int64_t>(&value)) return make_int(*small);
  return make_int(std::get<BigInt>(std::move(value)));
}

Ref<> make_int_from_size(std::size_t value) { return make_int(static_cast<std::int64_t>(value)); }

Ref<Str> make_str_uninitialized(std::size_t size) {
  Str* str = allocate_object<Str>(types::str, sizeof(Str) + size);
  str->hash.store(Str::kNoHash, std::memory_order_relaxed);
  str->size = size;
  str->length = size;
  str->data[size] = '\0';
  return Ref<Str>::adopt(str);
}

void finish_str(Str* str) {
  str->length = utf8::is_ascii(str->view()) ? str->size : utf8::code_point_count(str->view());
}

Ref<Str> make_str(std::string_view text) {
  World& world = this_thread().world;
  if (text.size() <= 1) {
    if (text.empty()) return Ref<Str>::share(world.empty_str);
    const auto byte = static_cast<unsigned char>(text[0]);
    if (byte < 128) return Ref<Str>::share(world.ascii_strs[byte]);
  }
  Ref<Str> str = make_str_uninitialized(text.size());
  std::memcpy(str->data, text.data(), text.size());
  finish_str(str.get());
  return str;
}

Str* intern(std::string_view text) { return this_thread().world.intern(text); }
Str* intern(Str* str) { return this_thread().world.intern(str); }

Ref<Bytes> make_bytes_uninitialized(std::size_t size) {
  Bytes* bytes = allocate_object<Bytes>(types::bytes, sizeof(Bytes) + size);
  bytes->size = size;
  bytes->data[size] = '\0';
  return Ref<Bytes>::adopt(bytes);
}

Ref<Bytes> make_bytes(std::string_view data) {
  if (data.empty()) return Ref<Bytes>::share(this_thread().world.empty_bytes);
  Ref<Bytes> bytes = make_bytes_uninitialized(data.size());
  std::memcpy(bytes->data, data.data(), data.size());
  return bytes;
}

Ref<Tuple> make_tuple_uninitialized(std::size_t size) {
  if (size == 0) return Ref<Tuple>::share(this_thread().world.empty_tuple);
  Tuple* tuple = allocate_object<Tuple>(types::tuple, sizeof(Tuple) + size * sizeof(Object*));
  tuple->size = size;
  for (std::size_t i = 0; i < size; ++i) tuple->items[i] = nullptr;
  return Ref<Tuple>::adopt(tuple);
}

Ref<Tuple> make_pair(Ref<> first, Ref<> second) {
  Ref<Tuple> pair = make_tuple_uninitialized(2);
  Object** items = pair->items;  // the array is longer than it is declared
  items[0] = first.take();
  items[1] = second.take();
  return pair;
}

Ref<Tuple> make_tuple_adopting(std::span<Object*> items) {
  Ref<Tuple> tuple = make_tuple_uninitialized(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) tuple->items[i] = items[i];
  return tuple;
}

Ref<Tuple> make_tuple(std::span<Object* const> items) {
  Ref<Tuple> tuple = make_tuple_uninitialized(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    retain(items[i]);
    tuple->items[i] = items[i];
  }
  return tuple;
}

Ref<Tuple> make_tuple(std::initializer_list<Object*> items) {
  return make_tuple(std::span<Object* const>(items.begin(), items.size()));
}

Ref<List> make_list(std::size_t capacity) {
  Ref<List> list = Ref<List>::adopt(allocate_object<List>(types::list));
  if (capacity > 0) {
    list->items = static_cast<Object**>(allocate_buffer(capacity * sizeof(Object*)));
    list->capacity = capacity;
  }
  return list;
}

Ref<List> make_list_adopting(std::span<Object*> items) {
  Ref<List> list = make_list(items.size());
  for (Object* item : items) list->items[list->size++] = item;
  return list;
}

Ref<List> make_list_sharing(std::span<Object* const> items) {
  Ref<List> list = make_list(items.size());
  for (Object* item : items) {
    retain(item);
    list->items[list->size++] = item;
  }
  return list;
}

Ref<Range> make_range(std::int64_t start, std::int64_t stop, std::int64_t step) {
  Range* range = allocate_object<Range>(types::range);
  range->start = start;
  range->stop = stop;
  range->step = step;
  // In unsigned arithmetic: the distance of two int64 fits uint64.
  std::uint64_t length = 0;
  if (step > 0 && start < stop) {
    length = (static_cast<std::uint64_t>(stop) - static_cast<std::uint64_t>(start) - 1) /
                 static_cast<std::uint64_t>(step) +
             1;
  } else if (step < 0 && start > stop) {
    length = (static_cast<std::uint64_t>(start) - static_cast<std::uint64_t>(stop) - 1) /
                 (0 - static_cast<std::uint64_t>(step)) +
             1;
  }
  range->length = static_cast<std::int64_t>(length);
  return Ref<Range>::adopt(range);
}

Ref<Slice> make_slice(Object* start, Object* stop, Object* step) {
  Slice* slice = allocate_object<Slice>(types::slice);
  slice->start = Ref<>::share(start).take();
  slice->stop = Ref<>::share(stop).take();
  slice->step = Ref<>::share(step).take();
  return Ref<Slice>::adopt(slice);
}

Ref<Cell> make_cell(Object* value) {
  Cell* cell = allocate_object<Cell>(types::cell);
  cell->value = Ref<>::share(value).take();
  return Ref<Cell>::adopt(cell);
}

Ref<BoundMethod> make_bound_method(Object* function, Object* self) {
  BoundMethod* method = allocate_object<BoundMethod>(types::bound_method);
  method->function = Ref<>::share(function).take();
  method->self = Ref<>::share(self).take();
  return Ref<BoundMethod>::adopt(method);
}

Ref<Module> make_module(std::string_view name) {
  Ref<Str> text = make_str(name);
  Ref<Module> module = Ref<Module>::adopt(allocate_object<Module>(types::module));
  module->name = text.take();
  module->attributes = nullptr;
  module->attributes = make_dict().take();
  return module;
}

Ref<> make_traceback() { return Ref<>::adopt(allocate_object<Object>(types::traceback)); }

GILBENCH_END
