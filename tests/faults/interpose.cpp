// The functions that the injector replaces: see injector.h.
//
// Two ways. What our own objects call is replaced by the linker (--wrap, tests/CMakeLists.txt):
// __wrap_NAME is called, and __real_NAME is the function. What shared libraries call as well is
// defined here under its own name, and the function is looked up behind it.
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <new>

#include "tests/faults/injector.h"

extern "C" {
void* __real_malloc(std::size_t size);
void* __real_aligned_alloc(std::size_t alignment, std::size_t size);
void __real_free(void* block);
void* __real_mi_malloc(std::size_t size);
void* __real_mi_zalloc_aligned(std::size_t size, std::size_t alignment);
void __real_mi_free(void* block);
void* __real_mmap(void* address, std::size_t size, int protection, int flags, int fd, off_t offset);
int __real_munmap(void* address, std::size_t size);
int __real_fork();
int __real_pipe(int* ends);
int __real_pipe2(int* ends, int flags);
int __real_socketpair(int domain, int type, int protocol, int* ends);
int __real_open(const char* path, int flags, ...);
ssize_t __real_write(int fd, const void* data, std::size_t size);
}

namespace gilbench::faults {
namespace {

// Shared with forked processes. relaxed throughout: a count, through which nothing is read.
struct Shared {
  std::atomic<std::uint32_t> counted{0};  // a Kind; 0: nothing
  std::atomic<std::uint32_t> at_mark{0};  // what is counted from the mark on
  std::atomic<long> until{0};             // calls left; the last of them fails
  std::atomic<bool> failed{false};
  std::atomic<std::size_t> refused{0};  // by operator new, from that size on; 0: none
};
Shared* new_shared() {
  void* page = __real_mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE,
                           MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) std::abort();
  return new (page) Shared;
}
// A process that arms gets one of its own, which those that it forks share.
Shared*& current() {
  static Shared* only = new_shared();
  return only;
}
Shared& shared() { return *current(); }

std::atomic<long> held{0};

bool fails(Kind kind) {
  Shared& all = shared();
  if (all.counted.load(std::memory_order_relaxed) != kind) return false;
  if (all.until.fetch_sub(1, std::memory_order_relaxed) != 1) return false;
  all.failed.store(true, std::memory_order_relaxed);
  return true;
}

int failed_with(int error) {
  errno = error;
  return -1;
}

void* counted_block(void* block) {
  if (block != nullptr) held.fetch_add(1, std::memory_order_relaxed);
  return block;
}
void forget_block(const void* block) {
  if (block != nullptr) held.fetch_sub(1, std::memory_order_relaxed);
}

void* allocate(std::size_t size, std::size_t alignment) {
  const std::size_t refused = shared().refused.load(std::memory_order_relaxed);
  if (fails(kMemory) || (refused != 0 && size >= refused)) return nullptr;
  if (alignment <= alignof(std::max_align_t)) return counted_block(__real_malloc(size));
  return counted_block(
      __real_aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment));
}
void* allocate_or_throw(std::size_t size, std::size_t alignment) {
  if (void* block = allocate(size == 0 ? 1 : size, alignment)) return block;
  throw std::bad_alloc();
}
void give_back(void* block) {
  forget_block(block);
  __real_free(block);
}

}  // namespace

void arm(Kind kind, long n, From from) {
  current() = new_shared();
  Shared& all = shared();
  all.until.store(n, std::memory_order_relaxed);
  (from == From::kStart ? all.counted : all.at_mark).store(kind, std::memory_order_relaxed);
}

void disarm() {
  shared().counted.store(0, std::memory_order_relaxed);
  shared().at_mark.store(0, std::memory_order_relaxed);
}

bool has_failed() { return shared().failed.load(std::memory_order_relaxed); }

void refuse_from(std::size_t size) { shared().refused.store(size, std::memory_order_relaxed); }

long blocks_held() { return held.load(std::memory_order_relaxed); }

int plain_fork() { return __real_fork(); }

}  // namespace gilbench::faults

// ---- memory ----

