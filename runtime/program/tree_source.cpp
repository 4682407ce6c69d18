// Asks CPython for a file's syntax tree: runs ast_to_json.py, without a shell, and reads its
// output.
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include "runtime/program/tree.h"
#include "runtime/support/descriptor.h"

#ifndef GILBENCH_SOURCE_DIR
#error "GILBENCH_SOURCE_DIR must name the folder that holds runtime/"
#endif

extern char** environ;  // NOLINT(readability-redundant-declaration): some headers have it, some not

namespace gilbench {
namespace {

struct Output {
  int exit_status = -1;
  std::string out;
  std::string error;
};

// Both pipes are read as they fill: a child that writes much to one never waits for the other.
void read_both(Pipe& out, Pipe& error, Output& output) {
  std::array<pollfd, 2> polled{pollfd{out.read_end.get(), POLLIN, 0},
                               pollfd{error.read_end.get(), POLLIN, 0}};
  std::array<std::string*, 2> texts{&output.out, &output.error};
  int open_ends = 2;
  std::array<char, 65536> buffer;
  while (open_ends > 0) {
    if (poll(polled.data(), polled.size(), -1) < 0 && errno != EINTR) return;
    for (std::size_t i = 0; i < polled.size(); ++i) {
      if (polled[i].fd < 0 || polled[i].revents == 0) continue;
      const ssize_t count = read(polled[i].fd, buffer.data(), buffer.size());
      if (count > 0) texts[i]->append(buffer.data(), static_cast<std::size_t>(count));
      if (count == 0 || (count < 0 && errno != EINTR)) {
        polled[i].fd = -1;
        --open_ends;
      }
    }
  }
}

// False where there is no such interpreter.
bool run_interpreter(const char* python, const std::string& path, Output& output) {
  std::string script = GILBENCH_SOURCE_DIR "/runtime/program/ast_to_json.py";
  std::string file = path;
  std::string interpreter = python;
  std::string isolated = "-I";  // no PYTHON* variables, no user packages
  std::string bare = "-S";      // no site packages: a faster start
  std::array<char*, 6> arguments{interpreter.data(), isolated.data(), bare.data(),
                                 script.data(),      file.data(),     nullptr};
  Pipe out;
  Pipe error;
  if (!out.open() || !error.open()) throw ProgramError("cannot make a pipe for python3");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out.write_end.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, error.write_end.get(), STDERR_FILENO);
  pid_t child = 0;
  const int spawned = posix_spawnp(&child, python, &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (spawned != 0) return false;
  out.write_end.reset();
  error.write_end.reset();
  read_both(out, error, output);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  output.exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return true;
}

std::string without_newline(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace

std::string print_tree(const std::string& path) {
  Output output;
  if (!run_interpreter("/usr/bin/python3", path, output) &&
      !run_interpreter("python3", path, output)) {
    throw ProgramError(path + ": cannot run python3 to read it");
  }
  if (output.exit_status == 2 && !output.error.empty()) {
    throw ProgramError(without_newline(output.error));
  }
  if (output.exit_status != 0) {
    throw ProgramError(path + ": python3 cannot read it: " + without_newline(output.error));
  }
  return std::move(output.out);
}

}  // namespace gilbench
