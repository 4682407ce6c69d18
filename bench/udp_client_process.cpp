// The client says its port as it starts, and what it measured as one line of JSON at its end.
#include "bench/udp_client_process.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <sstream>

namespace gilbench {
namespace {

// The worker has seen the client's last word when it ends, and the client prints right after it.
constexpr std::chrono::milliseconds kResultLimit{5'000};

}  // namespace

UdpClientProcess::UdpClientProcess() : process_("udp_client", {}) {
  const std::string line = process_.read_line(HelperProcess::kStartLimit);
  std::istringstream words(line);
  std::string protocol;
  words >> protocol >> port_;
  if (port_ == 0) process_.fail("said \"" + line + "\" instead of its port");
}

std::vector<std::string> UdpClientProcess::environment() const {
  return {"GILBENCH_UDP_CLIENT_PORT=" + std::to_string(port_)};
}

Measured UdpClientProcess::measurements() {
  const std::string line = process_.read_line(kResultLimit);
  auto json = nlohmann::json::parse(line, nullptr, false);
  if (!json.is_object()) process_.fail("said \"" + line + "\" instead of what it measured");
  Measured measured;
  const auto histograms = json.value("histograms", nlohmann::json::object());
  for (const auto& [name, buckets] : histograms.items()) {
    for (const auto& [index, count] : buckets.items()) {
      measured.histograms[name][std::stoi(index)] = count;
    }
  }
  json.erase("histograms");
  measured.metrics = json.get<std::map<std::string, double>>();
  return measured;
}

}  // namespace gilbench
