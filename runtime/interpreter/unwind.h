// An error on its way to its handler, and the statements that deal with errors.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/world/frame.h"

GILBENCH_BEGIN

struct Raising {
  Ref<Exception> exception;
  bool again = false;     // raised again: the frame is already in its traceback
  std::uint32_t pop = 0;  // operands of the RAISE that made it
  explicit operator bool() const { return static_cast<bool>(exception); }
};

// Notes the frame in the exception's traceback and looks for a handler around the word before `ip`;
// null: the frame ends.
const Handler* find_handler(Thread& thread, Frame* frame, const Word* ip, Raising& raising);

// Adds a frame to the exception's traceback, outside those that are there. Not where there is no
// memory for it.
void note_frame(Exception* exception, const std::string& name, std::uint32_t line) noexcept;

// RAISE with `count` operands below sp.
Raising make_raising(Thread& thread, Object** sp, std::uint32_t count);
Ref<Exception> assertion_error(Thread& thread, Object* message);  // null: without a message
bool exception_matches(Object* exception, Object* classes);
// [bound __exit__, result of __enter__] of a context manager.
void enter_with(Object* manager, Object** out);
Ref<> exit_with_error(Object* bound_exit, Exception* exception);

// Parts of other instructions that are not worth the loop's space. unpack() gives a tuple.
Result unpack(Object* iterable, std::size_t count);
Result unpack_star(Object* iterable, std::size_t before, std::size_t after);
Ref<> build_set(std::span<Object* const> items);
Ref<> build_dict(std::span<Object* const> keys_and_values);
void display_extend(List* list, Object* iterable);  // [*iterable]
void display_update(Dict* dict, Object* mapping);   // {**mapping}
// callable(*iterable), callable(**mapping): for the messages they are told what is called.
Ref<Tuple> spread_arguments(Object* iterable, Object* callable);
void merge_keywords(Dict* keywords, Object* mapping, Object* callable);
Ref<> format_value(Object* value, std::uint32_t conversion, Str* spec);
Ref<> join_strs(std::span<Object* const> parts);
Object** make_function(Thread& thread, Frame* frame, std::uint32_t code, std::uint32_t parts,
                       Object** sp);
Ref<> import_module(Str* name);
Ref<> import_from(Object* module, Str* name);

GILBENCH_END
