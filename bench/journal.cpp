// The steps of the header as code. After a lock is taken, the path is compared with the open file,
// for another process may have renamed the file in between.
#include "bench/journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <utility>

#include "bench/file_calls.h"
#include "bench/options.h"

namespace gilbench {
namespace {

// True if this process now has the lock, false if another one has it.
bool lock(int descriptor, const std::string& path) {
  for (;;) {
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return true;
    if (errno == EWOULDBLOCK) return false;
    if (errno != EINTR) refuse_file(path, errno);
  }
}

// Whether `path` leads to the open file.
bool leads_to(const std::string& path, int descriptor) {
  struct stat named {};
  struct stat opened {};
  return lstat(path.c_str(), &named) == 0 && fstat(descriptor, &opened) == 0 &&
         named.st_dev == opened.st_dev && named.st_ino == opened.st_ino;
}

std::size_t size_of_whole_lines(std::string_view text) {
  const std::size_t newline = text.rfind('\n');
  return newline == std::string_view::npos ? 0 : newline + 1;
}

[[noreturn]] void refuse_in_use(const std::string& path) {
  throw UsageError("another run is writing there: it has locked " + path);
}

}  // namespace

Journal::Journal(std::string path) : path_(std::move(path)) {
  while (!create()) set_aside();
  sync_folder_of(path_);
}

Journal::~Journal() {
  if (descriptor_ < 0) return;
  if (rows_ == 0 && leads_to(path_, descriptor_)) unlink(path_.c_str());
  close(descriptor_);
}

// Steps 1 and 4. False where the path is taken.
bool Journal::create() {
  descriptor_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor_ < 0 && errno != EEXIST) refuse_file(path_, errno);
  if (descriptor_ < 0) return false;
  const bool locked = lock(descriptor_, path_);
  if (locked && leads_to(path_, descriptor_)) return true;
  // Another run took the new file for one that was left, before it was locked.
  close(std::exchange(descriptor_, -1));
  if (!locked) refuse_in_use(path_);
  return false;
}

// Steps 2 to 4. Returns when it is worth trying to create the journal again.
void Journal::set_aside() {
  const FileDescriptor old(open(path_.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (old.number < 0 && errno == ENOENT) return;
  if (old.number < 0) refuse_file(path_, errno);
  struct stat status {};
  if (fstat(old.number, &status) != 0) refuse_file(path_, errno);
  if (!S_ISREG(status.st_mode)) refuse_file(path_, EEXIST);
  if (!lock(old.number, path_)) refuse_in_use(path_);
  if (!leads_to(path_, old.number)) return;
  if (status.st_size == 0) {  // a run that ended before it had written anything
    unlink(path_.c_str());
    return;
  }
  // Only the holder of the lock gives these names, so a name that is free now stays free.
  struct stat taken {};
  for (int number = 1; kept_.empty() || lstat(kept_.c_str(), &taken) == 0; ++number) {
    kept_ = path_ + "." + std::to_string(number);
  }
  if (std::rename(path_.c_str(), kept_.c_str()) != 0) refuse_file(path_, errno);
}

void Journal::start(const std::string& line) {
  pending_ += line + '\n';
  write_pending();  // if it fails, the first row will tell
}

std::string Journal::append(const std::string& row) {
  pending_ += row + '\n';
  ++rows_;
  if (write_pending() || std::exchange(complained_, true)) return "";
  return "cannot write " + path_ + ": " + std::strerror(errno) +
         "; rows are on disk only when the run ends";
}

// False, with errno set, where not all of it is on the disk. No part of a line stays behind.
bool Journal::write_pending() {
  const std::size_t written = write_some(descriptor_, pending_);
  int error = written < pending_.size() ? errno : 0;
  const std::size_t whole = size_of_whole_lines(std::string_view(pending_).substr(0, written));
  pending_.erase(0, whole);
  size_ += static_cast<off_t>(whole);
  if (whole < written &&
      (ftruncate(descriptor_, size_) != 0 || lseek(descriptor_, size_, SEEK_SET) != size_)) {
    error = errno;
  }
  if (error == 0 && fdatasync(descriptor_) != 0) error = errno;
  errno = error;
  return error == 0;
}

void Journal::remove() {
  if (leads_to(path_, descriptor_)) unlink(path_.c_str());
  close(std::exchange(descriptor_, -1));
}

}  // namespace gilbench
