// Taking a str apart into a list or a tuple of its parts.
#include "runtime/objects/containers.h"
#include "runtime/objects/native.h"
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

Result split_with(Args args, SplitAt at, SplitSpace space) {
  Str* self = as<Str>(args[0]);
  Object* separator = args.get(1);
  const std::int64_t limit = args.get(2) == nullptr ? -1 : to_index(args[2]);
  if (separator == nullptr || is_none(separator)) {
    return list_of_parts(self, space(self->view(), limit));
  }
  if (!is_str(separator)) {
    return fail(X::TypeError, "must be str or None, not ", type_name(separator));
  }
  return list_of_parts(self, at(self->view(), as<Str>(separator)->view(), limit));
}

using Partitioner = text::Partition (*)(std::string_view, std::string_view);
Result partition_with(Args args, Partitioner partitioner) {
  Str* self = as<Str>(args[0]);
  if (!is_str(args[1])) {
    return fail(X::TypeError, "must be str, not ", type_name(args[1]));
  }
  const text::Partition parts = partitioner(self->view(), as<Str>(args[1])->view());
  Ref<> before = make_part(self, parts.before);
  Ref<> separator = parts.separator.empty() ? make_str({}) : Ref<Str>::share(as<Str>(args[1]));
  Ref<> after = make_part(self, parts.after);
  return make_tuple({before.get(), separator.get(), after.get()});
}

}  // namespace

Result str_split(Args args) { return split_with(args, text::split, text::split_whitespace); }

Result str_rsplit(Args args) { return split_with(args, text::rsplit, text::rsplit_whitespace); }

Result str_split_lines(Args args) {
  Str* self = as<Str>(args[0]);
  const bool keep_ends = args.get(1) != nullptr && to_index(args[1]) != 0;
  return list_of_parts(self, text::split_lines(self->view(), keep_ends));
}

Result str_partition(Args args) { return partition_with(args, text::partition); }
Result str_rpartition(Args args) { return partition_with(args, text::rpartition); }

GILBENCH_END
