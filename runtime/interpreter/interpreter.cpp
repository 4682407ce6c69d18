// The interpreter loop: threaded dispatch over the opcode list.
//
// Registers of the loop (ip, sp, frame and what is read from it) are C++ locals. Operands stay on
// the stack until an operation has succeeded, so that when one raises, unwinding finds and releases
// exactly what was there. Each operation's fast path is here; everything else is a call.
//
// Of errors most come as a Result that is a failure, with the error in the thread
// (values/result.h); what is rarer is thrown, and caught here.
#include <algorithm>
#include <new>

#include "runtime/interpreter/lookups.h"
#include "runtime/interpreter/unwind.h"
#include "runtime/memory/abandoned.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/make.h"
#include "runtime/objects/native_call.h"
#include "runtime/objects/operations.h"
#include "runtime/objects/text_objects.h"
#include "runtime/support/int_math.h"
#include "runtime/world/frame.h"

GILBENCH_BEGIN

namespace {

// A reference to what the world made for itself: None, small numbers, constants. Where there are
// immortal objects these are, and there is nothing to be counted.
GILBENCH_INLINE Object* share_constant(Object* constant) {
  if constexpr (!Refs::kImmortals) retain(constant);
  return constant;
}

// Operands of an operator that are on the stack, so that their references are given up; null for
// those that are borrowed. One that nobody else refers to may become the result, and is null then.
struct Spare {
  Object* left = nullptr;
  Object* right = nullptr;
};

// The object, and its reference, if it is the only one.
GILBENCH_INLINE Object* take_unique(Object*& object) {
  if (object != nullptr && Refs::unique(*object)) [[likely]]
    return std::exchange(object, nullptr);
  return nullptr;
}

// A new Int or Float, or one of the spare ones, which are of that type: so a chain of operations
// needs no new object for each.
template <class Number, class Value>
GILBENCH_INLINE Object* make_number(Thread& thread, const Type& type, Value value, Spare& spare) {
  Object* reused = take_unique(spare.left);
  if (reused == nullptr) reused = take_unique(spare.right);
  if (reused != nullptr) {
    static_cast<Number*>(reused)->value = value;
    return reused;
  }
  Number* object = new (thread.heap.allocate(sizeof(Number))) Number;
  object->type = &type;
  Refs::init(*object);
  ++thread.heap.live_objects;
  object->value = value;
  return object;
}
// An int that is usually too big for the shared ones.
GILBENCH_INLINE Object* new_int(Thread& thread, std::int64_t value, Spare& spare) {
  if (static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(kSmallIntMin) <=
      kSmallIntMax - kSmallIntMin) {
    return share_constant(thread.world.small_ints[value - kSmallIntMin]);
  }
  return make_number<Int>(thread, types::integer, value, spare);
}
GILBENCH_INLINE Object* new_float(Thread& thread, double value, Spare& spare) {
  return make_number<Float>(thread, types::floating, value, spare);
}

// Releases an operand that is known to be an Int or a Float: of one size, holding nothing.
GILBENCH_INLINE void release_number(Thread& thread, Object* number) {
  static_assert(sizeof(Int) == sizeof(Float));
  if constexpr (FindsLeaks<Refs>) return release(number);  // which may keep it
  if (Refs::release(*number)) [[likely]] {
    --thread.heap.live_objects;
    thread.heap.free(number, sizeof(Int));
  }
}

GILBENCH_INLINE void drop_operand(Thread&, Object* operand) { drop(operand); }

// a op b where both are Int or both Float, and the answer is, too; null otherwise.
template <Operator op>
GILBENCH_INLINE Object* number_result(Thread& thread, Object* a, Object* b, Spare& spare) {
  if (is_int(a) && is_int(b)) [[likely]] {
    const std::int64_t x = int_value(a);
    const std::int64_t y = int_value(b);
    std::int64_t result;
    if constexpr (op == Operator::kAdd) {
      if (!add_overflow(x, y, &result)) [[likely]]
        return new_int(thread, result, spare);
    } else if constexpr (op == Operator::kSub) {
      if (!sub_overflow(x, y, &result)) [[likely]]
        return new_int(thread, result, spare);
    } else if constexpr (op == Operator::kMul) {
      if (!mul_overflow(x, y, &result)) [[likely]]
        return new_int(thread, result, spare);
    } else if constexpr (op == Operator::kFloorDiv) {
      if (y > 0) return new_int(thread, floor_div(x, y), spare);
    } else if constexpr (op == Operator::kMod) {
      if (y > 0) return new_int(thread, floor_mod(x, y), spare);
    } else if constexpr (op == Operator::kLshift) {
      if (y >= 0 && !shift_left_overflow(x, y, &result)) return new_int(thread, result, spare);
    } else if constexpr (op == Operator::kRshift) {
      if (y >= 0) return new_int(thread, shift_right(x, y), spare);
    } else if constexpr (op == Operator::kAnd) {
      return new_int(thread, x & y, spare);
    } else if constexpr (op == Operator::kOr) {
      return new_int(thread, x | y, spare);
    } else if constexpr (op == Operator::kXor) {
      return new_int(thread, x ^ y, spare);
    }
    return nullptr;
  }
  if (is_float(a) && is_float(b)) {
    const double x = float_value(a);
    const double y = float_value(b);
    if constexpr (op == Operator::kAdd) return new_float(thread, x + y, spare);
    if constexpr (op == Operator::kSub) return new_float(thread, x - y, spare);
    if constexpr (op == Operator::kMul) return new_float(thread, x * y, spare);
    if constexpr (op == Operator::kTrueDiv) {
      if (y != 0) return new_float(thread, x / y, spare);
    }
  }
  return nullptr;
}
// Of whatever operands; null: a failure. `word`: the operator's; its argument tells `a op= b`.
template <Operator op>
inline Object* any_result(Object* a, Object* b, Word word) {
  return try_binary(op, a, b, argument_of(word) != 0).take();
}

inline Object* shared_bool(Thread& thread, bool value) {
  return share_constant(value ? thread.world.true_ : thread.world.false_);
}

// Whether a comprehension that the word before `ip` is in has the variable from the code around it.
bool is_free_in_comprehension(const Code& code, std::uint32_t slot, const Word* ip) {
  const auto word = static_cast<std::uint32_t>(ip - code.words.data() - 1);
  for (auto inner = code.comprehensions.rbegin(); inner != code.comprehensions.rend(); ++inner) {
    if (word < inner->start || word >= inner->end) continue;
    return std::find(inner->slots.begin(), inner->slots.end(), slot) == inner->slots.end();
  }
  return false;
}

[[gnu::noinline, gnu::cold]] Ref<Exception> unbound_error(Thread& thread, const Code& code,
                                                          std::uint32_t slot, bool free_variable,
                                                          const Word* ip) {
  free_variable = free_variable || is_free_in_comprehension(code, slot, ip);
  const std::string name(as<Str>(thread.world.constants[code.slot_names[slot]])->view());
  if (free_variable) {
    return make_exception(X::NameError, "cannot access free variable '", name,
                          "' where it is not associated with a value in enclosing scope");
  }
  return make_exception(X::UnboundLocalError, "cannot access local variable '", name,
                        "' where it is not associated with a value");
}

// Truth of the values that conditions usually are; the rest by is_true().
inline bool truth(Thread& thread, Object* value) {
  if (value == thread.world.true_) return true;
  if (value == thread.world.false_ || value == thread.world.none) return false;
  return is_true(value);
}

// A comparison's answer where both sides are int or both float; false when they are not.
template <Comparison op, class T>
inline bool compare_values(T a, T b) {
  if constexpr (op == Comparison::kLt) return a < b;
  if constexpr (op == Comparison::kLe) return a <= b;
  if constexpr (op == Comparison::kEq) return a == b;
  if constexpr (op == Comparison::kNe) return a != b;
  if constexpr (op == Comparison::kGt) return a > b;
  if constexpr (op == Comparison::kGe) return a >= b;
}
template <Comparison op>
inline bool compare_fast(Object* a, Object* b, bool* answer) {
  if (is_int(a) && is_int(b)) {
    *answer = compare_values<op>(int_value(a), int_value(b));
    return true;
  }
  if (is_float(a) && is_float(b)) {
    *answer = compare_values<op>(float_value(a), float_value(b));
    return true;
  }
  if constexpr (op == Comparison::kEq || op == Comparison::kNe) {
    if (is_str(a) && is_str(b)) {
      const bool same = a == b || as<Str>(a)->view() == as<Str>(b)->view();
      *answer = same == (op == Comparison::kEq);
      return true;
    }
  }
  return false;
}

// a[b] for a list or tuple and an index in range, owned; null otherwise.
GILBENCH_INLINE Object* subscript_fast(Thread&, Object* a, Object* b, Spare&) {
  if (!is_int(b)) return nullptr;
  std::int64_t index = int_value(b);
  if (a->type == &types::list) {
    List* list = as<List>(a);
    if (index >= 0) {
      Object* item = read_item(list->items, list->size, static_cast<std::size_t>(index));
      if (item != nullptr) [[likely]]
        return item;
    }
    if constexpr (kReadsUnlocked) return nullptr;
    Section section(list);
    if (resolve_index(&index, list->size)) return share_read(list->items[index]).take();
  } else if (a->type == &types::tuple) {
    Tuple* tuple = as<Tuple>(a);
    if (resolve_index(&index, tuple->size)) return Ref<>::share(tuple->items[index]).take();
  }
  return nullptr;
}
inline Object* subscript_slow(Object* a, Object* b, Word) { return try_get_item(a, b).take(); }

inline Ref<> cell_value(Cell* cell) {
  const auto guarded = [cell] {
    Section section(cell);
    return share_read(cell->value).take();
  };
  if constexpr (kReadsUnlocked) {
    Object* value = read_slot(cell->value, [] { return true; });
    return Ref<>::adopt(value != nullptr ? value : outlined(guarded));
  }
  return Ref<>::adopt(guarded());
}
// Puts an owned value in, hands the old one out.
inline Object* exchange_cell(Cell* cell, Object* value) {
  Section section(cell);
  return exchange_shared(cell->value, value);
}
// list[index] = value; null, and nothing done, when the index is out of range.
inline Object* exchange_item(List* list, std::int64_t index, Object* value) {
  Section section(list);
  if (!resolve_index(&index, list->size)) return nullptr;
  return exchange_shared(list->items[index], value);
}

// The next item (owned); null at the end, or where it fails.
inline Object* next_fast(Thread& thread, Object* iterator) {
  if (iterator->type == &types::range_iterator) {
    std::int64_t value;
    Spare none;
    return next_value(as<RangeIterator>(iterator), &value) ? new_int(thread, value, none) : nullptr;
  }
  if (iterator->type == &types::list_iterator) return next_of(as<ListIterator>(iterator)).take();
  if (iterator->type == &types::tuple_iterator) return next_of(as<TupleIterator>(iterator)).take();
  return try_next(iterator).take();
}

// Replaces the operand on top by the items, the first one topmost.
Object** push_reversed(Ref<Tuple> items, Object** sp) {
  drop(*--sp);
  for (std::size_t i = items->size; i-- > 0;) *sp++ = Ref<>::share(items->items[i]).take();
  return sp;
}

}  // namespace

