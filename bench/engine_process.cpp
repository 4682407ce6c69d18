// One poll() waits for messages, output, signals and the deadline. Whatever goes wrong (a death, a
// hang, nonsense) becomes an EngineDied with the stacks and the last words of the process.
#include "bench/engine_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>

#include "bench/wakeup.h"

namespace gilbench {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::size_t kSaid = 4096;          // bytes of what a process said are kept
constexpr milliseconds kStartLimit{30'000};  // to the first word, and for a program's compilation
constexpr milliseconds kEndLimit{10'000};    // for a run that is told to end, for a process to exit
constexpr milliseconds kStacksLimit{1'000};  // for a hanging process to tell where it is
constexpr milliseconds kDeathLimit{1'000};   // from the end of its socket to its own
constexpr milliseconds kLongestWait{1'000};

// What a run may need beyond its own limit, to notice it and to take its world apart.
milliseconds grace(milliseconds timeout) {
  return std::clamp(timeout, milliseconds(5'000), milliseconds(30'000));
}

std::string seconds_text(milliseconds time) {
  return std::to_string((time.count() + 999) / 1000) + " s";
}

// As high as programs do not come, where the limit of open files allows it; the engine's own pipes
// are to have room there too.
Descriptor out_of_reach(Descriptor socket) {
  constexpr rlim_t kWanted = kEngineDescriptor + 4096;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < kWanted) {
    limit.rlim_cur = std::min(limit.rlim_max, kWanted);
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  Descriptor moved(fcntl(socket.get(), F_DUPFD_CLOEXEC, kEngineDescriptor));
  return moved.is_open() ? std::move(moved) : moved_up(std::move(socket), STDERR_FILENO + 1);
}

void must(bool done) {
  if (!done) {
    throw std::system_error(errno, std::generic_category(), "cannot start an engine process");
  }
}

}  // namespace

EngineProcess::EngineProcess(const EngineCommand& command, Hear hear)
    : hear_(std::move(hear)), started_(Clock::now()) {
  int ends[2];
  must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
  Descriptor ours(ends[0]);
  Descriptor theirs(ends[1]);
  ours = moved_up(std::move(ours), STDERR_FILENO + 1);
  theirs = out_of_reach(std::move(theirs));
  Pipe output;
  Pipe error;
  must(ours.is_open() && theirs.is_open() && output.open() && error.open());
  std::vector<std::string> arguments(command.begin() + 1, command.end());
  arguments.push_back(kEngineFlag + std::to_string(theirs.get()));
  child_ = ChildProcess({.path = command.front(),
                         .arguments = std::move(arguments),
                         .output = output.write_end.get(),
                         .error = error.write_end.get(),
                         .kept = theirs.get(),
                         .death_signal = SIGKILL,
                         .own_group = true});
  socket_ = MessageSocket(std::move(ours));
  output_ = std::move(output.read_end);
  error_ = std::move(error.read_end);
  for (const Descriptor* pipe : {&output_, &error_}) fcntl(pipe->get(), F_SETFL, O_NONBLOCK);
  limit_ = kStartLimit;
  allow(limit_);
}

const json& EngineProcess::hello() {
  while (hello_.is_null()) {
    json message = next_message();
    if (!message.contains("hello")) fail("protocol", "did not introduce itself");
    hello_ = std::move(message);
  }
  if (hello_["hello"] != kEngineProtocol) fail("protocol", "speaks another protocol");
  return hello_;
}

void EngineProcess::set_flags(const std::vector<std::string>& flags) {
  socket_.queue({{"benchmark", flags}});
}

bool EngineProcess::has(const std::string& path) const {
  return std::find(programs_.begin(), programs_.end(), path) != programs_.end();
}

void EngineProcess::prepare(const HandedProgram& program) {
  had_begun_ = false;
  limit_ = kStartLimit;
  allow(limit_);
  socket_.queue({{"program", {{"path", program.path}, {program.form, program.text}}}});
  hello();
  const json message = next_message();
  if (!message.contains("ready")) fail("protocol", "was not ready");
  if (message.contains("error")) throw std::runtime_error(message["error"].get<std::string>());
  programs_.push_back(program.path);
  if (ready_seconds_ <= 0) {
    ready_seconds_ = std::chrono::duration<double>(Clock::now() - started_).count();
  }
}

EngineReply EngineProcess::run(const EngineRequest& request, const Workload& workload,
                               Services& services) {
  had_begun_ = false;
  told_to_end_ = false;
  stacks_ = nlohmann::ordered_json::array();
  stacks_signal_.clear();
  said_.clear();
  services_ = &services;
  limit_ = request.run.timeout + grace(request.run.timeout);
  allow(limit_);
  socket_.queue({{"row", to_json(request)}});
  try {
    for (;;) {
      const json message = next_message();
      if (message.contains("reply")) {
        services_ = nullptr;
        EngineReply reply = reply_from(message["reply"]);
        reply.sample.process = child_.pid();
        reply.sample.disturbance = disturbance_;
        return reply;
      }
      socket_.queue(answer_to(message, workload, services));
      allow(limit_);
    }
  } catch (const json::exception& error) {
    fail("protocol", "sent what is no message");
  }
}

json EngineProcess::answer_to(const json& question, const Workload& workload, Services& services) {
  try {
    if (question.contains("run")) {
      had_begun_ = true;
      told_to_end_ = false;  // it hears of an interrupt again: the last may have come too early
      json answer{{"environment", services.prepare(workload)}};
      watch_.begin(children_seconds(services));
      return answer;
    }
    if (question.contains("ran")) {
      disturbance_ = watch_.end(children_seconds(services));
      // What ends this process ends its services too, where it was sent to the whole group.
      if (const std::string death = services.death(); !death.empty() && !interrupt_requested()) {
        services.finish(false);
        return {{"error", death + " during the run"}};
      }
      const Measured measured = services.finish(question["ran"].get<bool>());
      return {{"metrics", numbers_to_json(measured.metrics)}, {"histograms", measured.histograms}};
    }
  } catch (const json::exception&) {
    throw;
  } catch (const std::exception& error) {
    return {{"error", error.what()}};
  }
  fail("protocol", "sent what is no message");
}

// Of those that work for the run.
double EngineProcess::children_seconds(const Services& services) const {
  return processor_seconds(child_.pid()) + services.processor_seconds();
}

json EngineProcess::next_message() {
  for (;;) {
    if (!messages_.empty()) {
      json message = std::move(messages_.front());
      messages_.erase(messages_.begin());
      if (!message.is_null()) return message;
      // No message: either the last words of a process that is dying, or nonsense.
      if (!child_.ends_within(kDeathLimit)) fail("protocol", "sent what is no message");
    }
    if (child_.has_ended() || at_end_) fail_dead();
    if (child_.is_stopped()) fail("stopped", "was stopped by a signal");
    const bool must_end = interrupt_requested() || (services_ && !services_->death().empty());
    if (must_end && !told_to_end_) tell_to_end();
    if (Clock::now() >= deadline_) fail("hang", "did not answer within " + seconds_text(limit_));
    wait_for_something();
  }
}

void EngineProcess::tell_to_end() {
  told_to_end_ = true;
  child_.send(SIGINT);
  limit_ = kEndLimit;
  deadline_ = std::min(deadline_, Clock::now() + kEndLimit);
}

// Until there is a message, an output, a signal, or the deadline has come.
void EngineProcess::wait_for_something() {
  const auto left = std::chrono::ceil<milliseconds>(deadline_ - Clock::now());
  const auto wait = std::clamp(left, milliseconds(0), kLongestWait);
  const short both = POLLIN | POLLOUT;
  std::array<pollfd, 4> polled{
      pollfd{socket_.descriptor(), socket_.has_queued() ? both : short{POLLIN}, 0},
      pollfd{output_.get(), POLLIN, 0}, pollfd{error_.get(), POLLIN, 0},
      pollfd{wakeup_descriptor(), POLLIN, 0}};
  if (poll(polled.data(), polled.size(), static_cast<int>(wait.count())) <= 0) return;
  if (polled[3].revents != 0) drain_wakeups();
  if (polled[1].revents != 0) hear(output_);
  if (polled[2].revents != 0) hear(error_);
  if (polled[0].revents == 0) return;
  socket_.send_queued();
  if (!take_in()) at_end_ = true;
  while (const auto line = socket_.next_line()) look_at_line(*line, &messages_);
}

// A line that is no message becomes a null.
void EngineProcess::look_at_line(const std::string& line, std::vector<json>* messages) {
  if (line.empty()) return;
  json message = json::parse(line, nullptr, false);
  if (!message.is_object()) {
    messages->emplace_back(nullptr);
  } else if (message.contains("stacks")) {
    if (!message["stacks"].is_array()) return;
    for (const json& thread : message["stacks"]) stacks_.push_back(nlohmann::ordered_json(thread));
    stacks_signal_ = "SIG" + message.value("signal", std::string());
  } else {
    messages->push_back(std::move(message));
  }
}

bool EngineProcess::hear(Descriptor& pipe) {
  if (!pipe.is_open()) return false;
  char buffer[65'536];
  const ssize_t count = ::read(pipe.get(), buffer, sizeof buffer);
  if (count <= 0) {
    if (count == 0 || (errno != EINTR && errno != EAGAIN)) pipe.reset();
    return false;
  }
  const std::string_view text(buffer, static_cast<std::size_t>(count));
  if (hear_) hear_(text);
  said_.append(text);
  if (said_.size() > kSaid) said_.erase(0, said_.size() - kSaid);
  return true;
}

void EngineProcess::ask_for_stacks() {
  child_.send(SIGQUIT);
  child_.send(SIGCONT);
  allow(kStacksLimit);
  while (stacks_.empty() && !child_.has_ended() && !at_end_ && Clock::now() < deadline_) {
    wait_for_something();
  }
}

// False at the end; a message without an end is one.
bool EngineProcess::take_in() {
  try {
    return socket_.take_in();
  } catch (const std::exception&) {
    return false;
  }
}

// It is dead, and nobody writes any more.
void EngineProcess::take_what_is_left() {
  take_in();
  while (const auto line = socket_.next_line()) look_at_line(*line, &messages_);
  for (Descriptor* pipe : {&output_, &error_}) {
    while (hear(*pipe)) {
    }
  }
}

void EngineProcess::fail_dead() {
  if (!child_.ends_within(kDeathLimit)) fail("protocol", "closed its connection");
  const int status = child_.wait_status();
  child_.end();
  take_what_is_left();
  EngineFailure failure;
  if (WIFSIGNALED(status)) failure.signal = signal_name(WTERMSIG(status));
  // A sanitizer ends a process in its own way after a signal that the process has told of.
  if (failure.signal.empty() && status != 0 && stacks_signal_ != "SIGQUIT") {
    failure.signal = stacks_signal_;
  }
  failure.kind = failure.signal.empty() ? "exit" : "signal";
  failure.stacks = stacks_;
  failure.said = said_;
  failure.message =
      "the engine process " +
      (failure.signal.empty() ? describe_end(status) : "was killed by " + failure.signal) +
      failure.place();
  throw EngineDied(std::move(failure));
}

void EngineProcess::fail(const std::string& kind, const std::string& what) {
  ask_for_stacks();
  child_.end();
  take_what_is_left();
  EngineFailure failure;
  failure.kind = kind;
  if (kind == "stopped") failure.signal = "SIGSTOP";
  failure.stacks = stacks_;
  failure.said = said_;
  failure.message = "the engine process " + what + ", and was ended" + failure.place();
  throw EngineDied(std::move(failure));
}

EngineFailure EngineProcess::worker_failure(const std::string& message) const {
  EngineFailure failure;
  failure.kind = "worker";
  failure.signal = stacks_signal_;
  failure.stacks = stacks_;
  failure.said = said_;
  failure.message = message + failure.place();
  return failure;
}

std::string EngineProcess::finish() {
  socket_.close();
  const auto deadline = Clock::now() + kEndLimit;
  while (!child_.has_ended() && !child_.is_stopped() && Clock::now() < deadline) {
    hear(output_);
    hear(error_);
    std::this_thread::sleep_for(milliseconds(1));
  }
  const bool ended = child_.has_ended();
  const int status = child_.wait_status();
  child_.end();
  if (ended && status == 0) return {};
  return "an engine process " + (ended ? describe_end(status) : "did not end by itself") +
         " when it was asked for nothing more" + (said_.empty() ? "" : "; it had said:\n" + said_);
}

}  // namespace gilbench
