// A file descriptor with an owner, and pipes made of two.
#pragma once

namespace gilbench {

// Closed with its owner. Move-only.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { reset(); }
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) reset(other.release());
    return *this;
  }

  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  int release() {
    const int number = number_;
    number_ = -1;
    return number;
  }
  void reset(int number = -1);

 private:
  int number_ = -1;
};

// The same descriptor at a number of at least `least`, closed on exec; not open where there is
// none, with errno. Takes the number that it had back.
Descriptor moved_up(Descriptor descriptor, int least);

// Both ends are closed on exec and lie above the standard descriptors, which are free where this
// process was started without: dup2() of such an end to its own number would leave it to be closed
// by exec.
struct Pipe {
  Descriptor read_end;
  Descriptor write_end;

  // False where there is none, with errno.
  bool open();
};

}  // namespace gilbench
