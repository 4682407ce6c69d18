// Latency in an open loop: sends by a schedule drawn beforehand and counts each round trip from the
// moment its question was due, however late it was sent.
#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "bench/udp_client/measurements.h"
#include "bench/udp_client/percentiles.h"

namespace gilbench {
namespace {

namespace asio = boost::asio;
using asio::ip::udp;
using boost::system::error_code;
using std::chrono::duration;
using std::chrono::steady_clock;

// Answers under way when the time is up are waited for this long, and as long after a call that
// comes later still.
constexpr std::chrono::seconds kGrace{1};
// With fewer questions beyond it a quantile is chance.
constexpr int kLeastBeyond = 10;
constexpr std::size_t kQuestionBytes = 64;  // its number, and nothing

class OpenLoop {
 public:
  OpenLoop(asio::io_context& context, udp::socket& socket, const Period& period,
           const Spacing& spacing)
      : context_(context),
        socket_(socket),
        timer_(context),
        due_(schedule(period, spacing)),
        end_(std::max(period.end(), steady_clock::now()) + kGrace),
        round_trips_(due_.size(), -1) {}

  Measurements run() {
    context_.restart();
    receive();
    send_due();
    context_.run();
    drain();
    if (error_) throw boost::system::system_error(error_);
    return summary();
  }

 private:
  // When each question is due: the first as the period begins, none at its end or after it.
  static std::vector<steady_clock::time_point> schedule(const Period& period,
                                                        const Spacing& spacing) {
    std::mt19937_64 generator{std::random_device()()};
    std::uniform_int_distribution<std::int64_t> apart(spacing.least.count(), spacing.most.count());
    std::vector<steady_clock::time_point> due;
    auto time = period.from;
    do {
      due.push_back(time);
      time += std::chrono::nanoseconds(apart(generator));
    } while (time < period.end());
    return due;
  }

  // Sends every question that is due, also those that became due before the call or while this
  // process did not run.
  void send_due() {
    for (; sent_ < round_trips_.size() && due_[sent_] <= steady_clock::now(); ++sent_) {
      std::array<char, kQuestionBytes> question{};
      const std::uint64_t number = sent_;
      std::memcpy(question.data(), &number, sizeof number);
      error_code error;
      socket_.send(asio::buffer(question), 0, error);
      if (error) return fail(error);
    }
    const bool all_sent = sent_ == round_trips_.size();
    timer_.expires_at(all_sent ? end_ : due_[sent_]);
    timer_.async_wait([this, all_sent](error_code error) {
      if (error || over_) return;
      if (all_sent) {
        context_.stop();
      } else {
        send_due();
      }
    });
  }

  void receive() {
    socket_.async_receive(asio::buffer(answer_), [this](error_code error, std::size_t size) {
      if (over_) return;
      if (error) return fail(error);
      record(size);
      if (answered_ == round_trips_.size()) {
        context_.stop();
      } else {
        receive();
      }
    });
  }

  void record(std::size_t size) {
    const auto now = steady_clock::now();
    std::uint64_t number = 0;
    if (size < sizeof number) return;
    std::memcpy(&number, answer_.data(), sizeof number);
    if (number >= sent_ || round_trips_[number] >= 0) return;
    round_trips_[number] = duration<double, std::milli>(now - due_[number]).count();
    ++answered_;
  }

  // No handler may outlive this: the context goes on after it.
  void drain() {
    over_ = true;
    timer_.cancel();
    socket_.cancel();
    context_.restart();
    context_.poll();
  }

  void fail(error_code error) {
    error_ = error;
    context_.stop();
  }

  Measurements summary() const {
    const auto now = steady_clock::now();
    std::vector<double> sorted = round_trips_;
    for (std::size_t number = 0; number < sorted.size(); ++number) {
      if (sorted[number] >= 0) continue;
      sorted[number] = duration<double, std::milli>(now - due_[number]).count();
    }
    std::sort(sorted.begin(), sorted.end());
    const double count = static_cast<double>(sorted.size());
    Measurements measured{{{"latency_max_ms", sorted.back()},
                           {"questions", count},
                           {"questions_unanswered", count - static_cast<double>(answered_)}},
                          {}};
    for (const int percent : {50, 90, 99}) {
      if (count * (100 - percent) / 100 < kLeastBeyond) continue;
      measured.numbers["latency_p" + std::to_string(percent) + "_ms"] =
          percentile(sorted, percent / 100.0);
    }
    for (const double ms : sorted) ++measured.histograms["latency"][bucket_of(ms * 1e6)];
    return measured;
  }

  asio::io_context& context_;
  udp::socket& socket_;
  asio::steady_timer timer_;
  const std::vector<steady_clock::time_point> due_;
  const steady_clock::time_point end_;
  std::vector<double> round_trips_;  // ms from when each question was due; negative: no answer yet
  std::size_t sent_ = 0;
  std::size_t answered_ = 0;
  std::array<char, 2048> answer_{};
  error_code error_;
  bool over_ = false;
};

}  // namespace

Measurements measure_latency(asio::io_context& context, udp::socket& socket, const Period& period,
                             const Spacing& spacing) {
  return OpenLoop(context, socket, period, spacing).run();
}

}  // namespace gilbench
