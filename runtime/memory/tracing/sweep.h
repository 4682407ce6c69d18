// The sweep: giving back what the last mark has not reached.
#pragma once

#include "runtime/world/thread.h"

GILBENCH_BEGIN

// Sweeps every chunk that nobody has swept yet, on an attached thread.
void finish_sweep(Thread& thread);
// The collecting thread's parts, while the world is stopped: the classes that the last sweep put
// aside; the large objects; and chunks are handed out for sweeping.
void free_condemned(World& world);
void sweep_large(World& world);
void begin_sweep(World& world) noexcept;
// Before all of them: the room that begin_sweep() needs. Throws std::bad_alloc.
void reserve_sweep(World& world);
// Where one thread is left: every chunk at once.
void sweep_all(Thread& thread);

GILBENCH_END
