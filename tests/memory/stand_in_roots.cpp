// The roots of a world that runs no program, for the strategy whose collector traces.
#include "runtime/memory/object_vector.h"
#include "runtime/memory/tracing/mark.h"
#include "stand_in.h"

GILBENCH_BEGIN

// No frames, and C++ stacks are left out: what happens to lie there would keep garbage alive.
void Marker::mark_world() {
  for (Object* root : static_cast<StandInWorld&>(world_).roots) mark(root);
  world_.for_each_thread([this](const ThreadMemory& thread) {
    const RootLink& spans = thread.tracing.spans;
    for (const RootLink* link = spans.next; link != &spans; link = link->next) {
      const TracedSpan& span = TracedSpan::of(*link);
      mark_words(span.begin(), span.bytes());
    }
  });
}

GILBENCH_END
