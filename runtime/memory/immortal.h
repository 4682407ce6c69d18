// Immortal objects: those that are not counted because they live as long as their world (PEP 683).
// Only where Refs::kImmortals; elsewhere all of this is empty.
//
// What a world makes for itself and for the program's text is immortal from the start. Where
// Refs::kDefers, the functions, classes and modules of the program's top level join them as they
// are made: everybody calls them, hardly anybody drops them, and their counts are what threads
// would fight over most. An object with more references than its policy can count joins them too,
// unlisted until its world ends.
#pragma once

#include "runtime/memory/state.h"

GILBENCH_BEGIN

// Makes all existing objects immortal. On the world's only thread, when it has been populated.
void make_all_immortal(WorldMemory& world);

// Defers a function, class or module that has just been made and that nobody else knows yet.
void defer_object(WorldMemory& world, Object* object) noexcept;
inline void defer(WorldMemory& world, Object* object) {
  if constexpr (Refs::kDefers) defer_object(world, object);
}

// At a world's end: the immortal objects give up what they hold, and are then freed.
void empty_immortals(WorldMemory& world);
void free_immortals(WorldMemory& world);

GILBENCH_END
