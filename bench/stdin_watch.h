// For programs that the harness starts: they end when whoever holds the other end of stdin is gone.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <cstddef>

namespace gilbench {

// Stops the context at the end of stdin; a harness that died, however it died, leaves nothing
// behind. Must outlive the context's last run.
class StdinWatch {
 public:
  explicit StdinWatch(boost::asio::io_context& context) : context_(context), stdin_(context) {
    boost::system::error_code error;
    stdin_.assign(0, error);
    if (error) {  // a plain file or /dev/null cannot be waited for, and has an end already
      close();
    } else {
      watch();
    }
  }

  bool closed() const { return closed_; }

 private:
  void watch() {
    stdin_.async_read_some(boost::asio::buffer(ignored_),
                           [this](boost::system::error_code error, std::size_t) {
                             if (error) {
                               close();
                             } else {
                               watch();
                             }
                           });
  }

  void close() {
    closed_ = true;
    context_.stop();
  }

  boost::asio::io_context& context_;
  boost::asio::posix::stream_descriptor stdin_;
  std::array<char, 256> ignored_{};
  bool closed_ = false;
};

}  // namespace gilbench
