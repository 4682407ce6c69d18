// A world: what the threads of one interpreter share. Its singletons, constants, interned names,
// built-in classes, modules, and the strategy's own state (the global lock).
#pragma once

#include <array>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/engine.h"
#include "runtime/memory/state.h"
#include "runtime/support/annotated_mutex.h"
#include "runtime/values/types.h"
#include "runtime/world/deadlock.h"
#include "runtime/world/thread.h"

GILBENCH_BEGIN

// CPython's range of preallocated integers.
inline constexpr std::int64_t kSmallIntMin = -5;
inline constexpr std::int64_t kSmallIntMax = 256;

// Names that the runtime itself looks up, interned once: NAMES.init is "__init__".
// clang-format off
#define GILBENCH_NAMES(NAME)                                                                       \
  NAME(init, "__init__") NAME(repr, "__repr__") NAME(str, "__str__") NAME(eq, "__eq__")            \
  NAME(ne, "__ne__") NAME(lt, "__lt__") NAME(le, "__le__") NAME(gt, "__gt__") NAME(ge, "__ge__")   \
  NAME(hash, "__hash__") NAME(len, "__len__") NAME(bool_, "__bool__")                              \
  NAME(length_hint, "__length_hint__")                                                             \
  NAME(getitem, "__getitem__") NAME(setitem, "__setitem__") NAME(delitem, "__delitem__")           \
  NAME(contains, "__contains__") NAME(iter, "__iter__") NAME(next, "__next__")                     \
  NAME(call, "__call__") NAME(enter, "__enter__") NAME(exit, "__exit__")                           \
  NAME(getattr, "__getattr__") NAME(format, "__format__") NAME(index, "__index__")                 \
  NAME(int_, "__int__") NAME(float_, "__float__") NAME(abs, "__abs__") NAME(round, "__round__")    \
  NAME(reversed, "__reversed__") NAME(neg, "__neg__") NAME(pos, "__pos__")                         \
  NAME(invert, "__invert__") NAME(divmod, "__divmod__")                                            \
  NAME(add, "__add__") NAME(sub, "__sub__") NAME(mul, "__mul__") NAME(truediv, "__truediv__")      \
  NAME(floordiv, "__floordiv__") NAME(mod, "__mod__") NAME(pow, "__pow__")                         \
  NAME(lshift, "__lshift__") NAME(rshift, "__rshift__") NAME(and_, "__and__") NAME(or_, "__or__")  \
  NAME(xor_, "__xor__")                                                                            \
  NAME(radd, "__radd__") NAME(rsub, "__rsub__") NAME(rmul, "__rmul__")                             \
  NAME(rtruediv, "__rtruediv__") NAME(rfloordiv, "__rfloordiv__") NAME(rmod, "__rmod__")           \
  NAME(rpow, "__rpow__") NAME(rlshift, "__rlshift__") NAME(rrshift, "__rrshift__")                 \
  NAME(rand_, "__rand__") NAME(ror_, "__ror__") NAME(rxor_, "__rxor__")                            \
  NAME(iadd, "__iadd__") NAME(isub, "__isub__") NAME(imul, "__imul__")                             \
  NAME(itruediv, "__itruediv__") NAME(ifloordiv, "__ifloordiv__") NAME(imod, "__imod__")           \
  NAME(ipow, "__ipow__") NAME(ilshift, "__ilshift__") NAME(irshift, "__irshift__")                 \
  NAME(iand_, "__iand__") NAME(ior_, "__ior__") NAME(ixor_, "__ixor__")                            \
  NAME(name, "__name__") NAME(qualname, "__qualname__") NAME(doc, "__doc__")                       \
  NAME(class_, "__class__") NAME(dict_, "__dict__") NAME(module, "__module__")                     \
  NAME(cause, "__cause__") NAME(context, "__context__") NAME(args, "args") NAME(self, "self")      \
  NAME(value, "value") NAME(main, "__main__") NAME(file, "__file__") NAME(bases, "__bases__")
// clang-format on

struct Names {
#define NAME(field, text) Str* field;
  GILBENCH_NAMES(NAME)
#undef NAME
};

// The exception classes, each with its base, in an order where bases come first.
// clang-format off
#define GILBENCH_EXCEPTIONS(E)                                                                     \
  E(BaseException, object) E(SystemExit, BaseException) E(KeyboardInterrupt, BaseException)        \
  E(GeneratorExit, BaseException) E(Exception, BaseException) E(StopIteration, Exception)          \
  E(ArithmeticError, Exception) E(FloatingPointError, ArithmeticError)                             \
  E(OverflowError, ArithmeticError) E(ZeroDivisionError, ArithmeticError)                          \
  E(AssertionError, Exception) E(AttributeError, Exception) E(BufferError, Exception)              \
  E(EOFError, Exception) E(ImportError, Exception) E(ModuleNotFoundError, ImportError)             \
  E(LookupError, Exception) E(IndexError, LookupError) E(KeyError, LookupError)                    \
  E(MemoryError, Exception) E(NameError, Exception) E(UnboundLocalError, NameError)                \
  E(OSError, Exception) E(BlockingIOError, OSError) E(ChildProcessError, OSError)                  \
  E(ConnectionError, OSError) E(BrokenPipeError, ConnectionError)                                  \
  E(ConnectionAbortedError, ConnectionError) E(ConnectionRefusedError, ConnectionError)            \
  E(ConnectionResetError, ConnectionError) E(FileExistsError, OSError)                             \
  E(FileNotFoundError, OSError) E(InterruptedError, OSError) E(IsADirectoryError, OSError)         \
  E(NotADirectoryError, OSError) E(PermissionError, OSError) E(ProcessLookupError, OSError)        \
  E(TimeoutError, OSError) E(ReferenceError, Exception) E(RuntimeError, Exception)                 \
  E(NotImplementedError, RuntimeError) E(RecursionError, RuntimeError) E(SyntaxError, Exception)   \
  E(SystemError, Exception) E(TypeError, Exception) E(ValueError, Exception)                       \
  E(UnicodeError, ValueError) E(UnicodeDecodeError, UnicodeError)                                  \
  E(UnicodeEncodeError, UnicodeError) E(ZlibError, Exception)                                      \
  /* Ends a run from outside; no program can catch it. */                                          \
  E(RunInterrupted, BaseException)