using namespace gilbench::faults;

void* operator new(std::size_t size) { return allocate_or_throw(size, 0); }
void* operator new[](std::size_t size) { return allocate_or_throw(size, 0); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate_or_throw(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return allocate_or_throw(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size, 0); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size, 0); }
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return allocate(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return allocate(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* block) noexcept { give_back(block); }
void operator delete[](void* block) noexcept { give_back(block); }
void operator delete(void* block, std::size_t) noexcept { give_back(block); }
void operator delete[](void* block, std::size_t) noexcept { give_back(block); }
void operator delete(void* block, std::align_val_t) noexcept { give_back(block); }
void operator delete[](void* block, std::align_val_t) noexcept { give_back(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { give_back(block); }
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept { give_back(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { give_back(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { give_back(block); }

void operator delete(void* block, std::align_val_t, const std::nothrow_t&) noexcept {
  give_back(block);
}
void operator delete[](void* block, std::align_val_t, const std::nothrow_t&) noexcept {
  give_back(block);
}

extern "C" {

void* __wrap_malloc(std::size_t size) {
  if (fails(kMemory)) return nullptr;
  return counted_block(__real_malloc(size));
}
void* __wrap_aligned_alloc(std::size_t alignment, std::size_t size) {
  if (fails(kMemory)) return nullptr;
  return counted_block(__real_aligned_alloc(alignment, size));
}
void __wrap_free(void* block) { give_back(block); }

#ifndef GILBENCH_PLAIN_MALLOC
void* __wrap_mi_malloc(std::size_t size) {
  if (fails(kMemory)) return nullptr;
  return counted_block(__real_mi_malloc(size));
}
void* __wrap_mi_zalloc_aligned(std::size_t size, std::size_t alignment) {
  if (fails(kMemory)) return nullptr;
  return counted_block(__real_mi_zalloc_aligned(size, alignment));
}
void __wrap_mi_free(void* block) {
  forget_block(block);
  __real_mi_free(block);
}
#endif

void* __wrap_mmap(void* address, std::size_t size, int protection, int flags, int fd,
                  off_t offset) {
  if (fails(kMemory)) {
    errno = ENOMEM;
    return MAP_FAILED;
  }
  void* pages = __real_mmap(address, size, protection, flags, fd, offset);
  if (pages != MAP_FAILED) counted_block(pages);
  return pages;
}
int __wrap_munmap(void* address, std::size_t size) {
  forget_block(address);
  return __real_munmap(address, size);
}

// ---- threads, processes, descriptors ----

// Boost's library calls it, so it stands under its own name.
int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*run)(void*),
                   void* argument) {
  using Create = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static const auto next = reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"));
  if (fails(kThread)) return EAGAIN;
  return next(thread, attributes, run, argument);
}
int __wrap_fork() { return fails(kFork) ? failed_with(EAGAIN) : __real_fork(); }
int __wrap_pipe(int* ends) { return fails(kPipe) ? failed_with(EMFILE) : __real_pipe(ends); }
int __wrap_pipe2(int* ends, int flags) {
  return fails(kPipe) ? failed_with(EMFILE) : __real_pipe2(ends, flags);
}
int __wrap_socketpair(int domain, int type, int protocol, int* ends) {
  return fails(kSocketpair) ? failed_with(EMFILE) : __real_socketpair(domain, type, protocol, ends);
}
int __wrap_open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if (std::strcmp(path, "/injector/mark") == 0) {
    Shared& all = shared();
    // The first worker's mark is the one.
    if (const std::uint32_t kind = all.at_mark.exchange(0, std::memory_order_relaxed); kind != 0) {
      all.counted.store(kind, std::memory_order_relaxed);
    }
    return failed_with(ENOENT);
  }
  return fails(kOpen) ? failed_with(EMFILE) : __real_open(path, flags, mode);
}
ssize_t __wrap_write(int fd, const void* data, std::size_t size) {
  return fails(kWrite) ? failed_with(ENOSPC) : __real_write(fd, data, size);
}

}  // extern "C"
