// Taking a str apart into a list or a tuple of its parts.
#include <array>

#include "runtime/interpreter/native_class.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/str_parts.h"
#include "runtime/objects/text_objects.h"
#include "runtime/support/text.h"

GILBENCH_BEGIN

namespace {

Ref<> list_of_parts(Str* whole, const text::Views& parts) {
  Ref<List> list = make_list(parts.size());
  for (const std::string_view part : parts) list_push(list.get(), make_part(whole, part).take());
  return list;
}

using SplitAt = text::Views (*)(std::string_view, std::string_view, std::int64_t);
using SplitSpace = text::Views (*)(std::string_view, std::int64_t);

Ref<> split_with(Args args, const char* name, SplitAt at, SplitSpace space) {
  Str* self = self_of<Str>(args, types::str, name);
  std::array<Object*, 2> values = {};
  if (args.keywords == nullptr && args.count <= 2) {
    if (args.count == 2) values[0] = args[1];
  } else {
    static constexpr std::array names = {"sep", "maxsplit"};
    bind_args(rest(args), name, names, values, 0);
  }
  const std::int64_t limit = values[1] == nullptr ? -1 : to_index(values[1]);
  if (values[0] == nullptr || is_none(values[0])) {
    return list_of_parts(self, space(self->view(), limit));
  }
  if (!is_str(values[0])) {
    raise(X::TypeError, std::string("must be str or None, not ") + type_name(values[0]));
  }
  return list_of_parts(self, at(self->view(), as<Str>(values[0])->view(), limit));
}

using Partitioner = text::Partition (*)(std::string_view, std::string_view);
Ref<> partition_with(Args args, const char* name, Partitioner partitioner) {
  Str* self = method_self<Str>(args, types::str, name, 1, 1);
  if (!is_str(args[1])) {
    raise(X::TypeError, std::string("must be str, not ") + type_name(args[1]));
  }
  const text::Partition parts = partitioner(self->view(), as<Str>(args[1])->view());
  Ref<> before = make_part(self, parts.before);
  Ref<> separator = parts.separator.empty() ? make_str({}) : Ref<Str>::share(as<Str>(args[1]));
  Ref<> after = make_part(self, parts.after);
  return make_tuple({before.get(), separator.get(), after.get()});
}

}  // namespace

Ref<> str_split(Args args) {
  return split_with(args, "split", text::split, text::split_whitespace);
}

Ref<> str_rsplit(Args args) {
  return split_with(args, "rsplit", text::rsplit, text::rsplit_whitespace);
}

Ref<> str_split_lines(Args args) {
  Str* self = self_of<Str>(args, types::str, "splitlines");
  static constexpr std::array names = {"keepends"};
  std::array<Object*, 1> values = {};
  bind_args(rest(args), "splitlines", names, values, 0);
  const bool keep_ends = values[0] != nullptr && to_index(values[0]) != 0;
  return list_of_parts(self, text::split_lines(self->view(), keep_ends));
}

Ref<> str_partition(Args args) { return partition_with(args, "partition", text::partition); }
Ref<> str_rpartition(Args args) { return partition_with(args, "rpartition", text::rpartition); }

GILBENCH_END