// What follows is one function: splitting it would put its registers into memory. Each operation is
// a few lines between OP(...) and NEXT().
//
// Labels as values and computed goto are extensions of both compilers, and the reason for the
// loop's speed: each operation has its own indirect jump, which the branch predictor learns.
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wgnu-label-as-value"
#endif

// What jumps there seldom does so: else g++ keeps the loop's registers for it.
#if defined(__clang__)
#define COLD_LABEL
#else
#define COLD_LABEL __attribute__((cold));
#endif

// Twice where strategies share the loop and some of their Threads count instructions (run()).
//
// Where something is done between any two instructions, g++ keeps the stack pointer in memory, for
// the rare case of a call; where each release is a call, the instruction pointer. The loop then
// waits for that memory. An empty assembly that wants it in a register says otherwise. The counter
// is volatile for the loop: g++ would keep a copy of what it read, and write that to memory too.
template <bool kCountsInstructions>
// NOLINTNEXTLINE(readability-function-size)
static Maybe run_loop(Thread& thread, Frame* entry, Exception* thrown) {
  static const void* const kLabels[] = {
#define OP(name, words, effect, stack) &&op_##name,
      GILBENCH_OPCODES(OP)
#undef OP
  };

  World& world = thread.world;
  Object* const* const constants = world.constants.data();
  InlineCache* const caches = thread.caches.get();
  Frame* frame = entry;
  const Word* ip = frame->ip;
  Object** sp = frame->operands;
  Object** slots = frame->slots;
  Word word;
  Raising raising;  // an error on its way from an operation to its handler

  if (frame->kind == FrameKind::kGenerator) sp += frame->generator->stack_depth;
  if (thrown != nullptr) {
    raising.exception = Ref<Exception>::share(thrown);
    // As if the word at which the generator stands, its YIELD or its first, had raised it.
    if (ip == frame->code->words.data()) ++ip;
  }

// clang-format takes labels and macros with braces for something else.
// clang-format off
#define OP(name) op_##name:
#define ARG (word >> 8)
#define NEXT()                                                                            \
  do {                                                                                    \
    if constexpr (kCountsInstructions) {                                                  \
      asm("" : "+r"(sp));                                                                 \
      volatile std::int32_t& counter = thread.instructions_left;                          \
      const std::int32_t left = counter - 1;                                              \
      counter = left;                                                                     \
      if (left <= 0) [[unlikely]]                                                         \
        thread.count_instructions_anew(ip);                                               \
    }                                                                                     \
    if constexpr (FindsLeaks<Refs>) asm("" : "+r"(ip));                                   \
    word = *ip++;                                                                         \
    goto* kLabels[word & 0xff];                                                           \
  } while (0)
// After an operation whose slow path may have given up references where no program code runs.
#define CLOSE_ABANDONED() \
  if (thread.abandoned.any()) [[unlikely]] close_abandoned(thread)
// Replaces the two topmost operands by `result` (owned).
#define BINARY_RESULT(result)  \
  do {                         \
    Object* value = (result);  \
    Object* left = sp[-2];     \
    Object* right = sp[-1];    \
    --sp;                      \
    sp[-1] = value;            \
    drop(right);               \
    drop(left);                \
  } while (0)
// The same of a slow path's, which is null where that has failed.
#define SLOW_BINARY_RESULT(result)                        \
  do {                                                    \
    Object* slow_result = (result);                       \
    if (slow_result == nullptr) [[unlikely]] goto failed; \
    BINARY_RESULT(slow_result);                           \
  } while (0)
// Goes to the handler of what an empty slot means.
#define RAISE_UNBOUND(slot, free_variable)                                                 \
  do {                                                                                     \
    raising.exception = unbound_error(thread, *frame->code, slot, free_variable, ip);      \
    goto handle_error;                                                                     \
  } while (0)
// An operand that stays in the word's slot: `name`, not null.
#define BORROW_LOCAL(name)                                                      \
  Object* name = slots[ARG];                                                    \
  if (name == nullptr) [[unlikely]] RAISE_UNBOUND(ARG, false)
#define LOAD_FRAME()      \
  do {                    \
    ip = frame->ip;       \
    slots = frame->slots; \
  } while (0)

  for (;;) {
    try {
      if (raising) goto handle_error;
      NEXT();

      OP(NOP) NEXT();

      OP(LOAD_CONST) {
        *sp++ = share_constant(constants[ARG]);
        NEXT();
      }
      OP(LOAD_LOCAL) {
        Object* value = slots[ARG];
        if (value == nullptr) [[unlikely]] RAISE_UNBOUND(ARG, false);
        retain(value);
        *sp++ = value;
        NEXT();
      }
      OP(LOAD_LOCAL_LOCAL) {
        Object* first = slots[ARG];
        if (first == nullptr) [[unlikely]] RAISE_UNBOUND(ARG, false);
        const std::uint32_t second_slot = argument_of(*ip++);
        Object* second = slots[second_slot];
        if (second == nullptr) [[unlikely]] RAISE_UNBOUND(second_slot, false);
        retain(first);
        retain(second);
        sp[0] = first;
        sp[1] = second;
        sp += 2;
        NEXT();
      }
      OP(LOAD_LOCAL_CONST) {
        Object* first = slots[ARG];
        if (first == nullptr) [[unlikely]] RAISE_UNBOUND(ARG, false);
        retain(first);
        sp[0] = first;
        sp[1] = share_constant(constants[argument_of(*ip++)]);
        sp += 2;
        NEXT();
      }
      OP(STORE_LOCAL) {
        Object* old = slots[ARG];
        slots[ARG] = *--sp;
        if (old != nullptr) drop(old);
        NEXT();
      }
      OP(STORE_LOAD_LOCAL) {
        Object* old = slots[ARG];
        slots[ARG] = sp[-1];
        const std::uint32_t next_slot = argument_of(*ip++);
        Object* value = slots[next_slot];
        if (value == nullptr) [[unlikely]] {
          --sp;
          if (old != nullptr) drop(old);
          RAISE_UNBOUND(next_slot, false);
        }
        retain(value);
        sp[-1] = value;
        if (old != nullptr) drop(old);
        NEXT();
      }
      OP(DELETE_LOCAL) {
        Object* old = slots[ARG];
        if (old == nullptr) RAISE_UNBOUND(ARG, false);
        slots[ARG] = nullptr;
        drop(old);
        NEXT();
      }
      OP(MAKE_CELL) {
        Object* value = slots[ARG];
        slots[ARG] = make_cell(value).take();
        drop_if(value);
        NEXT();
      }
      OP(LOAD_CELL) {
        Cell* cell = as<Cell>(slots[ARG]);
        Object* value = cell_value(cell).take();
        if (value == nullptr) [[unlikely]] {
          RAISE_UNBOUND(ARG, ARG >= frame->code->slot_count - frame->code->free_count);
        }
        *sp++ = value;
        NEXT();
      }
      OP(STORE_CELL) {
        Cell* cell = as<Cell>(slots[ARG]);
        drop_if(exchange_cell(cell, *--sp));
        NEXT();
      }
      OP(DELETE_CELL) {
        Cell* cell = as<Cell>(slots[ARG]);
        Object* old = exchange_cell(cell, nullptr);
        if (old == nullptr) {
          RAISE_UNBOUND(ARG, ARG >= frame->code->slot_count - frame->code->free_count);
        }
        drop(old);
        NEXT();
      }
      OP(LOAD_CLOSURE) {
        Object* cell = slots[ARG];
        retain(cell);
        *sp++ = cell;
        NEXT();
      }

      OP(LOAD_GLOBAL) {
        Object* value = cached_global(world, frame->globals, caches[ARG]).take();
        if (value == nullptr) [[unlikely]] {
          value = load_global_slow(thread, frame, ARG).take();
          if (value == nullptr) goto failed;
        }
        *sp++ = value;
        NEXT();
      }
      OP(LOAD_GLOBAL_NULL) {
        Object* value = cached_global(world, frame->globals, caches[ARG]).take();
        if (value == nullptr) [[unlikely]] {
          value = load_global_slow(thread, frame, ARG).take();
          if (value == nullptr) goto failed;
        }
        sp[0] = value;
        sp[1] = nullptr;
        sp += 2;
        ++ip;
        NEXT();
      }
      OP(STORE_GLOBAL) {
        if (!store_cached_global(frame->globals, caches[ARG], sp[-1])) [[unlikely]] {
          store_global_slow(thread, frame, ARG, sp[-1]);
          drop(sp[-1]);
          CLOSE_ABANDONED();
        }
        --sp;
        NEXT();
      }
      OP(DELETE_GLOBAL) {
        Str* name = as<Str>(constants[world.program->cache_sites[ARG].name]);
        if (!dict_remove(frame->globals, static_cast<Object*>(name))) {
          raising.exception =
              make_exception(X::NameError, "name '", name->view(), "' is not defined");
          goto handle_error;
        }
        CLOSE_ABANDONED();
        NEXT();
      }
      OP(LOAD_NAME) {
        Object* value = load_name(thread, frame, ARG).take();
        if (value == nullptr) goto failed;
        *sp++ = value;
        NEXT();
      }
      OP(STORE_NAME) {
        dict_set(frame->names, as<Str>(constants[world.program->cache_sites[ARG].name]), sp[-1]);
        drop(*--sp);
        NEXT();
      }
      OP(LOAD_ATTR) {
        Object* object = sp[-1];
        Object* value = cached_instance_value(object, caches[ARG]).take();
        if (value == nullptr) [[unlikely]] {
          value = load_attribute_slow(thread, object, ARG).take();
          if (value == nullptr) goto failed;
        }
        sp[-1] = value;
        drop(object);
        NEXT();
      }
      OP(STORE_ATTR) {
        Object* object = sp[-1];
        if (store_cached_instance_value(object, caches[ARG], sp[-2])) [[likely]] {
          sp -= 2;
        } else {
          if (!store_attribute_slow(thread, object, ARG, sp[-2])) goto failed;
          sp -= 2;
          drop(sp[0]);
          CLOSE_ABANDONED();
        }
        drop(object);
        NEXT();
      }
      OP(LOAD_ATTR_L) {
        BORROW_LOCAL(object);
        word = *ip++;
        Object* value = cached_instance_value(object, caches[ARG]).take();
        if (value == nullptr) [[unlikely]] {
          value = load_attribute_slow(thread, object, ARG).take();
          if (value == nullptr) goto failed;
        }
        *sp++ = value;
        NEXT();
      }
      OP(STORE_ATTR_L) {
        BORROW_LOCAL(object);
        word = *ip++;
        if (store_cached_instance_value(object, caches[ARG], sp[-1])) [[likely]] {
          --sp;
        } else {
          if (!store_attribute_slow(thread, object, ARG, sp[-1])) goto failed;
          drop(*--sp);
          CLOSE_ABANDONED();
        }
        NEXT();
      }
      OP(DELETE_ATTR) {
        if (!try_delete_attribute(sp[-1], as<Str>(constants[world.program->cache_sites[ARG].name]))) {
          goto failed;
        }
        drop(*--sp);
        CLOSE_ABANDONED();
        NEXT();
      }
      OP(POP) {
        Object* value = *--sp;
        drop_if(value);
        NEXT();
      }
      OP(COPY) {
        Object* value = sp[-static_cast<std::ptrdiff_t>(ARG)];
        if (value != nullptr) retain(value);
        *sp++ = value;
        NEXT();
      }
      OP(SWAP) {
        std::swap(sp[-1], sp[-static_cast<std::ptrdiff_t>(ARG)]);
        NEXT();
      }
      OP(PUSH_NULL) {
        *sp++ = nullptr;
        NEXT();
      }

      // ---- operators ----

// An operator and its forms that borrow operands (opcodes.h). `fast(thread, left, right, spare)`
// answers with an owned value, or null where `slow(left, right, word)` is to be asked, the word being
// the operator's. `release_fast(thread, operand)`: of what `fast` has answered for. A borrowed operand
// is in its frame's slot for as long as the operation lasts: no other code changes that.
#define BINARY_OPERATOR(NAME, fast, slow, release_fast)                         \
  OP(NAME) {                                                                    \
    Object* left = sp[-2];                                                      \
    Object* right = sp[-1];                                                     \
    Spare spare{left, right};                                                   \
    Object* value = fast(thread, left, right, spare);                           \
    if (value != nullptr) [[likely]] {                                          \
      --sp;                                                                     \
      sp[-1] = value;                                                           \
      if (spare.right != nullptr) release_fast(thread, spare.right);            \
      if (spare.left != nullptr) release_fast(thread, spare.left);              \
      NEXT();                                                                   \
    }                                                                           \
    SLOW_BINARY_RESULT(slow(left, right, word));                                \
    NEXT();                                                                     \
  }                                                                             \
  OP(NAME##_L) {                                                                \
    BORROW_LOCAL(right);                                                        \
    RIGHT_BORROWED(fast, slow, release_fast)                                    \
  }                                                                             \
  OP(NAME##_C) {                                                                \
    Object* right = constants[ARG];                                             \
    RIGHT_BORROWED(fast, slow, release_fast)                                    \
  }                                                                             \
  OP(NAME##_LL) {                                                               \
    BORROW_LOCAL(left);                                                         \
    word = *ip++;                                                               \
    BORROW_LOCAL(right);                                                        \
    BOTH_BORROWED(fast, slow)                                                   \
  }                                                                             \
  OP(NAME##_LC) {                                                               \
    BORROW_LOCAL(left);                                                         \
    Object* right = constants[argument_of(*ip++)];                              \
    BOTH_BORROWED(fast, slow)                                                   \
  }
#define RIGHT_BORROWED(fast, slow, release_fast)                                \
  word = *ip++;                                                                 \
  Object* left = sp[-1];                                                        \
  Spare spare{left, nullptr};                                                   \
  Object* value = fast(thread, left, right, spare);                             \
  if (value != nullptr) [[likely]] {                                            \
    sp[-1] = value;                                                             \
    if (spare.left != nullptr) release_fast(thread, spare.left);                \
    NEXT();                                                                     \
  }                                                                             \
  value = slow(left, right, word);                                              \
  if (value == nullptr) [[unlikely]] goto failed;                               \
  sp[-1] = value;                                                               \
  drop(left);                                                                   \
  NEXT();
#define BOTH_BORROWED(fast, slow)                                               \
  word = *ip++;                                                                 \
  Spare spare;                                                                  \
  Object* value = fast(thread, left, right, spare);                             \
  if (value == nullptr) [[unlikely]] {                                          \
    value = slow(left, right, word);                                            \
    if (value == nullptr) [[unlikely]] goto failed;                             \
  }                                                                             \
  *sp++ = value;                                                                \
  NEXT();
#define NUMBER_OPERATOR(NAME, op) \
  BINARY_OPERATOR(NAME, number_result<op>, any_result<op>, release_number)
      NUMBER_OPERATOR(ADD, Operator::kAdd)
      NUMBER_OPERATOR(SUB, Operator::kSub)
      NUMBER_OPERATOR(MUL, Operator::kMul)
      NUMBER_OPERATOR(TRUE_DIV, Operator::kTrueDiv)
      NUMBER_OPERATOR(FLOOR_DIV, Operator::kFloorDiv)
      NUMBER_OPERATOR(MOD, Operator::kMod)
      NUMBER_OPERATOR(LSHIFT, Operator::kLshift)
      NUMBER_OPERATOR(RSHIFT, Operator::kRshift)
      NUMBER_OPERATOR(BIT_AND, Operator::kAnd)
      NUMBER_OPERATOR(BIT_OR, Operator::kOr)
      NUMBER_OPERATOR(BIT_XOR, Operator::kXor)
      BINARY_OPERATOR(SUBSCRIPT, subscript_fast, subscript_slow, drop_operand)
      OP(POW) {
        SLOW_BINARY_RESULT(try_binary(Operator::kPow, sp[-2], sp[-1], ARG != 0).take());
        NEXT();
      }
      OP(NEGATE) {
        Object* operand = sp[-1];
        Object* value = negate(operand).take();
        if (value == nullptr) goto failed;
        sp[-1] = value;
        drop(operand);
        NEXT();
      }
      OP(POSITIVE) {
        Object* operand = sp[-1];
        Object* value = positive(operand).take();
        if (value == nullptr) goto failed;
        sp[-1] = value;
        drop(operand);
        NEXT();
      }
      OP(INVERT) {
        Object* operand = sp[-1];
        Object* value = invert(operand).take();
        if (value == nullptr) goto failed;
        sp[-1] = value;
        drop(operand);
        NEXT();
      }
      OP(NOT) {
        const bool value = truth(thread, sp[-1]);
        drop(sp[-1]);
        sp[-1] = shared_bool(thread, !value);
        NEXT();
      }

#define COMPARE_OP(comparison)                                                  \
  {                                                                             \
    bool answer;                                                                \
    if (compare_fast<comparison>(sp[-2], sp[-1], &answer)) [[likely]] {         \
      BINARY_RESULT(shared_bool(thread, answer));                               \
      NEXT();                                                                   \
    }                                                                           \
    SLOW_BINARY_RESULT(try_compare(comparison, sp[-2], sp[-1]).take());         \
    NEXT();                                                                     \
  }
      OP(COMPARE_LT) COMPARE_OP(Comparison::kLt)
      OP(COMPARE_LE) COMPARE_OP(Comparison::kLe)
      OP(COMPARE_EQ) COMPARE_OP(Comparison::kEq)
      OP(COMPARE_NE) COMPARE_OP(Comparison::kNe)
      OP(COMPARE_GT) COMPARE_OP(Comparison::kGt)
      OP(COMPARE_GE) COMPARE_OP(Comparison::kGe)

// A comparison and the JUMP_IF_FALSE after it, and the forms that borrow operands.
#define COMPARE_BRANCH_OP(NAME, comparison)                                     \
  OP(NAME) {                                                                    \
    Object* left = sp[-2];                                                      \
    Object* right = sp[-1];                                                     \
    BRANCH(comparison);                                                         \
    sp -= 2;                                                                    \
    drop(right);                                                                \
    drop(left);                                                                 \
    NEXT();                                                                     \
  }                                                                             \
  OP(NAME##_L) {                                                                \
    BORROW_LOCAL(right);                                                        \
    RIGHT_BORROWED_BRANCH(comparison)                                           \
  }                                                                             \
  OP(NAME##_C) {                                                                \
    Object* right = constants[ARG];                                             \
    RIGHT_BORROWED_BRANCH(comparison)                                           \
  }                                                                             \
  OP(NAME##_LL) {                                                               \
    BORROW_LOCAL(left);                                                         \
    word = *ip++;                                                               \
    BORROW_LOCAL(right);                                                        \
    BOTH_BORROWED_BRANCH(comparison)                                            \
  }                                                                             \
  OP(NAME##_LC) {                                                               \
    BORROW_LOCAL(left);                                                         \
    Object* right = constants[argument_of(*ip++)];                              \
    BOTH_BORROWED_BRANCH(comparison)                                            \
  }
#define RIGHT_BORROWED_BRANCH(comparison)                                       \
  ++ip;                                                                         \
  Object* left = sp[-1];                                                        \
  BRANCH(comparison);                                                           \
  --sp;                                                                         \
  drop(left);                                                                   \
  NEXT();
#define BOTH_BORROWED_BRANCH(comparison)                                        \
  ++ip;                                                                         \
  BRANCH(comparison);                                                           \
  NEXT();
#define BRANCH(comparison)                                                      \
  bool answer;                                                                  \
  if (!compare_fast<comparison>(left, right, &answer)) [[unlikely]] {           \
    bool slow_answer;                                                           \
    if (!try_compare_true(comparison, left, right, &slow_answer)) goto failed;  \
    answer = slow_answer;                                                       \
  }                                                                             \
  ip = answer ? ip + 1 : frame->code->words.data() + argument_of(*ip)
      COMPARE_BRANCH_OP(COMPARE_LT_BRANCH, Comparison::kLt)
      COMPARE_BRANCH_OP(COMPARE_LE_BRANCH, Comparison::kLe)
      COMPARE_BRANCH_OP(COMPARE_EQ_BRANCH, Comparison::kEq)
      COMPARE_BRANCH_OP(COMPARE_NE_BRANCH, Comparison::kNe)
      COMPARE_BRANCH_OP(COMPARE_GT_BRANCH, Comparison::kGt)
      COMPARE_BRANCH_OP(COMPARE_GE_BRANCH, Comparison::kGe)

      OP(IS) {
        const bool same = sp[-2] == sp[-1];
        BINARY_RESULT(shared_bool(thread, same != (ARG != 0)));
        NEXT();
      }
      OP(CONTAINS) {
        const bool found = contains(sp[-1], sp[-2]);
        BINARY_RESULT(shared_bool(thread, found != (ARG != 0)));
        NEXT();
      }
      OP(STORE_SUBSCRIPT) {
        Object* object = sp[-2];
        Object* index = sp[-1];
        if (object->type == &types::list && is_int(index)) {
          List* list = as<List>(object);
          const std::int64_t position = int_value(index);
          Object* old = exchange_item(list, position, sp[-3]);
          if (old != nullptr) [[likely]] {
            sp -= 3;
            drop(old);
            drop(index);
            drop(object);
            NEXT();
          }
        }
        if (!try_set_item(object, index, sp[-3])) goto failed;
        sp -= 3;
        drop(index);
        drop(object);
        drop(sp[0]);
        CLOSE_ABANDONED();
        NEXT();
      }
      OP(STORE_SUBSCRIPT_LL) {
        BORROW_LOCAL(object);
        word = *ip++;
        BORROW_LOCAL(index);
        ++ip;
        if (object->type == &types::list && is_int(index)) {
          Object* old = exchange_item(as<List>(object), int_value(index), sp[-1]);
          if (old != nullptr) [[likely]] {
            --sp;
            drop(old);
            NEXT();
          }
        }
        if (!try_set_item(object, index, sp[-1])) goto failed;
        drop(*--sp);
        CLOSE_ABANDONED();
        NEXT();
      }
      OP(DELETE_SUBSCRIPT) {
        if (!try_delete_item(sp[-2], sp[-1])) goto failed;
        sp -= 2;
        drop(sp[1]);
        drop(sp[0]);
        CLOSE_ABANDONED();
        NEXT();
      }

      // ---- jumps ----

      OP(JUMP) {
        ip = frame->code->words.data() + ARG;
        NEXT();
      }
      OP(JUMP_BACK) {
        thread.checkpoint();  // first: what it raises is this word's
        ip = frame->code->words.data() + ARG;
        NEXT();
      }
      OP(JUMP_IF_FALSE) {
        const bool jump = !truth(thread, sp[-1]);
        Object* value = *--sp;
        if (jump) ip = frame->code->words.data() + ARG;
        drop(value);
        NEXT();
      }
      OP(JUMP_IF_TRUE) {
        const bool jump = truth(thread, sp[-1]);
        Object* value = *--sp;
        if (jump) ip = frame->code->words.data() + ARG;
        drop(value);
        NEXT();
      }
      OP(JUMP_IF_FALSE_OR_POP) {
        if (!truth(thread, sp[-1])) {
          ip = frame->code->words.data() + ARG;
        } else {
          drop(*--sp);
        }
        NEXT();
      }
      OP(JUMP_IF_TRUE_OR_POP) {
        if (truth(thread, sp[-1])) {
          ip = frame->code->words.data() + ARG;
        } else {
          drop(*--sp);
        }
        NEXT();
      }
      OP(GET_ITER) {
        Object* iterable = sp[-1];
        Object* iterator = try_iterate(iterable).take();
        if (iterator == nullptr) goto failed;
        sp[-1] = iterator;
        drop(iterable);
        NEXT();
      }
      OP(FOR_ITER) {
        Object* value = next_fast(thread, sp[-1]);
        if (value == nullptr) [[unlikely]] {
          if (thread.error != nullptr) goto failed;
          drop(*--sp);
          ip = frame->code->words.data() + ARG;
          NEXT();
        }
        *sp++ = value;
        NEXT();
      }
      OP(FOR_ITER_STORE) {
        Object* value = next_fast(thread, sp[-1]);
        if (value == nullptr) [[unlikely]] {
          if (thread.error != nullptr) goto failed;
          drop(*--sp);
          ip = frame->code->words.data() + ARG;
          NEXT();
        }
        Object*& slot = slots[argument_of(*ip++)];
        Object* old = slot;
        slot = value;
        if (old != nullptr) drop(old);
        NEXT();
      }

      // ---- building and taking apart ----

      OP(BUILD_TUPLE) {
        Object* tuple = make_tuple_adopting({sp - ARG, ARG}).take();
        sp -= ARG;
        *sp++ = tuple;
        NEXT();
      }
      OP(BUILD_LIST) {
        Object* list = make_list_adopting({sp - ARG, ARG}).take();
        sp -= ARG;
        *sp++ = list;
        NEXT();
      }
      OP(BUILD_SET) {
        Object* set = build_set({sp - ARG, ARG}).take();
        for (std::uint32_t i = 0; i < ARG; ++i) drop(*--sp);
        *sp++ = set;
        NEXT();
      }
      OP(BUILD_DICT) {
        Object* dict = build_dict({sp - 2 * static_cast<std::ptrdiff_t>(ARG), std::size_t{2} * ARG}).take();
        for (std::uint32_t i = 0; i < 2 * ARG; ++i) drop(*--sp);
        *sp++ = dict;
        NEXT();
      }
      OP(BUILD_STRING) {
        Object* text = join_strs({sp - ARG, ARG}).take();
        for (std::uint32_t i = 0; i < ARG; ++i) drop(*--sp);
        *sp++ = text;
        NEXT();
      }
      OP(BUILD_SLICE) {
        Object* slice = (ARG == 2 ? make_slice(sp[-2], sp[-1], world.none)
                                  : make_slice(sp[-3], sp[-2], sp[-1])).take();
        for (std::uint32_t i = 0; i < ARG; ++i) drop(*--sp);
        *sp++ = slice;
        NEXT();
      }
      OP(FORMAT_VALUE) {
        const bool has_spec = (ARG & 4) != 0;
        Object** value = sp - (has_spec ? 2 : 1);
        Object* text = format_value(*value, ARG & 3, has_spec ? as<Str>(value[1]) : nullptr).take();
        while (sp > value) drop(*--sp);
        *sp++ = text;
        NEXT();
      }
      OP(LIST_APPEND) {
        List* list = as<List>(sp[-1 - static_cast<std::ptrdiff_t>(ARG)]);
        list_append(list, Ref<>::adopt(*--sp));
        NEXT();
      }
      OP(SET_ADD) {
        set_add(as<Set>(sp[-1 - static_cast<std::ptrdiff_t>(ARG)]), sp[-1]);
        drop(*--sp);
        NEXT();
      }
      OP(DICT_ADD) {
        dict_set(as<Dict>(sp[-2 - static_cast<std::ptrdiff_t>(ARG)]), sp[-2], sp[-1]);
        drop(*--sp);
        drop(*--sp);
        NEXT();
      }
      OP(LIST_EXTEND) {
        display_extend(as<List>(sp[-1 - static_cast<std::ptrdiff_t>(ARG)]), sp[-1]);
        drop(*--sp);
        NEXT();
      }
      OP(SET_UPDATE) {
        set_update(as<Set>(sp[-1 - static_cast<std::ptrdiff_t>(ARG)]), sp[-1]);
        drop(*--sp);
        NEXT();
      }
      OP(DICT_UPDATE) {
        display_update(as<Dict>(sp[-1 - static_cast<std::ptrdiff_t>(ARG)]), sp[-1]);
        drop(*--sp);
        NEXT();
      }
      OP(DICT_MERGE) {
        merge_keywords(as<Dict>(sp[-1 - static_cast<std::ptrdiff_t>(ARG)]), sp[-1], sp[-5]);
        drop(*--sp);
        NEXT();
      }
      OP(LIST_TO_TUPLE) {
        Object* list = sp[-1];
        sp[-1] = to_tuple(list).take();
        drop(list);
        NEXT();
      }
      OP(UNPACK) {
        Object* sequence = sp[-1];
        if (sequence->type == &types::tuple && as<Tuple>(sequence)->size == ARG) [[likely]] {
          Object** items = as<Tuple>(sequence)->items;
          --sp;
          for (std::uint32_t i = ARG; i-- > 0;) {
            retain(items[i]);
            *sp++ = items[i];
          }
          drop(sequence);
          NEXT();
        }
        Object* items = unpack(sequence, ARG).take();
        if (items == nullptr) goto failed;
        sp = push_reversed(Ref<Tuple>::adopt(as<Tuple>(items)), sp);
        NEXT();
      }
      OP(UNPACK_STAR) {
        Object* items = unpack_star(sp[-1], ARG & 0xff, ARG >> 8).take();
        if (items == nullptr) goto failed;
        sp = push_reversed(Ref<Tuple>::adopt(as<Tuple>(items)), sp);
        NEXT();
      }

      // ---- calls ----

      OP(LOAD_METHOD) {
        Object* object = sp[-1];
        Object* method = cached_method(world, object->type->id, caches[ARG]).take();
        if (method != nullptr) [[likely]] {
          sp[-1] = method;
          *sp++ = object;
          NEXT();
        }
        Object* pair[2];
        if (!load_method_slow(thread, object, ARG, pair)) goto failed;
        sp[-1] = pair[0];
        *sp++ = pair[1];
        drop(object);
        NEXT();
      }
      OP(LOAD_SUPER_METHOD) {
        Object* pair[2];
        if (!load_super_method(thread, sp[-2], sp[-1], ARG, pair)) goto failed;
        drop(sp[-1]);
        drop(sp[-2]);
        sp[-2] = pair[0];
        sp[-1] = pair[1];
        NEXT();
      }
      OP(CALL) {
        thread.checkpoint();
        std::uint32_t count = ARG;
        Object** callable = sp - count - 2;
      call_again:
        Object** args = callable + 2;
        if (callable[1] != nullptr) {
          --args;
          ++count;
        }
        Object* target = callable[0];
        if (target->type == &types::function) [[likely]] {
          Function* function = as<Function>(target);
          if (binds_directly(*function->code, count)) [[likely]] {
            frame->ip = ip;
            frame = push_frame(thread, function, args, count, callable, FrameKind::kCall);
            ip = frame->ip;
            slots = args;
            sp = frame->operands;
            NEXT();
          }
        } else if (target->type == &types::native_function) {
          NativeFunction* native = as<NativeFunction>(target);
          if (native->code == list_append_method && count == 2 && callable[1] != nullptr &&
              callable[1]->type == &types::list) {
            list_append(as<List>(callable[1]), Ref<>::adopt(*--sp));
            drop(callable[1]);
            callable[0] = share_constant(world.none);
            sp = callable + 1;
            drop(target);
            NEXT();
          }
          Object* result = call_native(native, {args, count}).take();
          if (result == nullptr) [[unlikely]] goto failed;
          while (sp > callable + 1) drop_if(*--sp);
          callable[0] = result;
          drop(target);
          CLOSE_ABANDONED();
          NEXT();
        } else if (target->type == &types::bound_method && callable[1] == nullptr) {
          BoundMethod* method = as<BoundMethod>(target);
          retain(method->function);
          retain(method->self);
          callable[0] = method->function;
          callable[1] = method->self;
          drop(target);
          goto call_again;
        } else if (target->type == &types::klass) {
          // A Python class whose __init__ takes just these arguments: [init, instance, args], the
          // instance being both the first argument and the result.
          if (callable[1] == nullptr && prepare_init(callable, count)) {
            frame->ip = ip;
            frame = push_frame(thread, as<Function>(callable[0]), callable + 1, count + 1, callable,
                               FrameKind::kInit);
            retain(callable[1]);
            callable[0] = callable[1];
            ip = frame->ip;
            slots = callable + 1;
            sp = frame->operands;
            NEXT();
          }
        }
        frame->ip = ip;
        Object** top = sp;  // a copy: nothing may take the address of sp itself
        Frame* next_frame = call_in_place(thread, callable, {args, count, nullptr}, &top);
        sp = top;
        if (next_frame == nullptr) [[unlikely]] goto failed;
        frame = next_frame;
        LOAD_FRAME();
        CLOSE_ABANDONED();
        NEXT();
      }
      OP(CALL_KEYWORDS) {
        thread.checkpoint();
        Tuple* keywords = as<Tuple>(constants[*ip++]);
        std::size_t count = ARG;
        Object** callable = sp - count - 2;
        Object** args = callable + 2;
        if (callable[1] != nullptr) {
          --args;
          ++count;
        }
        frame->ip = ip;
        Object** top = sp;
        Frame* next_frame = call_in_place(thread, callable, {args, count - keywords->size, keywords}, &top);
        sp = top;
        if (next_frame == nullptr) [[unlikely]] goto failed;
        frame = next_frame;
        LOAD_FRAME();
        CLOSE_ABANDONED();
        NEXT();
      }
      OP(CALL_SPREAD) {
        thread.checkpoint();
        frame->ip = ip;
        Object** top = sp;
        Frame* next_frame = call_spread(thread, ARG != 0, &top);
        sp = top;
        if (next_frame == nullptr) [[unlikely]] goto failed;
        frame = next_frame;
        LOAD_FRAME();
        CLOSE_ABANDONED();
        NEXT();
      }
      OP(RETURN) {
        Object* value = *--sp;
        if (frame->kind == FrameKind::kCall) [[likely]] {
          Object** result = frame->result;
          pop_frame(thread, sp);
          *result = value;
          sp = result + 1;
        } else {
          if (frame->kind == FrameKind::kEntry) {
            pop_frame(thread, sp);
            return Ref<>::adopt(value);
          }
          if (frame->kind == FrameKind::kGenerator) {
            finish_generator(frame->generator, Ref<>::adopt(value));
            pop_frame(thread, sp);
            return Ref<>();
          }
          sp = return_specially(thread, Ref<>::adopt(value), sp);
        }
        frame = thread.frame;
        LOAD_FRAME();
        NEXT();
      }
      OP(YIELD) {
        Ref<> value = Ref<>::adopt(*--sp);
        frame->ip = ip;
        suspend(thread, sp);
        return value;
      }
      OP(MAKE_FUNCTION) {
        const std::uint32_t parts = *ip++;
        sp = make_function(thread, frame, ARG, parts, sp);
        NEXT();
      }
      OP(BUILD_CLASS) {
        frame->ip = ip;
        frame = enter_class_body(thread, as<Str>(constants[ARG]), sp);
        LOAD_FRAME();
        sp = frame->operands;
        NEXT();
      }
      OP(IMPORT) {
        *sp = import_module(as<Str>(constants[ARG])).take();
        ++sp;
        NEXT();
      }
      OP(IMPORT_FROM) {
        *sp = import_from(sp[-1], as<Str>(constants[ARG])).take();
        ++sp;
        NEXT();
      }

      // ---- errors ----

      OP(RAISE) {
        raising = make_raising(thread, sp, ARG);
        while (raising.pop > 0) {
          drop_if(*--sp);
          --raising.pop;
        }
        goto handle_error;
      }
      OP(ASSERT_FAIL) {
        raising.exception = assertion_error(thread, ARG != 0 ? sp[-1] : nullptr);
        goto handle_error;
      }
      OP(MATCH_EXCEPTION) {
        const bool matches = exception_matches(sp[-2], sp[-1]);
        drop(sp[-1]);
        sp[-1] = shared_bool(thread, matches);
        NEXT();
      }
      OP(PUSH_HANDLED) {
        thread.handled.push_back(sp[-1]);
        retain(sp[-1]);
        NEXT();
      }
      OP(POP_HANDLED) {
        Object* handled = thread.handled.back();
        thread.handled.pop_back();
        drop(handled);
        drop(*--sp);
        NEXT();
      }
      OP(RERAISE) {
        raising.exception = Ref<Exception>::adopt(as<Exception>(*--sp));
        raising.again = true;
        goto handle_error;
      }
      OP(ENTER_WITH) {
        Object* pair[2];
        enter_with(sp[-1], pair);
        drop(sp[-1]);
        sp[-1] = pair[0];
        *sp++ = pair[1];
        NEXT();
      }
      OP(EXIT_WITH_ERROR) {
        *sp = exit_with_error(sp[-2], as<Exception>(sp[-1])).take();
        ++sp;
        NEXT();
      }
      // clang-format on
    } catch (Raised& raised) {
      raising.exception = std::move(raised.exception);
    } catch (const SupportError& error) {
      raising.exception = exception_of(error);
    } catch (const std::bad_alloc&) {
      raising.exception = memory_error();
    }
    goto handle_error;

  failed:
    COLD_LABEL
    raising.exception = take_error(thread);

  handle_error:
    COLD_LABEL
    // Native code that raised may have left frames of its own behind: none, they popped theirs.
    frame = thread.frame;
    if (const Handler* handler = find_handler(thread, frame, ip, raising)) {
      Object** keep = frame->operands + handler->depth;
      while (sp > keep) drop_if(*--sp);
      CLOSE_ABANDONED();
      *sp++ = raising.exception.take();
      ip = frame->code->words.data() + handler->target;
      continue;
    }
    const FrameKind kind = frame->kind;
    if (kind == FrameKind::kGenerator) {
      raising.exception = fail_generator(frame->generator, std::move(raising.exception));
    }
    Object** result = frame->result;
    while (sp > frame->operands) drop_if(*--sp);
    pop_frame(thread, sp);
    if (kind == FrameKind::kEntry || kind == FrameKind::kGenerator) {
      return fail(std::move(raising.exception));
    }
    CLOSE_ABANDONED();
    // The caller's operand under the callee's slots: __init__'s instance, or a slot already empty.
    if (kind == FrameKind::kInit) drop(*result);
    frame = thread.frame;
    sp = result;
    LOAD_FRAME();
  }
}

Maybe run(Thread& thread, Frame* entry, Exception* thrown) {
  // With locks in objects, all threads run, and none has to be told that its turn is over.
  if constexpr (!Locks::kLocks) {
    if (thread.instructions_left > 0) [[unlikely]]
      return run_loop<true>(thread, entry, thrown);
  }
  return run_loop<false>(thread, entry, thrown);
}

GILBENCH_END
