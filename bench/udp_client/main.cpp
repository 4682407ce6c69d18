// The client of the mixed workloads: one worker answers its datagrams, the others compute.
//
//   udp_client [--least-ms=2] [--most-ms=5] [--bytes=1024]
//
// Takes a free loopback port and prints `udp PORT`. A worker calls it there with one datagram from
// the socket on which it will answer, "latency FROM SECONDS" or "bandwidth FROM SECONDS", and from
// then on gives every datagram back until one says "stop", which it gives back too. What was
// measured is printed as one line of JSON: numbers by name, and in "histograms", by name as well,
// counts by bucket (bench/log_buckets.h).
//
// The worker calls, and not the client, so that no port is guessed. FROM is a time of the monotonic
// clock, which all processes share: asking starts then, for so many seconds, be the call early or
// late.
//
// It ends on SIGTERM, and when its stdin closes at the latest after the time that it was called
// for. SIGINT is ignored: Ctrl-C reaches the whole terminal group, and the harness still has a row
// to end properly.

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/program_options.hpp>
#include <chrono>
#include <cmath>
#include <csignal>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>

#include "bench/stdin_watch.h"
#include "bench/udp_client/measurements.h"

namespace gilbench {
namespace {

namespace asio = boost::asio;
using asio::ip::udp;
using boost::system::error_code;
using std::chrono::duration;
using std::chrono::steady_clock;

constexpr const char* kStop = "stop";
// "stop" is said again this often, should one be lost, and no longer than the limit.
constexpr std::chrono::milliseconds kStopInterval{100};
constexpr std::chrono::seconds kStopLimit{30};
constexpr duration<double> kLongest = std::chrono::hours{1};

struct Flags {
  Spacing spacing{};
  std::size_t bytes = 0;
};

Flags parse_flags(int argument_count, char** arguments) {
  namespace po = boost::program_options;
  po::options_description described("udp_client: asks a worker over UDP and measures its answers");
  auto add = described.add_options();
  add("least-ms", po::value<int>()->default_value(2), "latency: questions at least N ms apart");
  add("most-ms", po::value<int>()->default_value(5), "latency: questions at most N ms apart");
  add("bytes", po::value<int>()->default_value(1024), "bandwidth: questions of N bytes");
  po::variables_map values;
  po::store(po::parse_command_line(argument_count, arguments, described), values);
  const int least_ms = values["least-ms"].as<int>();
  const int most_ms = values["most-ms"].as<int>();
  const int bytes = values["bytes"].as<int>();
  if (least_ms < 1) throw po::error("--least-ms: must be at least 1");
  if (most_ms < least_ms) throw po::error("--most-ms: must be at least --least-ms");
  if (bytes < 8 || bytes > 65'507) throw po::error("--bytes: must be from 8 to 65507");
  return {{std::chrono::milliseconds(least_ms), std::chrono::milliseconds(most_ms)},
          static_cast<std::size_t>(bytes)};
}

struct Call {
  std::string what;
  Period period;
};

Call parse_call(const std::string& text) {
  using std::chrono::nanoseconds;
  std::istringstream words(text);
  std::string what;
  double from = 0;
  double seconds = 0;
  words >> what >> from >> seconds;
  const duration<double> now = steady_clock::now().time_since_epoch();
  const bool known = what == "latency" || what == "bandwidth";
  const bool in_reach = std::abs(from - now.count()) <= kLongest.count() && seconds > 0 &&
                        seconds <= kLongest.count();  // false for what is no number
  if (!known || words.fail() || !in_reach) {
    throw std::runtime_error("called with \"" + text + "\", not latency or bandwidth FROM SECONDS");
  }
  const auto to_ns = [](double value) { return nanoseconds(std::llround(value * 1e9)); };
  return {what, {steady_clock::time_point(to_ns(from)), to_ns(seconds)}};
}

// Tells the worker to stop until it says that it has: it gives the word back, or is gone.
void stop_worker(asio::io_context& context, udp::socket& socket, const StdinWatch& watch) {
  std::array<char, 2048> answer{};
  const auto limit = steady_clock::now() + kStopLimit;
  bool stopped = false;
  while (!stopped && !watch.closed() && steady_clock::now() < limit) {
    error_code error;
    socket.send(asio::buffer(kStop, std::string(kStop).size()), 0, error);
    if (error) return;
    socket.async_receive(asio::buffer(answer), [&](error_code failed, std::size_t size) {
      stopped = failed ? failed != asio::error::operation_aborted
                       : std::string(answer.data(), size) == kStop;
    });
    context.restart();
    context.run_one_for(kStopInterval);
    socket.cancel();
    context.restart();
    context.poll();
  }
}

void print(const Measurements& measurements) {
  std::ostringstream text;
  text.precision(9);
  const char* comma = "";
  for (const auto& [name, value] : measurements.numbers) {
    text << std::exchange(comma, ", ") << '"' << name << "\": " << value;
  }
  text << ", \"histograms\": {";
  comma = "";
  for (const auto& [name, buckets] : measurements.histograms) {
    text << std::exchange(comma, ", ") << '"' << name << "\": {";
    const char* inner_comma = "";
    for (const auto& [index, count] : buckets) {
      text << std::exchange(inner_comma, ", ") << '"' << index << "\": " << count;
    }
    text << '}';
  }
  std::cout << '{' << text.str() << "}}" << std::endl;
}

int ask(const Flags& flags) {
  asio::io_context context(1);
  udp::socket socket(context, udp::endpoint(asio::ip::address_v4::loopback(), 0));
  std::cout << "udp " << socket.local_endpoint().port() << std::endl;

  StdinWatch watch(context);
  std::array<char, 256> text{};
  std::size_t size = 0;
  udp::endpoint worker;
  socket.async_receive_from(asio::buffer(text), worker, [&](error_code, std::size_t received) {
    size = received;
    context.stop();
  });
  context.run();
  if (watch.closed()) return 0;
  const Call call = parse_call(std::string(text.data(), size));
  socket.connect(worker);
  const Measurements measured = call.what == "latency"
                                    ? measure_latency(context, socket, call.period, flags.spacing)
                                    : measure_bandwidth(socket, call.period, flags.bytes);
  stop_worker(context, socket, watch);
  print(measured);
  return 0;
}

int run(int argument_count, char** arguments) {
  std::signal(SIGINT, SIG_IGN);
  try {
    return ask(parse_flags(argument_count, arguments));
  } catch (const boost::program_options::error& error) {
    std::cerr << "udp_client: " << error.what() << '\n';
    return 2;
  }
}

}  // namespace
}  // namespace gilbench

int main(int argument_count, char** arguments) {
  try {
    return gilbench::run(argument_count, arguments);
  } catch (const std::exception& error) {
    std::cerr << "udp_client: " << error.what() << '\n';
    return 1;
  }
}
