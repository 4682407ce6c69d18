// References that native code holds outside of objects and frames: on the C++ stack, in registers,
// in memory from malloc. Counting strategies need not know of them, because they are counted. A
// tracing collector must find them all, with what is here. Where references are counted, no stack
// is noted and spans are empty.
//
//  - NativeStack: how much of a thread's C++ stack is in use, and its registers, noted when the
//    thread detaches, parks or collects. Scanned word by word: what looks like the address of an
//    object, or of a byte inside one, keeps that object alive.
//  - RootSpan: a piece of other memory, scanned likewise for as long as the span lives. Spans of a
//    thread are linked in a list of its own, which only it changes.
//
// Why conservative: a precise list of all the Refs and borrowed pointers in native code would cost
// each native call a store or two, as much as counting costs, and each forgotten one is a crash
// that no test may show. The price is small: words that look like an object's address by chance
// keep some garbage for one collection more, and objects cannot be moved, which nothing here needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/values/object.h"

GILBENCH_BEGIN

// The C++ stack of one thread, from where it was noted to its base (it grows downwards).
//
// What note() must achieve: every pointer that a live frame of this thread will use again can be
// found in the noted registers or at and above the noted stack pointer. The assembly declares all
// caller-saved registers clobbered. So at that point the compiler has every value that it needs
// later where it would keep it over a call: in callee-saved registers, which are copied here, or on
// the stack. What callers of the noting function keep in such registers is still there, or was
// pushed by a frame in between, which is on the stack above. The noting function must not return
// before the thread goes on, because its frame holds some of these values. Hence note(), detach()
// and the constructor of BlockingRegion are inlined into the function that blocks.
//
// After detach() the blocking function runs on, and may move its own values about. Its arguments
// are held by its caller's operands. What else it will use again (such as read_bytes()'s buffer)
// was noted in a register, whose copy stays, or has a stack slot, and compilers keep a variable's
// slot for as long as the variable is live.
class NativeStack {
 public:
  [[gnu::always_inline]] inline void note() noexcept {
#if defined(__x86_64__)
    asm volatile(
        "movq %%rbx, 0(%0)\n\t"
        "movq %%rbp, 8(%0)\n\t"
        "movq %%r12, 16(%0)\n\t"
        "movq %%r13, 24(%0)\n\t"
        "movq %%r14, 32(%0)\n\t"
        "movq %%r15, 40(%0)\n\t"
        "movq %%rsp, 48(%0)\n\t"
        :
        : "r"(words_)
        : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "memory");
#elif defined(__aarch64__)
    // d8 to d15 too: a compiler may keep general registers there over a call.
    asm volatile(
        "stp x19, x20, [%0]\n\t"
        "stp x21, x22, [%0, #16]\n\t"
        "stp x23, x24, [%0, #32]\n\t"
        "stp x25, x26, [%0, #48]\n\t"
        "stp x27, x28, [%0, #64]\n\t"
        "stp d8, d9, [%0, #80]\n\t"
        "stp d10, d11, [%0, #96]\n\t"
        "stp d12, d13, [%0, #112]\n\t"
        "stp d14, d15, [%0, #128]\n\t"
        "mov x9, sp\n\t"
        "stp x29, x9, [%0, #144]\n\t"
        :
        : "r"(words_)
        : "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13",
          "x14", "x15", "x16", "x17", "x30", "memory");
#else
#error "note() knows the registers of x86-64 and aarch64 only"
#endif
  }

  // Called on the OS thread that is about to attach: says where its stack begins.
  void set_base(const void* base) noexcept { base_ = static_cast<const std::uintptr_t*>(base); }

  // Calls scan(word, context) for each word. The stack's thread may be running, below the noted
  // place and in its own variables above; it changes no references there.
  void for_each_word(void (*scan)(std::uintptr_t word, void* context), void* context) const;

 private:
#if defined(__x86_64__)
  static constexpr std::size_t kWords = 7;
#else
  static constexpr std::size_t kWords = 20;
#endif
  std::uintptr_t words_[kWords] = {};  // the registers; the last one is the stack pointer
  const std::uintptr_t* base_ = nullptr;
};

// The highest address of the calling thread's stack. Throws std::bad_alloc, at the thread's first
// call only, where the system cannot tell.
const void* native_stack_base();

// A place in a list of spans.
struct RootLink {
  RootLink* previous = this;
  RootLink* next = this;

  RootLink() = default;
  RootLink(const RootLink&) = delete;
  RootLink& operator=(const RootLink&) = delete;

  void insert_before(RootLink& other) noexcept {
    next = &other;
    previous = other.previous;
    previous->next = this;
    other.previous = this;
  }
  void remove() noexcept {
    previous->next = next;
    next->previous = previous;
  }
};

// What a thread keeps for the collector that traces: where it is, and its spans.
struct TracedThread {
  NativeStack stack;
  RootLink spans;
  // The world's account of what was allocated is brought up to date after so many bytes.
  static constexpr std::ptrdiff_t kStepBytes = std::ptrdiff_t{64} << 10;
  std::ptrdiff_t credit = kStepBytes;  // bytes left until then
  int checkpoints = 0;                 // passed, where tests collect at every so many-th
  // Generators that the thread has made and may have to close (memory/abandoned.h); not owned.
  std::vector<Object*> closable;
};

GILBENCH_END
