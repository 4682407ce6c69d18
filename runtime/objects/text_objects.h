// str and bytes as objects: what the interpreter's operators need of them. Their methods stand in
// str_methods.cpp, str_format.cpp, percent_format_objects.cpp and bytes_methods.cpp.
//
// Both are immutable, so nothing here takes a section of them. A str knows whether it is ASCII, and
// then an index of a character is an index of a byte.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/objects/native.h"
#include "runtime/values/types.h"

GILBENCH_BEGIN

// ---- making ----
// The text must be ASCII: its characters are not counted.
Ref<Str> make_ascii_str(std::string_view ascii);
// A part of `whole`: ASCII where the whole is; the whole itself where the part is all of it.
Ref<Str> make_part(Str* whole, std::string_view part);
Ref<Bytes> make_bytes_part(Bytes* whole, std::string_view part);

// ---- operators ----
// An iterator; TypeError "can only join an iterable". (P)
Ref<> iterate_for_join(Object* iterable);
Result str_get_item(Str* str, Object* index);  // an int or a slice; IndexError, TypeError
Ref<> str_concat(Str* a, Str* b);
Ref<> str_repeat(Str* str, std::int64_t times);
bool str_contains(Str* str, Object* item);                 // TypeError where item is no str
Ref<Str> percent_format(Str* format, Object* values);      // (P) format % values
Ref<Bytes> percent_format(Bytes* format, Object* values);  // (P)
Ref<Str> str_join(Str* separator, Object* iterable);       // (P)
Ref<Str> brace_format(Str* format, Args args);             // (P) format.format(*args, **keywords)

Result bytes_get_item(Bytes* bytes, Object* index);
Ref<> bytes_concat(Bytes* a, Bytes* b);
Ref<> bytes_repeat(Bytes* bytes, std::int64_t times);
bool bytes_contains(Bytes* bytes, Object* item);  // bytes, or what byte_from() takes
// The byte that an int is, or what has an __index__; nothing for anything else. ValueError where it
// is not from 0 to 255.
std::optional<char> byte_from(Object* object);

// ---- encodings ----
// encoding and errors may be null: utf-8, strict. LookupError for an encoding that is not known.
// `function` is whose arguments they are, for errors.
Ref<> str_encode(Str* str, Object* encoding, Object* errors, const char* function = "encode");
Ref<> bytes_decode(std::string_view bytes, Object* encoding, Object* errors);

// ---- classes: define_text_classes() ----
void define_str_class(World& world);
void define_bytes_class(World& world);

GILBENCH_END
