// Memory put by for the time after a MemoryError, when a program catches it and goes on.
//
// Where small objects have used up all memory, the handler that is to give some of it back needs a
// small object or two itself, len() of a list, say. CPython comes by with what its allocator has
// left over; here a thread may have nothing left at all. So some chunks are put by in good times.
// They are handed out after a MemoryError has been made, and not before: a program that only goes
// on using memory does not get at them. They are put by again when there is memory again.
#pragma once

#include "strategies/current.h"

GILBENCH_BEGIN

// A MemoryError is on its way to a handler: from here on there are the reserve's chunks, until
// memory is to be had again.
void open_reserve() noexcept;

GILBENCH_END
