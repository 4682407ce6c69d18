// Messages to JSON and back, key by key, and the socket that cuts what arrives into lines. Infinite
// numbers and NaN have spellings of their own, for JSON has none.
#include "bench/engine_messages.h"

#include <sys/socket.h>

#include <cerrno>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace gilbench {
namespace {

using nlohmann::json;

// A child that sends more without a line's end sends no messages.
constexpr std::size_t kMaxLine = std::size_t{256} << 20;

json number_to_json(double number) {
  if (std::isfinite(number)) return number;
  if (std::isnan(number)) return "nan";
  return number > 0 ? "inf" : "-inf";
}

double number_from(const json& value) {
  if (!value.is_string()) return value.get<double>();
  const std::string text = value.get<std::string>();
  if (text == "nan") return std::numeric_limits<double>::quiet_NaN();
  return text == "inf" ? std::numeric_limits<double>::infinity()
                       : -std::numeric_limits<double>::infinity();
}

// Leaves `*value` where the message has none.
template <class T>
void read(const json& from, const char* key, T* value) {
  if (const auto found = from.find(key); found != from.end()) {
    if constexpr (std::is_same_v<T, double>) {
      *value = number_from(*found);
    } else {
      *value = found->get<T>();
    }
  }
}

// The statuses by name: an enumeration's numbers would change with it.
constexpr std::pair<RunStatus, const char*> kStatuses[] = {
    {RunStatus::kOk, "ok"},
    {RunStatus::kSkipped, "skipped"},
    {RunStatus::kError, "error"},
    {RunStatus::kWrongAnswer, "wrong_answer"},
    {RunStatus::kTimeout, "timeout"},
    {RunStatus::kKilled, "killed"},
    {RunStatus::kInterrupted, "interrupted"}};

std::string status_name(RunStatus status) {
  for (const auto& [known, name] : kStatuses) {
    if (known == status) return name;
  }
  return "error";
}

RunStatus status_from(const std::string& name) {
  for (const auto& [status, known] : kStatuses) {
    if (known == name) return status;
  }
  return RunStatus::kError;
}

json sample_to_json(const Sample& sample) {
  return {{"seconds", number_to_json(sample.seconds)},
          {"startup_seconds", number_to_json(sample.startup_seconds)},
          {"transfer_seconds", number_to_json(sample.transfer_seconds)},
          {"cpu_seconds", number_to_json(sample.cpu_seconds)},
          {"fairness", number_to_json(sample.fairness)},
          {"waiting_cores", number_to_json(sample.waiting_cores)},
          {"longest_wait_seconds",
           sample.longest_wait_seconds ? json(*sample.longest_wait_seconds) : json()},
          {"pss_bytes", sample.pss_bytes},
          {"histograms", sample.histograms},
          {"peak_rss_bytes", sample.peak_rss_bytes},
          {"memory_written_bytes", sample.memory_written_bytes},
          {"voluntary_switches", sample.voluntary_switches},
          {"involuntary_switches", sample.involuntary_switches},
          {"leaked_objects", sample.leaked_objects},
          {"answer", sample.answer},
          {"metrics", numbers_to_json(sample.metrics)},
          {"shown_real_seconds", number_to_json(sample.shown.real_seconds)},
          {"shown_cpu_seconds", number_to_json(sample.shown.cpu_seconds)},
          {"shown_counters", numbers_to_json(sample.shown.counters)}};
}

Sample sample_from(const json& from) {
  Sample sample;
  read(from, "seconds", &sample.seconds);
  read(from, "startup_seconds", &sample.startup_seconds);
  read(from, "transfer_seconds", &sample.transfer_seconds);
  read(from, "cpu_seconds", &sample.cpu_seconds);
  read(from, "fairness", &sample.fairness);
  read(from, "waiting_cores", &sample.waiting_cores);
  if (const auto wait = from.find("longest_wait_seconds"); wait != from.end() && !wait->is_null()) {
    sample.longest_wait_seconds = wait->get<double>();
  }
  read(from, "pss_bytes", &sample.pss_bytes);
  read(from, "histograms", &sample.histograms);
  read(from, "peak_rss_bytes", &sample.peak_rss_bytes);
  read(from, "memory_written_bytes", &sample.memory_written_bytes);
  read(from, "voluntary_switches", &sample.voluntary_switches);
  read(from, "involuntary_switches", &sample.involuntary_switches);
  read(from, "leaked_objects", &sample.leaked_objects);
  read(from, "answer", &sample.answer);
  if (from.contains("metrics")) sample.metrics = numbers_from(from.at("metrics"));
  read(from, "shown_real_seconds", &sample.shown.real_seconds);
  read(from, "shown_cpu_seconds", &sample.shown.cpu_seconds);
  if (from.contains("shown_counters")) {
    sample.shown.counters = numbers_from(from.at("shown_counters"));
  }
  return sample;
}

}  // namespace

