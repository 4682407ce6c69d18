// Puts a failure into words and into JSON. All fields are checked, as a dying process may have sent
// anything.
#include "bench/engine_failure.h"

namespace gilbench {
namespace {

using nlohmann::ordered_json;

// What comes from a dying process may be anything.
std::string text_of(const ordered_json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

long long number_of(const ordered_json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_integer() ? found->get<long long>() : 0;
}

bool has_frames(const ordered_json& thread) {
  return thread.is_object() && thread.contains("frames") && thread["frames"].is_array() &&
         !thread["frames"].empty();
}

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

std::string EngineFailure::place() const {
  const ordered_json* chosen = nullptr;
  for (const ordered_json& thread : stacks) {
    if (!has_frames(thread)) continue;
    if (chosen == nullptr || thread.contains("current")) chosen = &thread;
  }
  if (chosen == nullptr) return {};
  const ordered_json& frame = chosen->at("frames").front();
  return ", in " + text_of(frame, "function") + " (" + file_name(text_of(frame, "file")) + ":" +
         std::to_string(number_of(frame, "line")) + ")";
}

std::string EngineFailure::details() const {
  std::string text;
  for (const ordered_json& thread : stacks) {
    if (!has_frames(thread)) continue;
    text += "Thread " + text_of(thread, "thread") + " (most recent call first):\n";
    for (const ordered_json& frame : thread["frames"]) {
      text += "  File \"" + text_of(frame, "file") + "\", line " +
              std::to_string(number_of(frame, "line")) + ", in " + text_of(frame, "function") +
              "\n";
    }
  }
  if (!said.empty()) text += "It had said:\n" + said + (said.ends_with('\n') ? "" : "\n");
  return text;
}

ordered_json EngineFailure::to_json() const {
  ordered_json json = {{"kind", kind}};
  if (!signal.empty()) json["signal"] = signal;
  json["stacks"] = stacks;
  json["said"] = said;
  return json;
}

}  // namespace gilbench
