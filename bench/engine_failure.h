// How an engine process came to an end that nobody had asked for.
#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>

namespace gilbench {

struct EngineFailure {
  // signal: one killed it. exit: it ended by itself. hang: it passed its limit. stopped: a signal
  // held it. protocol: what it sent was no message. worker: a signal killed a worker process of it.
  std::string kind;
  std::string signal;  // SIGSEGV; empty where there was none
  // Of each thread that ran a program: {"thread", "frames": [{"file", "line", "function"}]},
  // innermost frame first; "current" marks the thread that the signal came to. Empty where the
  // process could not tell (SIGKILL).
  nlohmann::ordered_json stacks = nlohmann::ordered_json::array();
  std::string said;     // the end of what it wrote to descriptors 1 and 2
  std::string message;  // one line: what happened, and where

  // The stacks and what was said, as text below the message.
  std::string details() const;
  // ", in work (a.py:7)": the innermost frame of the current thread, or else of the first.
  std::string place() const;
  nlohmann::ordered_json to_json() const;
};

class EngineDied : public std::runtime_error {
 public:
  explicit EngineDied(EngineFailure how)
      : std::runtime_error(how.message), failure(std::move(how)) {}
  EngineFailure failure;
};

}  // namespace gilbench
