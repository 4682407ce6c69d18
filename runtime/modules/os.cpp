// The module os: file descriptors, the process and its environment.
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <limits>

#include "runtime/modules/open_descriptors.h"
#include "runtime/modules/os_parts.h"
#include "runtime/modules/read_bytes.h"
#include "runtime/objects/containers.h"
#include "runtime/support/utf8.h"
#include "runtime/world/blocking_call.h"

extern char** environ;

GILBENCH_BEGIN

int int_arg(Object* object) {
  const std::int64_t value = to_index(object);
  if (value > std::numeric_limits<int>::max() || value < std::numeric_limits<int>::min()) {
    raise(X::OverflowError, value > 0 ? "signed integer is greater than maximum"
                                      : "signed integer is less than minimum");
  }
  return static_cast<int>(value);
}

namespace {

// What Linux reads or writes in one call at the most.
constexpr std::int64_t kMaxTransfer = 0x7ffff000;

// open(path, flags, mode=0o777)
Result os_open(Args args) {
  const std::string path = path_arg(args[0], "open");
  const int flags = int_arg(args[1]) | O_CLOEXEC;
  const auto mode = static_cast<mode_t>(args.get(2) == nullptr ? 0777 : int_arg(args[2]));
  const int descriptor = checked_call([&] { return open(path.c_str(), flags, mode); }, path);
  note_opened({descriptor});
  if (threads_are_tasks()) set_program_wants(descriptor, (flags & O_NONBLOCK) != 0);
  return make_int(descriptor);
}

Result os_read(Args args) {
  const int descriptor = int_arg(args[0]);
  const std::int64_t size = to_index(args[1]);
  if (size < 0) raise_os_error(EINVAL);
  return read_bytes(static_cast<std::size_t>(std::min(size, kMaxTransfer)),
                    [descriptor](char* buffer, std::size_t count) {
                      return checked_descriptor_call(
                          descriptor, POLLIN, [=] { return read(descriptor, buffer, count); });
                    });
}

Result os_write(Args args) {
  const int descriptor = int_arg(args[0]);
  const std::string_view data =
      bytes_arg(args[1]).substr(0, static_cast<std::size_t>(kMaxTransfer));
  std::size_t written = 0;
  for (;;) {
    const std::string_view rest = data.substr(written);
    const auto count = descriptor_call(descriptor, POLLOUT,
                                       [=] { return write(descriptor, rest.data(), rest.size()); });
    if (count < 0 && written == 0) raise_os_error(errno);
    if (count > 0) written += static_cast<std::size_t>(count);
    // Where descriptors are non-blocking underneath, the kernel does not wait until a pipe has
    // taken all: that is then to be done here.
    const bool is_whole = !threads_are_tasks() || program_wants_non_blocking(descriptor);
    if (count <= 0 || is_whole || written == data.size()) break;
  }
  return make_int_from_size(written);
}

// Not made again after EINTR: Linux has closed the descriptor by then, and it may be another
// file's.
Result os_close(Args args) {
  const int descriptor = int_arg(args[0]);
  forget_descriptor(descriptor);
  note_closed(descriptor);
  int error = 0;
  {
    BlockingRegion region;
    if (close(descriptor) < 0) error = errno;
  }
  if (error != 0 && error != EINTR) raise_os_error(error);
  return make_none();
}

Result os_pipe(Args) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC | (threads_are_tasks() ? O_NONBLOCK : 0)) < 0)
    raise_os_error(errno);
  note_opened({ends[0], ends[1]});
  Ref<> reader = make_int(ends[0]);
  Ref<> writer = make_int(ends[1]);
  return make_tuple({reader.get(), writer.get()});
}

Result os_fsync(Args args) {
  const int descriptor = int_arg(args[0]);
  checked_call([descriptor] { return fsync(descriptor); });
  return make_none();
}

Result os_lseek(Args args) {
  const int descriptor = int_arg(args[0]);
  const std::int64_t offset = to_index(args[1]);
  const int whence = int_arg(args[2]);
  return make_int(std::int64_t{checked_call([=] { return lseek(descriptor, offset, whence); })});
}

