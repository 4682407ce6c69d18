// The mark: which objects can be reached. On the collecting thread, while the world is stopped.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/memory/heap_walk.h"
#include "runtime/memory/state.h"

GILBENCH_BEGIN

struct Thread;

class Marker {
 public:
  explicit Marker(WorldMemory& world);

  // Finds all roots of the world and everything that they reach. (interpreter/tracing_roots.cpp)
  // Then generators that nothing has reached and that must be closed are put on the thread's list,
  // and live on with all that they reach. Throws std::bad_alloc: then nothing is marked.
  void mark_all(ThreadMemory& thread);

  std::int64_t marked() const { return marked_; }
  // Memory of the marked objects, buffers included.
  std::size_t bytes() const { return bytes_; }

 private:
  void mark_world();
  void mark_thread(const Thread& thread);
  void mark_frames(const Thread& thread);
  // A reference that is one.
  void mark(Object* object) {
    if (object != nullptr && Refs::mark(*object)) reach(object);
  }
  // A word that may be one.
  void mark_word(std::uintptr_t word) {
    if (Object* object = index_.find(word)) mark(object);
  }
  void mark_words(const void* begin, std::size_t bytes);
  void abandon_unreached(ThreadMemory& thread);
  void abandon_unreached(ThreadMemory& thread, std::vector<Object*>& closable);
  void reach(Object* object);
  void drain();

  WorldMemory& world_;
  const ObjectIndex index_;
  std::vector<Object*> pending_;  // black, and what they refer to is not looked at yet
  std::int64_t marked_ = 0;
  std::size_t bytes_ = 0;
};

GILBENCH_END
