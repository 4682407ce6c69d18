// Memory put by for the time after a MemoryError, when a program catches it and goes on.
//
// When small objects have used up all memory, the handler that is to free some needs a small object
// or two itself, such as the len() of a list. CPython gets by with what its allocator has left
// over; here a thread may have nothing left at all. So some chunks are put by in good times. They
// are handed out only after a MemoryError has been made, so a program that simply goes on using
// memory does not get them. They are put by again when there is memory again.
#pragma once

#include "strategies/current.h"

GILBENCH_BEGIN

// A MemoryError is on its way to a handler: opens the reserve until there is memory again.
void open_reserve() noexcept;

GILBENCH_END
