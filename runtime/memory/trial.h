// Trial deletion: which objects of a stopped world are kept alive by each other alone. cycles.h
// tells how it works and what it rests on.
//
// The first walk over the heap adds each object's count to its word, and subtracts one from the
// word of each object that it refers to; the order does not matter. The second walk reads the words
// alone: an object with something left is referred to from outside, and it and all that it reaches
// live. The rest is garbage.
//
// Objects of types that hold no references (numbers, texts) are in no cycle, so their words mean
// nothing. If an object refers only to such objects, as a tuple of numbers does, its word says so
// after the first walk. The second then marks the word and does not touch the object, which saves a
// third of a collection where much lives.
//
// A trial may be of one thread's part of the heap alone. Then everything elsewhere counts as
// outside. What it finds is garbage whatever the other parts hold, and no other part's garbage
// refers to it or is referred to by it. Garbage in cycles through several parts, and large objects,
// need a trial of the whole.
#pragma once

#include <vector>

#include "runtime/memory/object_words.h"

GILBENCH_BEGIN

class Trial {
 public:
  // The world is stopped, and its heap held. `part`: a thread's number, or kWhole. `ended`: the
  // world's immortal objects have given up what they held, and are not looked at.
  Trial(const ObjectHeap& heap, std::uint32_t part, bool ended);
  static constexpr std::uint32_t kWhole = ObjectWords::kWhole;

  // What was found. The world may run again.
  std::vector<Object*> take_garbage();

 private:
  // An object's word. If its type holds no references, kHolds is not set and the word says no more.
  enum Bits : std::uint32_t {
    kHolds = 1,    // alive, and of a type whose objects hold references
    kOutside = 2,  // immortal, or has more references than can be counted here
    kLives = 4,    // reached
    kEnds = 8,     // it refers only to objects whose types hold no references
    kOne = 16,     // above: the references that are not accounted for, modulo 2^28
  };
  static constexpr std::int64_t kMost = (std::int64_t{1} << 27) - 1;

  void count(Object* object, std::uint32_t& word, bool ended);
  void spread(Object* object, std::uint32_t word);
  void reach(Object* child);

  ObjectWords words_;
  std::vector<Object*> reached_;  // and not yet gone on from
  std::vector<Object*> garbage_;  // large objects
  std::size_t holders_ = 0;       // that do not live, as far as is known
};

GILBENCH_END
