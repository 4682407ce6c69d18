// The service that the I/O workloads talk to: HTTP answers after a set delay, and UDP echo.
//
//   upstream --delay-ms=5
//
// Takes two free loopback ports, prints `tcp PORT` and `udp PORT`, and ends on SIGTERM or when its
// stdin closes: a harness that died, however it died, leaves no service behind. SIGINT is ignored:
// Ctrl-C reaches the whole terminal group, and the harness still has a row to end properly.
//
// One thread for all connections: a waiting request is a timer, so that any number of them wait at
// once and the service is never what the workers queue for.

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/program_options.hpp>
#include <chrono>
#include <csignal>
#include <iostream>
#include <memory>
#include <string>

#include "bench/stdin_watch.h"

namespace gilbench {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using asio::ip::udp;
using boost::system::error_code;

constexpr std::size_t kBodyBytes = 256;

// What `GET target` answers: the target over and over, cut at 256 bytes, so that any client can
// tell a wrong answer.
std::string body_of(const std::string& target) {
  std::string body;
  while (body.size() < kBodyBytes) body += target.empty() ? "/" : target;
  body.resize(kBodyBytes);
  return body;
}

// One connection, kept alive by its operations: each handler holds a reference to it.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, std::chrono::milliseconds delay)
      : socket_(std::move(socket)), timer_(socket_.get_executor()), delay_(delay) {}

  void read() {
    request_ = {};
    http::async_read(socket_, buffer_, request_,
                     [self = shared_from_this()](error_code error, std::size_t) {
                       if (!error) self->wait();
                     });
  }

 private:
  void wait() {
    timer_.expires_after(delay_);
    timer_.async_wait([self = shared_from_this()](error_code error) {
      if (!error) self->write();
    });
  }

  void write() {
    const bool is_get = request_.method() == http::verb::get;
    response_ = {is_get ? http::status::ok : http::status::method_not_allowed, request_.version()};
    response_.set(http::field::content_type, "text/plain");
    response_.keep_alive(request_.keep_alive());
    response_.body() = is_get ? body_of(std::string(request_.target())) : "only GET\n";
    response_.prepare_payload();
    http::async_write(socket_, response_,
                      [self = shared_from_this()](error_code error, std::size_t) {
                        if (error) return;
                        if (self->response_.need_eof()) {
                          self->socket_.shutdown(tcp::socket::shutdown_send, error);
                        } else {
                          self->read();
                        }
                      });
  }

  tcp::socket socket_;
  asio::steady_timer timer_;
  std::chrono::milliseconds delay_;
  boost::beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> response_;
};

class Service {
 public:
  Service(asio::io_context& context, std::chrono::milliseconds delay)
      : delay_(delay),
        acceptor_(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
        echo_(context, udp::endpoint(asio::ip::address_v4::loopback(), 0)) {
    accept();
    echo();
  }

  unsigned short tcp_port() const { return acceptor_.local_endpoint().port(); }
  unsigned short udp_port() const { return echo_.local_endpoint().port(); }

 private:
  void accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
      if (!error) {
        // Nagle's algorithm would hold back answers that the client's delayed ACK waits for.
        socket.set_option(tcp::no_delay(true), error);
        std::make_shared<Connection>(std::move(socket), delay_)->read();
      }
      accept();
    });
  }

  void echo() {
    echo_.async_receive_from(asio::buffer(datagram_), sender_,
                             [this](error_code error, std::size_t size) {
                               if (!error) {
                                 echo_.send_to(asio::buffer(datagram_, size), sender_, 0, error);
                               }
                               echo();
                             });
  }

  std::chrono::milliseconds delay_;
  tcp::acceptor acceptor_;
  udp::socket echo_;
  udp::endpoint sender_;
  std::array<char, 65536> datagram_{};
};

int parse_delay(int argument_count, char** arguments) {
  namespace po = boost::program_options;
  po::options_description flags("upstream: an HTTP service that takes its time, and UDP echo");
  flags.add_options()("delay-ms", po::value<int>()->default_value(5), "answer after N ms");
  po::variables_map values;
  po::store(po::parse_command_line(argument_count, arguments, flags), values);
  const int delay = values["delay-ms"].as<int>();
  if (delay < 0) throw po::error("--delay-ms: must be at least 0");
  return delay;
}

int serve(int argument_count, char** arguments) {
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  std::chrono::milliseconds delay{};
  try {
    delay = std::chrono::milliseconds(parse_delay(argument_count, arguments));
  } catch (const boost::program_options::error& error) {
    std::cerr << "upstream: " << error.what() << '\n';
    return 2;
  }
  asio::io_context context(1);
  asio::signal_set signals(context, SIGTERM);
  signals.async_wait([&context](error_code, int) { context.stop(); });
  Service service(context, delay);
  StdinWatch watch(context);
  std::cout << "tcp " << service.tcp_port() << "\nudp " << service.udp_port() << std::endl;
  context.run();
  return 0;
}

}  // namespace
}  // namespace gilbench

int main(int argument_count, char** arguments) {
  try {
    return gilbench::serve(argument_count, arguments);
  } catch (const std::exception& error) {
    std::cerr << "upstream: " << error.what() << '\n';
    return 1;
  }
}