std::string message_text(const json& message) {
  return message.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

bool MessageSocket::send(const json& message) {
  const std::string text = message_text(message);
  for (std::size_t sent = 0; sent < text.size();) {
    const ssize_t count =
        ::send(descriptor(), text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    sent += static_cast<std::size_t>(count);
  }
  return true;
}

std::optional<json> MessageSocket::receive() {
  for (;;) {
    while (const auto line = next_line()) {
      json message = json::parse(*line, nullptr, false);
      if (message.is_object()) return message;
    }
    char buffer[65'536];
    const ssize_t count = recv(descriptor(), buffer, sizeof buffer, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    received_.append(buffer, static_cast<std::size_t>(count));
  }
}

void MessageSocket::queue(const json& message) { queued_ += message_text(message); }

void MessageSocket::send_queued() {
  while (!queued_.empty()) {
    const ssize_t count =
        ::send(descriptor(), queued_.data(), queued_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (count < 0) return queued_.clear();  // nobody will read it: take_in() tells of the end
    queued_.erase(0, static_cast<std::size_t>(count));
  }
}

bool MessageSocket::take_in() {
  for (;;) {
    char buffer[65'536];
    const ssize_t count = recv(descriptor(), buffer, sizeof buffer, MSG_DONTWAIT);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
    if (count == 0) return false;
    received_.append(buffer, static_cast<std::size_t>(count));
    if (received_.size() > kMaxLine) throw std::runtime_error("sent a message without an end");
  }
}

std::optional<std::string> MessageSocket::next_line() {
  const std::size_t end = received_.find('\n', searched_);
  if (end == std::string::npos) {
    searched_ = received_.size();
    return std::nullopt;
  }
  std::string line = received_.substr(0, end);
  received_.erase(0, end + 1);
  searched_ = 0;
  return line;
}

json numbers_to_json(const std::map<std::string, double>& numbers) {
  json object = json::object();
  for (const auto& [name, value] : numbers) object[name] = number_to_json(value);
  return object;
}

std::map<std::string, double> numbers_from(const json& object) {
  std::map<std::string, double> numbers;
  for (const auto& [name, value] : object.items()) numbers[name] = number_from(value);
  return numbers;
}

json to_json(const EngineRequest& request) {
  const RunRequest& run = request.run;
  return {{"name", request.name},
          {"strategy", request.strategy},
          {"program", request.program},
          {"size", run.size},
          {"workers", run.workers},
          {"timeout_ms", run.timeout.count()},
          {"switch_interval_us", run.options.switch_interval.count()},
          {"collect_cycles", run.options.collect_cycles},
          {"naive_lock_order", run.options.naive_lock_order},
          {"collect_every_checkpoints", run.options.collect_every_checkpoints}};
}

EngineRequest request_from(const json& from) {
  EngineRequest request;
  RunRequest& run = request.run;
  read(from, "name", &request.name);
  read(from, "strategy", &request.strategy);
  read(from, "program", &request.program);
  read(from, "size", &run.size);
  read(from, "workers", &run.workers);
  std::int64_t timeout_ms = run.timeout.count();
  read(from, "timeout_ms", &timeout_ms);
  run.timeout = std::chrono::milliseconds(timeout_ms);
  std::int64_t interval_us = run.options.switch_interval.count();
  read(from, "switch_interval_us", &interval_us);
  run.options.switch_interval = std::chrono::microseconds(interval_us);
  read(from, "collect_cycles", &run.options.collect_cycles);
  read(from, "naive_lock_order", &run.options.naive_lock_order);
  read(from, "collect_every_checkpoints", &run.options.collect_every_checkpoints);
  return request;
}

json to_json(const EngineReply& reply) {
  return {{"status", status_name(reply.result.status)},
          {"message", reply.result.message},
          {"answer", reply.result.answer},
          {"expected", reply.result.expected},
          {"leaked_objects", reply.result.leaked_objects},
          {"sample", sample_to_json(reply.sample)}};
}

EngineReply reply_from(const json& from) {
  EngineReply reply;
  reply.result.status = status_from(from.at("status").get<std::string>());
  read(from, "message", &reply.result.message);
  read(from, "answer", &reply.result.answer);
  read(from, "expected", &reply.result.expected);
  read(from, "leaked_objects", &reply.result.leaked_objects);
  reply.sample = sample_from(from.at("sample"));
  return reply;
}

}  // namespace gilbench
