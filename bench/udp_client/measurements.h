// What the client measures once a worker has called it: each function asks until its time is up.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <chrono>
#include <map>
#include <string>

#include "bench/log_buckets.h"

namespace gilbench {

struct Measurements {
  std::map<std::string, double> numbers;  // by name with the unit in it
  std::map<std::string, Buckets> histograms;
};

// When a worker is to be asked. It starts with the workload and not with the worker's call: a
// worker that comes late to its call, since others compute, is late with its first answers too, and
// that counts. What it was not asked in time must not be left out of what it is measured by.
struct Period {
  std::chrono::steady_clock::time_point from;
  std::chrono::nanoseconds length{};  // more than nothing

  std::chrono::steady_clock::time_point end() const { return from + length; }
};

// The questions of both come to a worker that answers each datagram with the same bytes. The socket
// is connected to it. Both throw boost::system::system_error where the worker is gone.

// How far apart questions are: at random, alike between the two, so that they keep no step with
// what happens at regular intervals in the worker's process.
struct Spacing {
  std::chrono::nanoseconds least, most;
};

// Latency in an open loop: questions on a schedule that is drawn beforehand, so that a slow answer
// does not delay the next question, and each round trip counted from the moment that its question
// was due. A closed loop would ask less while the worker is slow and so leave out most of the bad
// moments (G. Tene's "coordinated omission"; his wrk2 measures as this does).
// All questions of the period are asked, however late the call: those that are overdue at once.
// A question without an answer one second after the period counts as having waited until then. So
// does one that is lost, as when more of them wait than the worker's socket has room for: some two
// hundred, unless the worker or its system said otherwise.
// The histogram "latency" has them all. A quantile is told where at least ten lie beyond it.
Measurements measure_latency(boost::asio::io_context& context, boost::asio::ip::udp::socket& socket,
                             const Period& period, const Spacing& spacing);

// Bandwidth in a closed loop: the next question of `bytes` goes out when the last is answered, or
// has waited for a second. The rate is over the whole period, with the time before the call.
Measurements measure_bandwidth(boost::asio::ip::udp::socket& socket, const Period& period,
                               std::size_t bytes);

}  // namespace gilbench
