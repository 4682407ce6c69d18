// Frames, and the interpreter's own way to make and leave them.
//
// A thread's frames stand in one array, their slots and operands in another; a frame's slots begin
// where its arguments were pushed, so a call moves no argument. A call from bytecode to bytecode
// makes a frame and goes on in the same loop: it does not recurse on the C++ stack.
//
//     values:  ... | caller's operands | callable self? | arg slots, other slots | operands ...
//                                       ^ result          ^ slots                 ^ operands
#pragma once

#include "runtime/values/types.h"
#include "runtime/world/thread.h"

GILBENCH_BEGIN

// CPython's default recursion limit (sys.getrecursionlimit()).
inline constexpr int kMaxDepth = 1000;

// Counts as a call, while it lives: for native functions that recurse as deep as a program nests
// its objects. Raises RecursionError, whose message ends in `doing`.
class [[nodiscard]] RecursionGuard {
 public:
  explicit RecursionGuard(const char* doing) : thread_(this_thread()) {
    if (thread_.depth >= kMaxDepth) [[unlikely]]
      thread_.raise_too_deep(doing);
    thread_.check_stack(doing);
    ++thread_.depth;
  }
  ~RecursionGuard() { --thread_.depth; }
  RecursionGuard(const RecursionGuard&) = delete;
  RecursionGuard& operator=(const RecursionGuard&) = delete;

 private:
  Thread& thread_;
};

enum class FrameKind : std::uint8_t {
  kCall,       // the result goes to the caller's operand stack
  kEntry,      // called from native code: run() returns
  kInit,       // __init__: the instance stays as the result
  kClassBody,  // the class is made at the end
  kGenerator,  // resumed by native code: run() returns what it yields
};

struct Frame {
  const Code* code;
  const Word* ip;  // the next word; up to date while another frame runs
  Object** slots;
  Object** operands;   // the bottom of the operand stack
  Object** result;     // the caller's operand that the result replaces
  Function* function;  // owned
  Dict* globals;       // borrowed from function
  FrameKind kind;
  std::uint32_t handled_base;  // exceptions being handled when this frame was entered
  // Class bodies:
  Dict* names = nullptr;           // owned
  Class* base = nullptr;           // owned or null
  Str* class_name = nullptr;       // borrowed from the constants
  Generator* generator = nullptr;  // borrowed: its resumer keeps it
};

// Puts the values of `args` into the function's slots by Python's rules: fills slots[0 ..
// slot_count - free_count) with references of their own (null where empty). TypeError.
Outcome bind_arguments(Function* function, Args args, Object** slots);

// True when a call with that many positional arguments needs no more than its arguments in place.
inline bool binds_directly(const Code& code, std::size_t count) {
  return code.positional_count == count && code.keyword_only_count == 0 && !code.has_varargs &&
         !code.has_varkeywords && !code.is_generator;
}

// Makes the frame of a function whose first `bound` slots are filled; raises RecursionError. Takes
// over the reference to the function, only when it returns. On the current thread.
Frame* push_frame(Thread& thread, Function* function, Object** slots, std::size_t bound,
                  Object** result, FrameKind kind);
// Releases slots, operands up to `operands_end` and what else the frame owns.
void pop_frame(Thread& thread, Object** operands_end) noexcept;

// Runs the top frame until it ends (or yields). Fails with what it does not handle, and throws
// nothing. Nothing: a generator's frame has ended.
// `thrown`, borrowed: raised at the frame's next word, instead of running it.
Maybe run(Thread& thread, Frame* entry, Exception* thrown = nullptr);

// Calls a function of the program from native code.
Result call_function(Function* function, Args args);
// Resumes a generator; nothing when it has ended. `sent`: what its yield evaluates to.
Maybe resume(Generator* generator, Object* sent);
Result generator_throw(Args args);  // generator.throw(exception)
Result generator_close(Args args);
Ref<> make_generator(Function* function, Object** slots);  // takes the slots over, if it returns
// Makes an instance of a class by calling it.
Result instantiate(Class* klass, Args args);

// For the loop's CALL: [class, null, args] becomes [__init__, instance, args] where the class is a
// Python class whose __init__ takes just `count` arguments and self; false, and nothing changed,
// otherwise.
bool prepare_init(Object** callable, std::size_t count);
// Any call whose callable, self-or-null and arguments are on the stack, up to *sp. Either makes the
// frame to go on in, or leaves the result in *callable; returns the frame, *sp is set for it. Null:
// the call has failed.
Frame* call_in_place(Thread& thread, Object** callable, Args args, Object*** sp);
// [callable, self-or-null, iterable, dict if has_keywords].
Frame* call_spread(Thread& thread, bool has_keywords, Object*** sp);
// The end of a frame of kind kInit or kClassBody: pops it, leaves the result with the caller and
// returns the caller's stack pointer.
Object** return_specially(Thread& thread, Ref<> returned, Object** sp);
Frame* enter_class_body(Thread& thread, Str* name, Object** sp);
// suspend: the running generator's frame is moved out of the way. finish_generator: it has ended.
void suspend(Thread& thread, Object** sp);
void finish_generator(Generator* generator, Ref<> returned = {}) noexcept;
// The running generator ends with that error. Returns the error that its resumer gets, which is
// another where a StopIteration would look like the generator's ordinary end.
Ref<Exception> fail_generator(Generator* generator, Ref<Exception> error) noexcept;
// What a generator returned, for the StopIteration that tells of its end: given once, null where it
// was None.
Ref<> take_returned(Generator* generator);

// True for code of the program's top level: the module's body, and class bodies in it.
bool at_top_level(const Thread& thread, const Frame* frame);

// The first free place above the running frame's operands, for nested frames.
Object** free_values(Thread& thread);

GILBENCH_END
