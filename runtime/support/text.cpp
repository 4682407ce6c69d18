// Searching in text, cutting pieces out of it, and putting it together.
#include "runtime/support/text.h"

#include "runtime/support/byte_search.h"
#include "runtime/support/bytes.h"
#include "runtime/support/error.h"
#include "runtime/support/utf8.h"

namespace gilbench::text {

namespace {

// A range of code points of text that is not all ASCII.
struct Slice {
  bool empty;  // starts beyond its end: not even the empty string is in it
  std::int64_t start;
  std::string_view bytes;
};

Slice cut(std::string_view text, std::int64_t start, std::int64_t end) {
  const ClippedRange range = clip_range(start, end, utf8::code_point_count(text));
  if (range.empty()) return {true, 0, {}};
  return {false, range.start,
          slice(text, static_cast<std::size_t>(range.start), static_cast<std::size_t>(range.end))};
}

std::int64_t index_in(const Slice& part, std::size_t offset) {
  if (offset == kNotFound) return -1;
  return part.start + static_cast<std::int64_t>(utf8::code_point_index(part.bytes, offset));
}

}  // namespace

std::int64_t find(std::string_view text, std::string_view needle, std::int64_t start,
                  std::int64_t end) {
  if (utf8::is_ascii(text)) return bytes::find(text, needle, start, end);
  const Slice part = cut(text, start, end);
  return part.empty ? -1 : index_in(part, find_bytes(part.bytes, needle));
}

std::int64_t rfind(std::string_view text, std::string_view needle, std::int64_t start,
                   std::int64_t end) {
  if (utf8::is_ascii(text)) return bytes::rfind(text, needle, start, end);
  const Slice part = cut(text, start, end);
  return part.empty ? -1 : index_in(part, part.bytes.rfind(needle));
}

std::int64_t count(std::string_view text, std::string_view needle, std::int64_t start,
                   std::int64_t end) {
  if (utf8::is_ascii(text)) return bytes::count(text, needle, start, end);
  const Slice part = cut(text, start, end);
  if (part.empty) return 0;
  if (needle.empty()) return static_cast<std::int64_t>(utf8::code_point_count(part.bytes)) + 1;
  return count_bytes(part.bytes, needle);
}

bool starts_with(std::string_view text, std::string_view prefix, std::int64_t start,
                 std::int64_t end) {
  if (start == 0 && end == kEnd) return text.starts_with(prefix);
  if (utf8::is_ascii(text)) return bytes::starts_with(text, prefix, start, end);
  const Slice part = cut(text, start, end);
  return !part.empty && part.bytes.starts_with(prefix);
}

bool ends_with(std::string_view text, std::string_view suffix, std::int64_t start,
               std::int64_t end) {
  if (start == 0 && end == kEnd) return text.ends_with(suffix);
  if (utf8::is_ascii(text)) return bytes::ends_with(text, suffix, start, end);
  const Slice part = cut(text, start, end);
  return !part.empty && part.bytes.ends_with(suffix);
}

std::string_view at(std::string_view text, std::size_t index) {
  const std::size_t offset = utf8::byte_offset(text, index);
  return text.substr(offset, utf8::sequence_length(text[offset]));
}

std::string_view slice(std::string_view text, std::size_t start, std::size_t stop) {
  if (start >= stop) return {};
  const std::size_t first = utf8::byte_offset(text, start);
  const std::string_view rest = text.substr(first);
  return rest.substr(0, utf8::byte_offset(rest, stop - start));
}

std::string slice_step(std::string_view text, std::int64_t start, std::int64_t step,
                       std::size_t length) {
  std::string out;
  if (length == 0) return out;
  out.reserve(length);
  if (utf8::is_ascii(text)) {
    for (std::size_t i = 0; i < length; ++i) {
      out.push_back(text[static_cast<std::size_t>(start + static_cast<std::int64_t>(i) * step)]);
    }
    return out;
  }
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; i < text.size(); i += utf8::sequence_length(text[i])) {
    offsets.push_back(i);
  }
  for (std::size_t i = 0; i < length; ++i) {
    const auto index = static_cast<std::size_t>(start + static_cast<std::int64_t>(i) * step);
    out.append(text.substr(offsets[index], utf8::sequence_length(text[offsets[index]])));
  }
  return out;
}

std::string replace(std::string_view text, std::string_view from, std::string_view to,
                    std::int64_t limit) {
  if (!from.empty()) return replace_bytes(text, from, to, limit);
  // Nothing stands before each character and at the end.
  std::string out;
  std::size_t i = 0;
  while (limit-- != 0) {
    out.append(to);
    if (i == text.size()) return out;
    const std::size_t size = utf8::sequence_length(text[i]);
    out.append(text.substr(i, size));
    i += size;
  }
  out.append(text.substr(i));
  return out;
}

std::string join(std::string_view separator, const std::vector<std::string_view>& parts) {
  if (parts.empty()) return {};
  std::size_t size = separator.size() * (parts.size() - 1);
  for (const std::string_view part : parts) size += part.size();
  std::string out;
  out.reserve(size);
  out.append(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) out.append(separator).append(parts[i]);
  return out;
}

std::string repeat(std::string_view text, std::int64_t times) {
  if (times <= 0 || text.empty()) return {};
  const auto count = static_cast<std::size_t>(times);
  std::string out;
  if (times > kMaxTextSize / static_cast<std::int64_t>(text.size())) {
    throw_error(ErrorKind::kMemoryError, "");
  }
  if (text.size() == 1) return std::string(count, text[0]);
  out.reserve(count * text.size());
  for (std::size_t i = 0; i < count; ++i) out.append(text);
  return out;
}

}  // namespace gilbench::text
