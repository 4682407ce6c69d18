// What a world has from the start: singletons, classes, modules, the program's constants; and how
// it is emptied.
#include <algorithm>

#include "runtime/interpreter/builtins.h"
#include "runtime/memory/cycles.h"
#include "runtime/memory/immortal.h"
#include "runtime/objects/classes.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/native.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

namespace {

Object* new_singleton(const Type& type) { return allocate_object<Object>(type); }

Int* new_integer(const Type& type, std::int64_t value) {
  Int* object = allocate_object<Int>(type);
  object->value = value;
  return object;
}

Str* new_str(std::string_view text) {
  Ref<Str> str = make_str_uninitialized(text.size());
  std::copy(text.begin(), text.end(), str->data);
  finish_str(str.get());
  return str.take();
}

Ref<> make_constant(World& world, const Constant& constant) {
  return std::visit(
      [&](const auto& value) -> Ref<> {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, NoneConstant>) return Ref<>::share(world.none);
        if constexpr (std::is_same_v<T, EllipsisConstant>) return Ref<>::share(world.ellipsis);
        if constexpr (std::is_same_v<T, bool>) return make_bool(value);
        if constexpr (std::is_same_v<T, std::int64_t>) return make_int(value);
        if constexpr (std::is_same_v<T, BigConstant>)
          return make_int(BigInt::from_literal(value.digits));
        if constexpr (std::is_same_v<T, double>) return make_float(value);
        if constexpr (std::is_same_v<T, std::string>) return Ref<>::share(world.intern(value));
        if constexpr (std::is_same_v<T, BytesConstant>) return make_bytes(value.bytes);
        if constexpr (std::is_same_v<T, TupleConstant>) {
          Ref<Tuple> tuple = make_tuple_uninitialized(value.items.size());
          for (std::size_t i = 0; i < value.items.size(); ++i) {
            tuple->items[i] = make_constant(world, world.program->constants[value.items[i]]).take();
          }
          return tuple;
        }
      },
      constant.value);
}

}  // namespace

void World::populate() {
  none = new_singleton(types::none);
  not_implemented = new_singleton(types::not_implemented);
  ellipsis = new_singleton(types::ellipsis);
  true_ = new_integer(types::boolean, 1);
  false_ = new_integer(types::boolean, 0);
  for (std::int64_t i = kSmallIntMin; i <= kSmallIntMax; ++i) {
    small_ints[i - kSmallIntMin] = new_integer(types::integer, i);
  }
  empty_str = new_str("");
  for (int c = 0; c < 128; ++c) {
    const char text = static_cast<char>(c);
    ascii_strs[c] = new_str({&text, 1});
  }
  empty_bytes = make_bytes_uninitialized(0).take();
  empty_tuple = allocate_object<Tuple>(types::tuple, sizeof(Tuple));
  empty_tuple->size = 0;
#define NAME(field, text) names.field = intern(std::string_view(text));
  GILBENCH_NAMES(NAME)
#undef NAME

  builtins = make_module("builtins").take();
  main = make_module("__main__").take();
  define_code_classes(*this);  // first: `object`, the base of the rest
  define_number_classes(*this);
  define_text_classes(*this);
  define_sequence_classes(*this);
  define_table_classes(*this);
  define_iterator_classes(*this);
  define_exception_classes(*this);
  define_builtins(*this);
  static constexpr Kind kNamed[] = {
      Kind::kBool,  Kind::kInt,   Kind::kFloat,        Kind::kStr,         Kind::kBytes,
      Kind::kTuple, Kind::kList,  Kind::kDict,         Kind::kSet,         Kind::kFrozenSet,
      Kind::kRange, Kind::kSlice, Kind::kStaticMethod, Kind::kClassMethod, Kind::kProperty,
      Kind::kSuper, Kind::kClass};
  for (const Kind kind : kNamed) {
    Class* klass = builtin_classes[static_cast<int>(kind)];
    if (klass != nullptr) dict_set(builtins->attributes, intern(klass->name), klass);
  }
  dict_set(builtins->attributes, intern("object"), object_class);
  dict_set(builtins->attributes, intern("NotImplemented"), not_implemented);
  dict_set(builtins->attributes, intern("Ellipsis"), ellipsis);
  dict_set(main->attributes, names.name, names.main);
  dict_set(main->attributes, names.file, intern(program->path));

  memory_error = make_exception(X::MemoryError, "").take();

  constants.reserve(program->constants.size());
  code_names.reserve(program->codes.size());
  for (const Constant& constant : program->constants) {
    constants.push_back(make_constant(*this, constant).take());
  }
  for (const Code& code : program->codes) code_names.push_back(intern(code.name));
  make_all_immortal(*this);
}

