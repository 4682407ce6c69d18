// Taking bytes apart into a list or a tuple of parts, and putting them together.
#include <array>

#include "runtime/interpreter/native_class.h"
#include "runtime/objects/bytes_parts.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/text_objects.h"
#include "runtime/support/bytes.h"

GILBENCH_BEGIN

namespace {

Ref<> list_of_parts(Bytes* whole, const text::Views& parts) {
  Ref<List> list = make_list(parts.size());
  for (const std::string_view part : parts) {
    list_push(list.get(), make_bytes_part(whole, part).take());
  }
  return list;
}

Ref<> split_with(Args args, const char* name, bool from_right) {
  Bytes* self = self_of<Bytes>(args, types::bytes, name);
  static constexpr std::array names = {"sep", "maxsplit"};
  std::array<Object*, 2> values = {};
  bind_args(rest(args), name, names, values, 0);
  const std::int64_t limit = values[1] == nullptr ? -1 : to_index(values[1]);
  const std::string_view view = self->view();
  if (values[0] != nullptr && !is_none(values[0])) {
    const std::string_view separator = bytes_arg(values[0]);
    return list_of_parts(self, from_right ? text::rsplit(view, separator, limit)
                                          : text::split(view, separator, limit));
  }
  if (!from_right) return list_of_parts(self, bytes::split_whitespace(view, limit));
  // From the right: parts are cut off the end until the limit, and the rest keeps its inner space.
  text::Views parts;
  std::string_view left = bytes::rstrip(view);
  while (!left.empty()) {
    const std::size_t space = left.find_last_of(" \t\n\r\v\f");
    if (space == std::string_view::npos ||
        (limit >= 0 && static_cast<std::int64_t>(parts.size()) == limit)) {
      parts.push_back(left);
      break;
    }
    parts.push_back(left.substr(space + 1));
    left = bytes::rstrip(left.substr(0, space));
  }
  return list_of_parts(self, {parts.rbegin(), parts.rend()});
}

using Partitioner = text::Partition (*)(std::string_view, std::string_view);
Ref<> partition_with(Args args, const char* name, Partitioner partitioner) {
  Bytes* self = method_self<Bytes>(args, types::bytes, name, 1, 1);
  const text::Partition parts = partitioner(self->view(), bytes_arg(args[1]));
  Ref<> before = make_bytes_part(self, parts.before);
  Ref<> separator = make_bytes(parts.separator);
  Ref<> after = make_bytes_part(self, parts.after);
  return make_tuple({before.get(), separator.get(), after.get()});
}

Ref<> iterate_for_join(Object* iterable) {
  try {
    return iterate(iterable);
  } catch (const Raised& raised) {
    if (!is_exception_of(raised.exception.get(), X::TypeError)) throw;
  }
  raise(X::TypeError, "can only join an iterable");
}

}  // namespace

Ref<> bytes_join(Args args) {
  Bytes* self = method_self<Bytes>(args, types::bytes, "join", 1, 1);
  Ref<> iterator = iterate_for_join(args[1]);
  // Keeps the parts alive while they are looked at.
  Ref<Tuple> items = to_tuple(iterator.get());
  text::Views parts;
  parts.reserve(items->size);
  for (std::size_t i = 0; i < items->size; ++i) {
    if (items->items[i]->kind() != Kind::kBytes) {
      raise(X::TypeError, "sequence item " + std::to_string(i) +
                              ": expected a bytes-like object, " + type_name(items->items[i]) +
                              " found");
    }
    parts.push_back(as<Bytes>(items->items[i])->view());
  }
  return make_bytes(text::join(self->view(), parts));
}

Ref<> bytes_split(Args args) { return split_with(args, "split", false); }
Ref<> bytes_rsplit(Args args) { return split_with(args, "rsplit", true); }

Ref<> bytes_split_lines(Args args) {
  Bytes* self = self_of<Bytes>(args, types::bytes, "splitlines");
  static constexpr std::array names = {"keepends"};
  std::array<Object*, 1> values = {};
  bind_args(rest(args), "splitlines", names, values, 0);
  const bool keep_ends = values[0] != nullptr && to_index(values[0]) != 0;
  return list_of_parts(self, bytes::split_lines(self->view(), keep_ends));
}

Ref<> bytes_partition(Args args) { return partition_with(args, "partition", text::partition); }
Ref<> bytes_rpartition(Args args) { return partition_with(args, "rpartition", text::rpartition); }

GILBENCH_END
