// Abandoned generators: those that die, or are garbage, while they are suspended inside a `try` or
// a `with`. One reference more keeps them alive until close() has thrown GeneratorExit into them
// (PEP 342), so that their `finally` runs and their `with` is left, as in CPython.
//
// A generator may die wherever a reference is given up: in a section, in the middle of a read
// without a lock, in a chain of objects that take each other apart. No program code may run there.
// So its death and its closing are two steps:
//
//  1. abandon(), called in place of its destruction, asks whether the generator must be closed. If
//     so it gets one reference, like a new object, and is put on the thread's list; by (I4) this
//     thread alone has it. Collectors do the same with generators among their garbage:
//     abandon_garbage(), abandon_unreached().
//  2. close_abandoned() closes what stands on the list, where program code may run: right after a
//     drop() of the interpreter's loop (ref.h), or at the next checkpoint, asked for by
//     kBreakClose.
//
// A thread that ends or is about to block leaves its list to the world: the next thread that comes
// to a checkpoint closes what is on it. When the world ends, its last thread closes every generator
// that is still suspended in a `try` or a `with`; from then on none is kept.
//
// This comes to an end, because a generator is kept only once (was_abandoned). If it yields in
// answer, or has been stored elsewhere meanwhile, its second death is an ordinary one, as in
// CPython. A run that is to end (World::interrupt) keeps none.
#pragma once

#include <atomic>
#include <vector>

#include "runtime/support/annotated_mutex.h"
#include "runtime/values/object.h"

GILBENCH_BEGIN

struct Dict;
struct Generator;
struct ThreadMemory;
struct WorldMemory;

// One thread's list. Changed by its thread alone; owns a reference to each.
class Abandoned {
 public:
  // Asked after each native call.
  bool any() const noexcept { return waiting_ != 0; }
  // Takes over a reference. False: there is no memory, and nothing has changed.
  bool add(Generator* generator) noexcept;
  std::size_t size() const noexcept { return generators_.size(); }
  // Reverses those that have come since there were `size`: the last one first.
  void reverse_from(std::size_t size) noexcept;
  // Calls close(Generator*) for each, also for those that come meanwhile, and gives its reference
  // up. A call from inside `close` sees only those that have come since.
  void close_each(void (*close)(ThreadMemory& thread, Generator* generator),
                  ThreadMemory& thread) noexcept;
  // Removes all that wait, and returns them with their references.
  std::vector<Object*> take();

  const std::vector<Object*>& all() const noexcept { return generators_; }  // null: closed

 private:
  std::vector<Object*> generators_;
  std::size_t waiting_ = 0;  // the last so many of these; an outer close_each() closes the others
};

// The world's part.
struct Closing {
  // Whether any generator has been made whose code has a `try` or a `with`. relaxed: its readers
  // have joined the threads that made them, or been told of them.
  std::atomic<bool> may_be_needed{false};
  bool over = false;  // the world ends; on its last thread

  // relaxed: a hint whether to look; the mutex orders the rest. It is set before kBreakClose is
  // asked for, and the thread that takes that request acquires it. A thread that is made later has
  // locked threads_mutex_.
  std::atomic<bool> any_left{false};
  Mutex mutex;
  std::vector<Object*> left GILBENCH_GUARDED_BY(mutex);  // by threads that could not; owned
};

// All of these are called attached.

// A generator has been made whose code has a `try` or a `with`. MemoryError.
void note_closable(Generator* generator);
// Its last reference has gone. True: it must be closed, and lives on until it has been.
bool abandon(Generator* generator) noexcept;
// Puts the generators that must be closed, of a cycle collector's garbage, on the thread's list.
// They and all that they reach are taken out of `garbage`; the next collection finds them ended.
void abandon_garbage(ThreadMemory& thread, std::vector<Object*>* garbage) noexcept;
// When the world ends: puts every living generator that must be closed on the list. Those in the
// dict come first, in the order of its keys.
void abandon_living(ThreadMemory& thread, Dict* first) noexcept;
// Leaves the thread's list to the world's other threads.
void leave_abandoned(ThreadMemory& thread) noexcept;
// Gives up what is still on a list, and keeps nothing from here on.
void end_closing(ThreadMemory& thread) noexcept;

// Called where a checkpoint may stand. (interpreter/close_abandoned.cpp)
void close_abandoned(ThreadMemory& thread) noexcept;
// At the end of the world, on its last thread: closes all generators that are left.
void close_all_generators(ThreadMemory& thread) noexcept;

// Whether the generator is suspended where closing does more than release what it holds, and is
// still to be closed.
bool must_be_closed(const Generator& generator) noexcept;

GILBENCH_END