Result os_ftruncate(Args args) {
  const int descriptor = int_arg(args[0]);
  const std::int64_t size = to_index(args[1]);
  checked_call([=] { return ftruncate(descriptor, size); });
  return make_none();
}

// ---- the process ----

Result os_getpid(Args) { return make_int(getpid()); }

Result os_cpu_count(Args) { return make_int(std::int64_t{sysconf(_SC_NPROCESSORS_ONLN)}); }

Result os_sched_yield(Args) {
  {
    BlockingRegion region;
    sched_yield();
  }
  return make_none();
}

void set_variable(Dict* variables, std::string_view entry) {
  const std::size_t equals = entry.find('=', 1);
  if (equals == std::string_view::npos || !utf8::is_valid(entry)) return;
  Ref<> name = make_str(entry.substr(0, equals));
  Ref<> value = make_str(entry.substr(equals + 1));
  dict_set(variables, name.get(), value.get());
}

// A dict, as the module was first imported: changing it does not change the process.
Ref<Dict> make_environ() {
  Ref<Dict> variables = make_dict();
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    set_variable(variables.get(), *entry);
  }
  for (const std::string& entry : this_thread().world.environment) {
    set_variable(variables.get(), entry);
  }
  return variables;
}

Result os_getenv(Args args) {
  if (!is_str(args[0])) {
    return fail(X::TypeError, "str expected, not ", type_name(args[0]));
  }
  Ref<Module> os = this_thread().world.import("os");
  Ref<> variables = get_attribute(os.get(), intern("environ"));
  Ref<> value;
  if (variables->kind() == Kind::kDict) value = dict_find(as<Dict>(variables.get()), args[0]);
  if (value) return value;
  return args.get(1) == nullptr ? make_none() : Ref<>::share(args[1]);
}

constexpr NativeMethod kOsFunctions[] = {
    {"open", os_open, named(2, "path", "flags", "mode")},
    {"read", os_read, exactly(2)},
    {"write", os_write, exactly(2)},
    {"close", os_close, named(1, "fd")},
    {"pipe", os_pipe, exactly(0)},
    {"fsync", os_fsync, named(1, "fd")},
    {"lseek", os_lseek, exactly(3)},
    {"getpid", os_getpid, exactly(0)},
    {"cpu_count", os_cpu_count, exactly(0)},
    {"ftruncate", os_ftruncate, exactly(2)},
    {"getenv", os_getenv, python(1, "key", "default")},
    {"sched_yield", os_sched_yield, exactly(0)},
};

struct OsConstant {
  const char* name;
  int value;
};
#define CONSTANT(name) \
  { #name, name }
constexpr OsConstant kOsConstants[] = {
    CONSTANT(O_RDONLY), CONSTANT(O_WRONLY), CONSTANT(O_RDWR),    CONSTANT(O_CREAT),
    CONSTANT(O_EXCL),   CONSTANT(O_TRUNC),  CONSTANT(O_APPEND),  CONSTANT(O_NONBLOCK),
    CONSTANT(O_SYNC),   CONSTANT(O_DSYNC),  CONSTANT(O_CLOEXEC), CONSTANT(O_DIRECTORY),
    CONSTANT(SEEK_SET), CONSTANT(SEEK_CUR), CONSTANT(SEEK_END),
};
#undef CONSTANT

}  // namespace

Ref<Module> make_os_module() {
  Ref<Module> module = make_module("os");
  module_add(module.get(), kOsFunctions, "posix");
  module_add(module.get(), os_file_functions(), "posix");
  for (const OsConstant& constant : kOsConstants) {
    module_add(module.get(), constant.name, make_int(constant.value));
  }
  module_add(module.get(), "environ", make_environ());
  module_add(module.get(), "path", make_os_path_module());
  module_add(module.get(), "name", make_str("posix"));
  module_add(module.get(), "sep", make_str("/"));
  module_add(module.get(), "linesep", make_str("\n"));
  module_add(module.get(), "devnull", make_str("/dev/null"));
  module_add(module.get(), "error", Ref<Class>::share(exception_class(X::OSError)));
  return module;
}

GILBENCH_END
