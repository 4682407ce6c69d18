#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <cstring>
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
constexpr std::size_t kQuestionBytes = 64;  // its number, and nothing

class OpenLoop {
 public:
  OpenLoop(asio::io_context& context, udp::socket& socket, const Period& period,
           steady_clock::duration interval)
      : context_(context),
        socket_(socket),
        timer_(context),
        interval_(interval),
        start_(period.from),
        end_(std::max(period.end(), steady_clock::now()) + kGrace) {
    const std::int64_t questions = period.length / interval;
    round_trips_.assign(static_cast<std::size_t>(std::max<std::int64_t>(questions, 1)), -1);
  }

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
  steady_clock::time_point due(std::size_t number) const {
    return start_ + interval_ * static_cast<std::int64_t>(number);
  }

  // Sends every question that is due, also those that became due before the call or while this
  // process did not run.
  void send_due() {
    for (; sent_ < round_trips_.size() && due(sent_) <= steady_clock::now(); ++sent_) {
      std::array<char, kQuestionBytes> question{};
      const std::uint64_t number = sent_;
      std::memcpy(question.data(), &number, sizeof number);
      error_code error;
      socket_.send(asio::buffer(question), 0, error);
      if (error) return fail(error);
    }
    const bool all_sent = sent_ == round_trips_.size();
    timer_.expires_at(all_sent ? end_ : due(sent_));
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
    round_trips_[number] = duration<double, std::milli>(now - due(number)).count();
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
      sorted[number] = duration<double, std::milli>(now - due(number)).count();
    }
    std::sort(sorted.begin(), sorted.end());
    return {{"latency_p50_ms", percentile(sorted, 0.50)},
            {"latency_p90_ms", percentile(sorted, 0.90)},
            {"latency_p99_ms", percentile(sorted, 0.99)},
            {"latency_max_ms", sorted.back()},
            {"questions", static_cast<double>(sorted.size())},
            {"questions_unanswered", static_cast<double>(sorted.size() - answered_)}};
  }

  asio::io_context& context_;
  udp::socket& socket_;
  asio::steady_timer timer_;
  const steady_clock::duration interval_;
  const steady_clock::time_point start_;
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
                             steady_clock::duration interval) {
  return OpenLoop(context, socket, period, interval).run();
}

}  // namespace gilbench
