// The roots of the tracing collector: all that native code, frames and the world refer to.
//
//  - The world: its singletons, small integers, interned names, constants, classes and modules.
//  - Frames: each frame's function, its class body's parts, its generator. Its slots and operands
//    are scanned word by word, for only the interpreter loop's registers know how high the operand
//    stack is; what stands above it are references from before, perhaps to what has died since.
//  - Threads: exceptions being handled or on their way to that, containers whose repr is being
//  made,
//    generators that wait to be closed.
//  - C++ stacks and registers, and spans of other memory: see native_roots.h.
//
// Inline caches are none: they hold only what its class or the world keeps alive (lookups.h).
#include "runtime/memory/object_vector.h"
#include "runtime/memory/tracing/mark.h"
#include "runtime/world/frame.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

// ---- a world ----

void World::visit_roots(Visitor visit, void* context) {
  for (Object* object : {none, true_, false_, not_implemented, ellipsis}) {
    visit_if(object, visit, context);
  }
  for (Int* integer : small_ints) visit_if(integer, visit, context);
  visit_if(empty_str, visit, context);
  for (Str* str : ascii_strs) visit_if(str, visit, context);
  visit_if(empty_tuple, visit, context);
  visit_if(empty_bytes, visit, context);
  for (Class* klass : builtin_classes) visit_if(klass, visit, context);
  visit_if(object_class, visit, context);
  for (Class* klass : exceptions) visit_if(klass, visit, context);
  visit_if(memory_error, visit, context);
  visit_if(builtins, visit, context);
  visit_if(main, visit, context);
  for (Object* constant : constants) visit_if(constant, visit, context);
  // A thread holds one of these over no checkpoint, so nobody holds them now.
  intern_mutex_.assume_held();
  native_classes_mutex_.assume_held();
  modules_mutex_.assume_held();
  closing.mutex.assume_held();
  for (const auto& [text, str] : interned_) visit(str, context);  // all names are among them
  for (const auto& [type, klass] : native_classes_) visit(klass, context);
  for (const auto& [name, module] : modules_) visit(module, context);
  for (Object* generator : closing.left) visit(generator, context);
}

void Marker::mark_world() {
  auto& world = static_cast<World&>(world_);
  world.visit_roots([](Object* root, void* marker) { static_cast<Marker*>(marker)->mark(root); },
                    this);
  world.for_each_thread([this](const Thread& thread) { mark_thread(thread); });
}

// ---- a thread ----

void Marker::mark_thread(const Thread& thread) {
  mark_frames(thread);
  for (Object* exception : thread.handled) mark(exception);
  mark(thread.error);
  for (Object* container : thread.repr_active) mark(container);
  for (Object* generator : thread.abandoned.all()) mark(generator);
  thread.tracing.stack.for_each_word(
      [](std::uintptr_t word, void* marker) { static_cast<Marker*>(marker)->mark_word(word); },
      this);
  const RootLink& spans = thread.tracing.spans;
  for (const RootLink* link = spans.next; link != &spans; link = link->next) {
    const TracedSpan& span = TracedSpan::of(*link);
    mark_words(span.begin(), span.bytes());
  }
}

void Marker::mark_frames(const Thread& thread) {
  if (thread.frame == nullptr) return;
  for (const Frame* frame = thread.frames; frame <= thread.frame; ++frame) {
    mark(frame->function);
    mark(frame->names);
    if (frame->kind == FrameKind::kClassBody) mark(frame->base);
    mark(frame->generator);
  }
  Object** const end = thread.frame->operands + thread.frame->code->stack_size;
  mark_words(thread.values, static_cast<std::size_t>(end - thread.values) * sizeof(Object*));
}

GILBENCH_END
