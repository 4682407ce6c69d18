// What the bench and its engine processes say to each other: JSON objects, one a line, over a pair
// of sockets. docs/engine-processes.md tells who says what when.
//
// Keys that a reader does not know are passed over, and those that it misses have defaults, for the
// other end may be of an older or a newer build (--engine).
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bench/measurement.h"
#include "runtime/engine.h"
#include "runtime/support/descriptor.h"

namespace gilbench {

// Grows when an older build could no longer understand a message.
inline constexpr int kEngineProtocol = 1;
// `bench_workloads --engine-process=DESCRIPTOR` is an engine process.
inline constexpr const char* kEngineFlag = "--engine-process=";
// The lowest number of the child's socket: programs that go through descriptors do not come so far.
inline constexpr int kEngineDescriptor = 1001;

// One end of the pair.
class MessageSocket {
 public:
  explicit MessageSocket(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

  int descriptor() const { return descriptor_.get(); }
  void close() { descriptor_.reset(); }

  // Waits where the socket is full. False where the other end is gone.
  bool send(const nlohmann::json& message);
  // The next message; waits for it. None at the end.
  std::optional<nlohmann::json> receive();

  // ---- for an end that must not wait ----
  void queue(const nlohmann::json& message);
  bool has_queued() const { return !queued_.empty(); }
  void send_queued();  // as much as there is room for
  // Takes in what has come. False at the end.
  bool take_in();
  // A line that has come whole.
  std::optional<std::string> next_line();

 private:
  Descriptor descriptor_;
  std::string received_;
  std::size_t searched_ = 0;  // up to here there is no line's end in received_
  std::string queued_;
};

// One line of text, whatever bytes the strings hold.
std::string message_text(const nlohmann::json& message);

// What a row asks of an engine process. The program has been handed over before.
struct EngineRequest {
  std::string name;      // the row's
  std::string strategy;  // as the engine's build names it
  std::string program;   // its path
  RunRequest run;        // without the program and the environment
};

// What comes back.
struct EngineReply {
  RunResult result;  // status, message, answer, expected and leaked_objects only
  Sample sample;
};

nlohmann::json to_json(const EngineRequest& request);
nlohmann::json to_json(const EngineReply& reply);
// Throw nlohmann::json::exception where a value is of another type than it should be.
EngineRequest request_from(const nlohmann::json& json);
EngineReply reply_from(const nlohmann::json& json);

// NaN and the infinities, which JSON has no numbers for, as text.
nlohmann::json numbers_to_json(const std::map<std::string, double>& numbers);
std::map<std::string, double> numbers_from(const nlohmann::json& json);

}  // namespace gilbench
