#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <vector>

#include "bench/udp_client/measurements.h"

namespace gilbench {
namespace {

using std::chrono::duration;
using std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{1};
// How often a waiting client looks at the clock.
constexpr timeval kLook{0, 50'000};

[[noreturn]] void fail() {
  throw boost::system::system_error(errno, boost::system::system_category());
}

// One question at a time over plain blocking calls: a reactor's own calls would be part of every
// round trip.
class ClosedLoop {
 public:
  ClosedLoop(int descriptor, steady_clock::time_point end, std::size_t bytes)
      : descriptor_(descriptor), end_(end), question_(std::max(bytes, sizeof number_)) {
    answer_.resize(question_.size());
    if (setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &kLook, sizeof kLook) != 0) fail();
  }

  Measurements run() {
    const auto start = steady_clock::now();
    std::uint64_t answered = 0;
    std::uint64_t unanswered = 0;
    auto now = start;
    while (now < end_) {
      ask();
      const bool came = wait_for_answer(now + kPatience);
      now = steady_clock::now();
      if (now >= end_) break;  // an answer that was under way then counts as neither
      ++(came ? answered : unanswered);
    }
    const double seconds = duration<double>(now - start).count();
    return {{"packets_per_second", seconds > 0 ? static_cast<double>(answered) / seconds : 0},
            {"packets_answered", static_cast<double>(answered)},
            {"packets_unanswered", static_cast<double>(unanswered)}};
  }

 private:
  void ask() {
    ++number_;
    std::memcpy(question_.data(), &number_, sizeof number_);
    if (send(descriptor_, question_.data(), question_.size(), 0) < 0) fail();
  }

  // Late answers to earlier questions are passed over. False when patience or all time is up.
  bool wait_for_answer(steady_clock::time_point patience) {
    for (;;) {
      const ssize_t size = recv(descriptor_, answer_.data(), answer_.size(), 0);
      if (size == static_cast<ssize_t>(question_.size()) && answer_ == question_) return true;
      if (size >= 0 || errno == EINTR) continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK) fail();
      const auto now = steady_clock::now();
      if (now >= patience || now >= end_) return false;
    }
  }

  const int descriptor_;
  const steady_clock::time_point end_;
  std::uint64_t number_ = 0;
  std::vector<char> question_;
  std::vector<char> answer_;
};

}  // namespace

Measurements measure_bandwidth(boost::asio::ip::udp::socket& socket, duration<double> time,
                               std::size_t bytes) {
  const auto end = steady_clock::now() + std::chrono::duration_cast<steady_clock::duration>(time);
  socket.native_non_blocking(false);
  return ClosedLoop(socket.native_handle(), end, bytes).run();
}

}  // namespace gilbench
