// Regular files are replaced: a new file beside the old one, fsync(), rename(), fsync() of the
// folder. Everything else (devices, pipes, descriptors in /proc) is written in place.
#include "bench/result_file.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "bench/file_calls.h"
#include "bench/options.h"

namespace gilbench {
namespace {

constexpr int kMostLinks = 40;  // as many as Linux follows

// The end of a path's links, which need not exist.
struct Destination {
  std::string folder;  // has no link in it
  std::string name;
  // In /proc names are links to what a process has open: to follow them would lead to the file, and
  // not to the descriptor.
  bool in_proc = false;
};

std::string folder_without_links(const std::string& path, const std::string& folder) {
  char* resolved = realpath(folder.c_str(), nullptr);
  if (resolved == nullptr) refuse_file(path, errno);
  std::string text = resolved;
  std::free(resolved);
  return text == "/" ? "" : text;
}

// The text of a link, or nothing where there is no link.
std::optional<std::string> link_text(const std::string& path) {
  std::array<char, PATH_MAX> text;
  const ssize_t size = readlink(path.c_str(), text.data(), text.size());
  if (size < 0) return std::nullopt;
  return std::string(text.data(), static_cast<std::size_t>(size));
}

Destination destination_of(const std::string& path) {
  std::string next = path;
  for (int links = 0; links <= kMostLinks; ++links) {
    const std::size_t start = next.rfind('/') + 1;  // npos + 1 is 0
    Destination destination;
    destination.name = next.substr(start);
    if (destination.name.empty() || destination.name == "." || destination.name == "..")
      refuse_file(path, EISDIR);
    destination.folder = folder_without_links(path, start == 0 ? "." : next.substr(0, start));
    struct statfs system {};
    destination.in_proc = statfs((destination.folder + "/").c_str(), &system) == 0 &&
                          system.f_type == PROC_SUPER_MAGIC;
    if (destination.in_proc) return destination;
    const std::optional<std::string> link = link_text(destination.folder + "/" + destination.name);
    if (!link) return destination;
    next = link->starts_with('/') ? *link : destination.folder + "/" + *link;
  }
  refuse_file(path, ELOOP);
}

// The descriptor that a name in /proc stands for, if it is one of this process; otherwise -1.
int own_descriptor(const std::string& folder, const std::string& name) {
  if (folder != "/proc/" + std::to_string(getpid()) + "/fd") return -1;
  int number = -1;
  const char* end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(name.data(), end, number);
  return error == std::errc() && stop == end ? number : -1;
}

// A name that nobody can have prepared. It is short, so that it fits wherever a name fits.
std::string random_name() {
  std::array<unsigned char, 12> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw std::runtime_error("no random numbers for the name of a file");
  }
  std::string name = ".gilbench-";
  for (const unsigned byte : bytes) {
    name += "0123456789abcdef"[byte >> 4];
    name += "0123456789abcdef"[byte & 15];
  }
  return name;
}

}  // namespace

ResultFile::ResultFile(std::string path) : path_(std::move(path)) {
  const Destination destination = destination_of(path_);
  struct stat status {};
  const bool exists = stat(path_.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) refuse_file(path_, EISDIR);
  if (destination.in_proc || (exists && !S_ISREG(status.st_mode))) {
    open_in_place(destination.folder, destination.name);
    return;
  }
  // A rename would replace even a file that its owner has made read-only.
  if (exists && access(path_.c_str(), W_OK) != 0) refuse_file(path_, errno);
  if (exists) mode_ = status.st_mode & 0777;
  target_ = destination.folder + "/" + destination.name;
  journal_.emplace(target_ + ".rows");
}

ResultFile::~ResultFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

void ResultFile::open_in_place(const std::string& folder, const std::string& name) {
  const int own = own_descriptor(folder, name);
  if (own < 0) {
    descriptor_ = open(path_.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC);
    opened_anew_ = true;
  } else {
    // A file that were opened anew would be written from its start, over what else goes there.
    const int flags = fcntl(own, F_GETFL);
    if (flags >= 0 && (flags & O_ACCMODE) == O_RDONLY) refuse_file(path_, EBADF);
    descriptor_ = fcntl(own, F_DUPFD_CLOEXEC, 3);
  }
  if (descriptor_ < 0) refuse_file(path_, errno);
}

std::string ResultFile::notice() const {
  if (!journal_ || journal_->kept().empty()) return "";
  return "an earlier run into " + path_ + " did not end; its finished rows are kept in " +
         journal_->kept();
}

void ResultFile::start_rows(const std::string& line) {
  if (journal_) journal_->start(line);
}

std::string ResultFile::append_row(const std::string& line) {
  return journal_ ? journal_->append(line) : "";
}

void ResultFile::commit(const std::string& text) {
  if (target_.empty()) {
    write_in_place(text);
  } else {
    replace(text);
    journal_->remove();
  }
}

void ResultFile::fail(int error) const {
  std::string reason = "cannot write " + path_ + ": " + std::strerror(error);
  if (journal_ && journal_->has_rows()) {
    reason += "; the finished rows are in " + journal_->path();
  }
  throw std::runtime_error(reason);
}

void ResultFile::write_in_place(const std::string& text) {
  // What is no file has no size to cut, and does not mind.
  if (opened_anew_ && ftruncate(descriptor_, 0) != 0 && errno != EINVAL) fail(errno);
  if (write_some(descriptor_, text) < text.size()) fail(errno);
  if (close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR) fail(errno);
}

// A crash at any moment leaves the old file or the new one under the target's name.
void ResultFile::replace(const std::string& text) {
  const std::string made = target_.substr(0, target_.rfind('/') + 1) + random_name();
  const FileDescriptor file(open(made.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                 mode_.value_or(0644)));
  if (file.number < 0) fail(errno);
  // On disk before the name points to it, and the name on disk before the journal goes.
  const bool done = write_some(file.number, text) == text.size() &&
                    (!mode_ || fchmod(file.number, *mode_) == 0) && fsync(file.number) == 0 &&
                    std::rename(made.c_str(), target_.c_str()) == 0;
  if (!done) {
    const int error = errno;
    unlink(made.c_str());
    fail(error);
  }
  if (!sync_folder_of(target_)) fail(errno);
}

}  // namespace gilbench