// clang-format on

enum class ExceptionKind {
#define E(name, base) name,
  GILBENCH_EXCEPTIONS(E)
#undef E
      kCount
};

struct World : WorldMemory {
  // `choices`: the strategy's, which outlive it.
  World(std::shared_ptr<const Program> program, const EngineOptions& options,
        const Choices& choices);
  ~World();  // on an attached thread of this world, the last one
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // Fills the world with singletons, classes, modules and the program's constants; and empties it.
  // On an attached thread of this world. populate() may throw std::bad_alloc, and clear() empties
  // what it has left; clear() itself needs no memory.
  void populate();
  // Collects what is left in cycles, and returns the number of these objects.
  std::int64_t clear();

  std::shared_ptr<const Program> program;
  EngineOptions options;
  WaitsForGraph waits_for;  // which thread waits for which lock

  // Set by populate(), constant until clear(): read without a lock.
  // Null until it has made them.
  Object *none = nullptr, *true_ = nullptr, *false_ = nullptr, *not_implemented = nullptr,
         *ellipsis = nullptr;
  Int* small_ints[kSmallIntMax - kSmallIntMin + 1] = {};
  Str* empty_str = nullptr;
  Str* ascii_strs[128] = {};
  Tuple* empty_tuple = nullptr;
  Bytes* empty_bytes = nullptr;
  Names names = {};
  Class* builtin_classes[static_cast<int>(Kind::kInstance) + 1] = {};
  Class* object_class = nullptr;
  Class* exceptions[static_cast<int>(ExceptionKind::kCount)] = {};
  Exception* memory_error = nullptr;  // what is raised where there is no memory for another
  Module* builtins = nullptr;
  Module* main = nullptr;
  std::vector<Object*> constants;  // of the program, by index; strings interned
  std::vector<Str*> code_names;    // the names of the program's codes

  // Grows with every change of a class's attributes, so that caches of them can be believed.
  // It grows after the change, outside its section: until then caches may still show the class as
  // it was, or its new value at the old place. (W1) release in class_changed(); (W2), (W3) acquire
  // in cached_method() and load_method_slow().
  std::atomic<std::uint64_t> class_epoch{1};
  std::atomic<std::uint64_t> next_dict_table{1};  // relaxed: a source of unique numbers
  std::atomic<std::uint64_t> next_type_id{1000};  // relaxed: likewise

  // Where print() writes; with options.print_to_stdout it is flushed when there is much of it, and
  // when the world is closed. A flush takes the text out and writes it with output_mutex free, so
  // that no attached thread waits for a pipe that nobody reads; flush_mutex, taken first and
  // detached, keeps the order.
  Mutex flush_mutex;
  Mutex output_mutex;
  std::string output GILBENCH_GUARDED_BY(output_mutex);

  // os.environ's overlay: NAME=VALUE.
  std::vector<std::string> environment;

  // Ends every thread at its next checkpoint, and wakes those that are blocked.
  void interrupt(const char* why);
  // Calls action(Thread&) for each, while none comes or goes.
  template <class Action>
  void for_each_thread(Action&& action) {
    WorldMemory::for_each_thread(
        [&action](ThreadMemory& thread) { action(static_cast<Thread&>(thread)); });
  }
  // Everything that the world itself refers to; while the world is stopped. (memory/tracing/)
  void visit_roots(Visitor visit, void* context);
  // The class of objects of a native type (socket, hash, iterators) that has no Kind of its own.
  void add_native_class(const Type* type, Class* klass);  // takes the reference over
  Class* native_class(const Type* type);                  // `object` where none was added
  std::vector<Class*> native_classes();                   // borrowed, in no order
  static std::vector<std::string_view> native_modules();  // what import() knows

  Str* intern(std::string_view text);
  Str* intern(Str* str);
  // The module of that name, made when first imported; null when there is none.
  Ref<Module> import(std::string_view name);

 private:
  void clear_classes() noexcept;

  Mutex intern_mutex_;
  std::unordered_map<std::string_view, Str*> interned_ GILBENCH_GUARDED_BY(intern_mutex_);
  Mutex native_classes_mutex_;
  std::unordered_map<const Type*, Class*> native_classes_
      GILBENCH_GUARDED_BY(native_classes_mutex_);
  Mutex modules_mutex_;
  std::unordered_map<std::string, Module*> modules_ GILBENCH_GUARDED_BY(modules_mutex_);  // owned
};

GILBENCH_END
