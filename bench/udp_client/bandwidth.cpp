// Bandwidth in a closed loop: asks, waits for the answer with a blocking call, and asks again;
// counts what was answered.
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <thread>
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
  ClosedLoop(int descriptor, const Period& period, std::size_t bytes)
      : descriptor_(descriptor), period_(period), question_(std::max(bytes, sizeof number_)) {
    answer_.resize(question_.size());
    if (setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &kLook, sizeof kLook) != 0) fail();
  }

  Measurements run() {
    std::this_thread::sleep_until(period_.from);
    std::uint64_t answered = 0;
    std::uint64_t unanswered = 0;
    auto now = steady_clock::now();
    while (now < period_.end()) {
      ask();
      const bool came = wait_for_answer(now + kPatience);
      now = steady_clock::now();
      if (now >= period_.end()) break;  // an answer that was under way then counts as neither
      ++(came ? answered : unanswered);
    }
    const double seconds = duration<double>(period_.length).count();
    return {{{"packets_per_second", static_cast<double>(answered) / seconds},
             {"packets_answered", static_cast<double>(answered)},
             {"packets_unanswered", static_cast<double>(unanswered)}},
            {}};
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
      if (now >= patience || now >= period_.end()) return false;
    }
  }

  const int descriptor_;
  const Period period_;
  std::uint64_t number_ = 0;
  std::vector<char> question_;
  std::vector<char> answer_;
};

}  // namespace

Measurements measure_bandwidth(boost::asio::ip::udp::socket& socket, const Period& period,
                               std::size_t bytes) {
  socket.native_non_blocking(false);
  return ClosedLoop(socket.native_handle(), period, bytes).run();
}

}  // namespace gilbench
