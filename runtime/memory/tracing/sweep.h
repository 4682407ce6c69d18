// The sweep: giving back what the last mark has not reached.
#pragma once

#include "runtime/memory/state.h"

GILBENCH_BEGIN

// Sweeps every chunk that nobody has swept yet, on an attached thread.
void finish_sweep(ThreadMemory& thread);
// The collecting thread's parts, while the world is stopped: the classes that the last sweep put
// aside; the large objects; and chunks are handed out for sweeping.
void free_condemned(WorldMemory& world);
void sweep_large(WorldMemory& world);
void begin_sweep(WorldMemory& world) noexcept;
// Before all of them: the room that begin_sweep() needs. Throws std::bad_alloc.
void reserve_sweep(WorldMemory& world);
// Where one thread is left: every chunk at once.
void sweep_all(ThreadMemory& thread);

GILBENCH_END