// A class's attributes hold the native functions; the classes themselves go after their objects.
void World::clear_classes() noexcept {
  native_classes_mutex_.assume_held();  // no other thread is left in this world
  const auto for_each_class = [this](auto&& action) {
    native_classes_mutex_.assume_held();  // as above: the analysis looks at each function alone
    for (Class*& klass : builtin_classes) action(klass);
    for (auto& [type, klass] : native_classes_) action(klass);
    for (Class*& klass : exceptions) action(klass);
    action(object_class);
  };
  for_each_class([](Class* klass) {
    if (klass != nullptr) dict_clear(klass->attributes);
  });
  for_each_class([](Class*& klass) { release_if(std::exchange(klass, nullptr)); });
  native_classes_.clear();
}

// Everything is released in the end; what is then still alive has leaked (or is part of a cycle).
std::int64_t World::clear() {
  end_closing(this_thread());
  this_thread().drain_refs();
  quarantine.open();
  if (main != nullptr) dict_clear(main->attributes);
  {
    const MutexGuard guard(modules_mutex_);
    for (auto& [name, module] : modules_) {
      dict_clear(module->attributes);
      release(module);
    }
    modules_.clear();
  }
  release_if(std::exchange(main, nullptr));
  if (builtins != nullptr) dict_clear(builtins->attributes);
  release_if(std::exchange(builtins, nullptr));
  for (Object* constant : constants) release(constant);
  constants.clear();
  release_if(std::exchange(memory_error, nullptr));
  clear_classes();
  release_if(std::exchange(empty_tuple, nullptr));
  release_if(std::exchange(empty_bytes, nullptr));
  release_if(std::exchange(empty_str, nullptr));
  for (Str*& str : ascii_strs) release_if(std::exchange(str, nullptr));
  for (Int*& integer : small_ints) release_if(std::exchange(integer, nullptr));
  intern_mutex_.assume_held();  // no other thread is left in this world
  for (auto& [text, str] : interned_) release(str);
  interned_.clear();
  for (Object** object : {&none, &true_, &false_, &not_implemented, &ellipsis}) {
    release_if(std::exchange(*object, nullptr));
  }
  empty_immortals(*this);
  immortals_mutex.assume_held();  // likewise
  this_thread().drain_refs();
  const auto uncollected = live_objects() - static_cast<std::int64_t>(immortals.size());
  collect_leftovers(this_thread());
  free_immortals(*this);
  if constexpr (!Refs::kCounts) free_all_objects(this_thread());
  return uncollected;
}

Str* World::intern(std::string_view text) {
  const MutexGuard guard(intern_mutex_);
  const auto found = interned_.find(text);
  if (found != interned_.end()) return found->second;
  Ref<Str> str = Ref<Str>::adopt(new_str(text));
  hash(str.get());
  interned_.emplace(str->view(), str.get());
  return str.take();
}

Str* World::intern(Str* str) { return intern(str->view()); }

void World::add_native_class(const Type* type, Class* klass) {
  Class* old = nullptr;  // of a module whose making was given up
  {
    const MutexGuard guard(native_classes_mutex_);
    const auto [place, is_new] = native_classes_.try_emplace(type, nullptr);
    old = std::exchange(place->second, klass);
  }
  release_if(old);
}

Class* World::native_class(const Type* type) {
  const MutexGuard guard(native_classes_mutex_);
  const auto found = native_classes_.find(type);
  return found == native_classes_.end() ? object_class : found->second;
}

std::vector<Class*> World::native_classes() {
  const MutexGuard guard(native_classes_mutex_);
  std::vector<Class*> classes;
  for (const auto& [type, klass] : native_classes_) classes.push_back(klass);
  return classes;
}

namespace {

struct NativeModule {
  std::string_view name;
  Ref<Module> (*make)();
};
constexpr NativeModule kModules[] = {{"math", make_math_module},
                                     {"time", make_time_module},
                                     {"os", make_os_module},
                                     {"socket", make_socket_module},
                                     {"hashlib", make_hashlib_module},
                                     {"zlib", make_zlib_module},
                                     {"threading", make_threading_module},
                                     {"gc", make_gc_module},
                                     {"sys", make_sys_module}};

// A native module, and its functions.
void defer_module(World& world, Module* module) {
  if constexpr (Refs::kDefers) {
    defer(world, module);
    std::size_t position = 0;
    Ref<> value;
    while (dict_next(module->attributes, &position, nullptr, &value)) {
      if (value->kind() == Kind::kNativeFunction) defer(world, value.get());
    }
  }
}

}  // namespace

std::vector<std::string_view> World::native_modules() {
  std::vector<std::string_view> names;
  for (const NativeModule& module : kModules) names.push_back(module.name);
  return names;
}

Ref<Module> World::import(std::string_view name) {
  const MutexGuard guard(modules_mutex_);
  const auto found = modules_.find(std::string(name));
  if (found != modules_.end()) return Ref<Module>::share(found->second);
  for (const auto& [module_name, make] : kModules) {
    if (module_name != name) continue;
    // Made under the mutex, for a maker may define a class, of which there must be one. It runs no
    // program code, comes to no checkpoint and imports nothing.
    Ref<Module> module = make();
    defer_module(*this, module.get());
    modules_.emplace(std::string(name), module.get());
    retain(module.get());
    return module;
  }
  return {};
}

GILBENCH_END
