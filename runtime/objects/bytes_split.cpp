// Taking bytes apart into a list or a tuple of parts, and putting them together.
#include "runtime/objects/bytes_parts.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/native.h"
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

Result split_with(Args args, bool from_right) {
  Bytes* self = as<Bytes>(args[0]);
  const std::int64_t limit = args.get(2) == nullptr ? -1 : to_index(args[2]);
  const std::string_view view = self->view();
  if (args.get(1) != nullptr && !is_none(args[1])) {
    const std::string_view separator = bytes_arg(args[1]);
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
Result partition_with(Args args, Partitioner partitioner) {
  Bytes* self = as<Bytes>(args[0]);
  const text::Partition parts = partitioner(self->view(), bytes_arg(args[1]));
  Ref<> before = make_bytes_part(self, parts.before);
  Ref<> separator = make_bytes(parts.separator);
  Ref<> after = make_bytes_part(self, parts.after);
  return make_tuple({before.get(), separator.get(), after.get()});
}

}  // namespace

Result bytes_join(Args args) {
  Bytes* self = as<Bytes>(args[0]);
  Ref<> iterator = iterate_for_join(args[1]);
  // Keeps the parts alive while they are looked at.
  Ref<Tuple> items = to_tuple(iterator.get());
  text::Views parts;
  parts.reserve(items->size);
  for (std::size_t i = 0; i < items->size; ++i) {
    if (items->items[i]->kind() != Kind::kBytes) {
      return fail(X::TypeError, "sequence item ", std::to_string(i),
                  ": expected a bytes-like object, ", type_name(items->items[i]), " found");
    }
    parts.push_back(as<Bytes>(items->items[i])->view());
  }
  return make_bytes(text::join(self->view(), parts));
}

Result bytes_split(Args args) { return split_with(args, false); }
Result bytes_rsplit(Args args) { return split_with(args, true); }

Result bytes_split_lines(Args args) {
  Bytes* self = as<Bytes>(args[0]);
  const bool keep_ends = args.get(1) != nullptr && to_index(args[1]) != 0;
  return list_of_parts(self, bytes::split_lines(self->view(), keep_ends));
}

Result bytes_partition(Args args) { return partition_with(args, text::partition); }
Result bytes_rpartition(Args args) { return partition_with(args, text::rpartition); }

GILBENCH_END
