// Trial deletion: which objects of a stopped world are kept alive by each other alone. What it is
// and what it rests on is told in cycles.h.
//
// The first walk over the heap takes, in each object's word, one from its references for each that
// an object holds; in which order the two come does not matter. The second goes by the words alone:
// where something is left, the object is referred to from outside, and it and all that can be
// reached from it lives. The rest is garbage.
//
// Objects of types that hold no references (numbers, texts) are in no cycle: what their words say
// means nothing. And where an object refers to such alone, as a tuple of numbers does, its word
// says so after the first walk, and the second marks the word and does not touch the object: a
// third less of a collection where much lives.
//
// Of one thread's part of the heap it may be asked alone: then whatever lies elsewhere counts as
// outside. What is found is garbage whatever the other parts hold, and no other part's garbage
// refers to it or is referred to by it; garbage in cycles through several parts, and large objects,
// are for a trial of the whole.
#pragma once

#include <vector>

#include "runtime/memory/object_words.h"

GILBENCH_BEGIN

class Trial {
 public:
  // The world is stopped, and its heap held. `part`: a thread's number, or kWhole. `ended`: the
  // world's immortal objects have let go of what they held, and are not looked at.
  Trial(const ObjectHeap& heap, std::uint32_t part, bool ended);
  static constexpr std::uint32_t kWhole = ObjectWords::kWhole;

  // What was found. The world may run again.
  std::vector<Object*> take_garbage();

 private:
  // An object's word. Where its type holds no references it says no more than that: kHolds is not
  // set.
  enum Bits : std::uint32_t {
    kHolds = 1,    // alive, and of a type whose objects hold references
    kOutside = 2,  // immortal, or has more references than can be counted here
    kLives = 4,    // reached
    kEnds = 8,     // it refers to objects alone whose types hold no references
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
