// What the client measures once a worker has called it: each function asks until its time is up.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <chrono>
#include <map>
#include <string>

namespace gilbench {

using Measurements = std::map<std::string, double>;

// The questions of both come to a worker that answers each datagram with the same bytes. The socket
// is connected to it. Both throw boost::system::system_error where the worker is gone.

// Latency in an open loop: a question every `interval` on a schedule fixed at the start, so that a
// slow answer does not delay the next question, and each round trip counted from the moment that
// its question was due. A closed loop would ask less while the worker is slow and so leave out most
// of the bad moments (G. Tene's "coordinated omission"; his wrk2 measures as this does).
// A question without an answer one second after the time is up counts as that long.
Measurements measure_latency(boost::asio::io_context& context, boost::asio::ip::udp::socket& socket,
                             std::chrono::duration<double> time,
                             std::chrono::steady_clock::duration interval);

// Bandwidth in a closed loop: the next question of `bytes` goes out when the last is answered, or
// has waited for a second.
Measurements measure_bandwidth(boost::asio::ip::udp::socket& socket,
                               std::chrono::duration<double> time, std::size_t bytes);

}  // namespace gilbench
