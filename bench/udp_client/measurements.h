// What the client measures once a worker has called it: each function asks until its time is up.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <chrono>
#include <map>
#include <string>

namespace gilbench {

using Measurements = std::map<std::string, double>;

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

// Latency in an open loop: a question every `interval` on a schedule fixed by the period, so that a
// slow answer does not delay the next question, and each round trip counted from the moment that
// its question was due. A closed loop would ask less while the worker is slow and so leave out most
// of the bad moments (G. Tene's "coordinated omission"; his wrk2 measures as this does).
// All questions of the period are asked, however late the call: those that are overdue at once.
// A question without an answer one second after the period counts as having waited until then. So
// does one that is lost, as when more of them wait than the worker's socket has room for: some two
// hundred, unless the worker's system was told otherwise.
Measurements measure_latency(boost::asio::io_context& context, boost::asio::ip::udp::socket& socket,
                             const Period& period, std::chrono::steady_clock::duration interval);

// Bandwidth in a closed loop: the next question of `bytes` goes out when the last is answered, or
// has waited for a second. The rate is over the whole period, with the time before the call.
Measurements measure_bandwidth(boost::asio::ip::udp::socket& socket, const Period& period,
                               std::size_t bytes);

}  // namespace gilbench
