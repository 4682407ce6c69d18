// Closing a world: flush its output, clear it, detach, and count the objects that are still alive,
// which have leaked.
#include "runtime/launch/open_world.h"

#include "runtime/interpreter/builtins.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"

GILBENCH_BEGIN

OpenWorld::OpenWorld(std::shared_ptr<const Program> program, const EngineOptions& options,
                     const Choices& choices)
    : world_(std::move(program), options, choices), main_(std::make_unique<Thread>(world_)) {
  main_->attach();
  try {
    world_.populate();
  } catch (...) {
    close();
    throw;
  }
}

OpenWorld::~OpenWorld() {
  if (main_ != nullptr) close();  // left by an exception
}

std::int64_t OpenWorld::close(std::map<std::string, double>* metrics) {
  flush_output(world_);
  const std::int64_t uncollected = world_.clear();
  main_->detach();
  main_.reset();
  const std::int64_t alive = world_.live_objects();
  if (metrics != nullptr) {
    world_.collector.stats().add_to(metrics);
    if (kCollectsCycles && !world_.options.collect_cycles) {
      (*metrics)[kUncollected] += static_cast<double>(uncollected);
    }
  }
  return alive;
}

void OpenWorld::run_module() {
  Function* function = allocate_object<Function>(types::function);
  function->code = &world_.program->codes[0];
  function->module = Ref<Module>::share(world_.main).take();
  function->name = Ref<Str>::share(world_.code_names[0]).take();
  Ref<> module = Ref<>::adopt(function);
  call(module.get(), {});
}

Ref<> OpenWorld::global(std::string_view name) {
  return dict_find(world_.main->attributes, world_.intern(name));
}

GILBENCH_END
