// The module os: files by name, folders, and os.path.
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>
#include <vector>

#include "runtime/modules/os_parts.h"
#include "runtime/objects/containers.h"
#include "runtime/support/utf8.h"
#include "runtime/world/blocking_call.h"

GILBENCH_BEGIN

std::string path_arg(Object* object, const char* function) {
  std::string path;
  if (is_str(object)) {
    path = as<Str>(object)->view();
  } else if (object->kind() == Kind::kBytes) {
    path = as<Bytes>(object)->view();
  } else {
    raise(X::TypeError, function, ": path should be string, bytes or os.PathLike, not ",
          type_name(object));
  }
  if (path.find('\0') != std::string::npos) raise(X::ValueError, "embedded null byte");
  return path;
}

namespace {

using PathCall = int (*)(const char*);
Result with_path(Args args, const char* name, PathCall path_call) {
  const std::string path = path_arg(args[0], name);
  checked_call([&] { return path_call(path.c_str()); }, path);
  return make_none();
}

Result os_mkdir(Args args) {
  const std::string path = path_arg(args[0], "mkdir");
  const auto mode = static_cast<mode_t>(args.get(1) == nullptr ? 0777 : int_arg(args[1]));
  checked_call([&] { return mkdir(path.c_str(), mode); }, path);
  return make_none();
}

Result os_rename(Args args) {
  const std::string from = path_arg(args[0], "rename");
  const std::string to = path_arg(args[1], "rename");
  checked_call([&] { return std::rename(from.c_str(), to.c_str()); }, from);
  return make_none();
}

Result os_getcwd(Args) {
  const std::unique_ptr<char, void (*)(void*)> path(getcwd(nullptr, 0), std::free);
  if (path == nullptr) raise_os_error(errno);
  return make_str(path.get());
}

// The names in a folder; detached. False, with errno, where it cannot be read.
bool read_folder(const char* path, std::vector<std::string>* names) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(path), closedir);
  if (folder == nullptr) return false;
  errno = 0;
  while (const dirent* entry = readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != ".." && utf8::is_valid(name)) names->emplace_back(name);
  }
  return errno == 0;
}

Result os_listdir(Args args) {
  const bool is_named = args.get(0) != nullptr && !is_none(args[0]);
  const std::string path = is_named ? path_arg(args[0], "listdir") : ".";
  std::vector<std::string> names;
  checked_call([&] { return read_folder(path.c_str(), &names) ? 0 : -1; }, path);
  Ref<List> list = make_list(names.size());
  for (const std::string& name : names) list_push(list.get(), make_str(name).take());
  return list;
}

#define METHOD(name, takes, ...)                                 \
  {                                                              \
    name, [](Args args) -> Result { return __VA_ARGS__; }, takes \
  }

constexpr NativeMethod kOsFilesFunctions[] = {
    METHOD("unlink", named(1, "path"), with_path(args, "unlink", unlink)),
    METHOD("remove", named(1, "path"), with_path(args, "remove", unlink)),
    METHOD("rmdir", named(1, "path"), with_path(args, "rmdir", rmdir)),
    {"mkdir", os_mkdir, named(1, "path", "mode")},
    {"rename", os_rename, named(2, "src", "dst")},
    {"getcwd", os_getcwd, exactly(0)},
    {"listdir", os_listdir, named(0, "path")},
};

// ---- os.path ----

std::string_view text_arg(Object* object, const char* function) {
  if (is_str(object)) return as<Str>(object)->view();
  raise(X::TypeError, function, "() argument must be str, bytes, or os.PathLike object, not '",
        type_name(object), "'");
}

Result path_join(Args args) {
  std::string path(text_arg(args[0], "join"));
  for (std::size_t i = 1; i < args.count; ++i) {
    const std::string_view part = text_arg(args[i], "join");
    if (part.starts_with('/')) {
      path = part;
    } else {
      if (!path.empty() && !path.ends_with('/')) path.push_back('/');
      path.append(part);
    }
  }
  return make_str(path);
}

Result path_basename(Args args) {
  const std::string_view path = text_arg(args[0], "basename");
  return make_str(path.substr(path.rfind('/') + 1));  // npos + 1 is 0
}

Result path_dirname(Args args) {
  const std::string_view path = text_arg(args[0], "dirname");
  const std::string_view head = path.substr(0, path.rfind('/') + 1);
  const std::size_t last = head.find_last_not_of('/');
  return make_str(last == std::string_view::npos ? head : head.substr(0, last + 1));
}

// The file's status; false where there is no such file.
bool status_of(Args args, const char* name, struct stat* status) {
  const std::string path = path_arg(args[0], name);
  return blocking_call([&] { return stat(path.c_str(), status); }) == 0;
}

Result path_exists(Args args) {
  struct stat status {};
  return make_bool(status_of(args, "exists", &status));
}
Result path_isfile(Args args) {
  struct stat status {};
  return make_bool(status_of(args, "isfile", &status) && S_ISREG(status.st_mode));
}
Result path_isdir(Args args) {
  struct stat status {};
  return make_bool(status_of(args, "isdir", &status) && S_ISDIR(status.st_mode));
}
Result path_getsize(Args args) {
  struct stat status {};
  if (!status_of(args, "getsize", &status)) {
    raise_os_error(errno, path_arg(args[0], "getsize"));
  }
  return make_int(std::int64_t{status.st_size});
}

constexpr NativeMethod kPathFunctions[] = {
    {"join", path_join, at_least(1).with_names("a").worded(Wording::kPython)},
    {"basename", path_basename, python(1, "p")},
    {"dirname", path_dirname, python(1, "p")},
    {"exists", path_exists, python(1, "path")},
    {"isfile", path_isfile, python(1, "path")},
    {"isdir", path_isdir, python(1, "s")},
    {"getsize", path_getsize, python(1, "filename")},
};

#undef METHOD

}  // namespace

std::span<const NativeMethod> os_file_functions() { return kOsFilesFunctions; }

Ref<Module> make_os_path_module() {
  Ref<Module> module = make_module("posixpath");
  module_add(module.get(), kPathFunctions);
  module_add(module.get(), "sep", make_str("/"));
  return module;
}

GILBENCH_END
