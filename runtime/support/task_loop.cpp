// TaskLoop::Parts is the loop: a list of ready tasks that get a turn each, and the Asio context
// that ends waits. Each switch of stacks also switches the C++ exceptions that are being handled.
#include "runtime/support/task_loop.h"

#include <cxxabi.h>
#include <poll.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cassert>
#include <cstdint>
#include <new>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "runtime/support/task_stack.h"

namespace gilbench {

namespace asio = boost::asio;
using boost::context::fiber;
using boost::system::error_code;
using std::chrono::steady_clock;

namespace {

// What __cxa_get_globals() points at (Itanium C++ ABI, 2.2.2): the exceptions that are being
// handled, and how many are on their way. It is the OS thread's, so each stack takes its own along.
struct ExceptionGlobals {
  void* caught = nullptr;
  unsigned int uncaught = 0;
};

struct Side {  // of a switch
  ExceptionGlobals exceptions;
  StackBooks books;
};

void begin_switch(Side& from, const Side& to, bool for_good = false) {
  auto* globals = reinterpret_cast<ExceptionGlobals*>(abi::__cxa_get_globals());
  from.exceptions = *globals;
  *globals = to.exceptions;
  from.books.leave(to.books, for_good);
}

// The loop looks for descriptors once more after turns that took longer than this; the look costs a
// thousandth of it.
constexpr std::chrono::milliseconds kLongTurns{1};

// Of a task's readiness, in place of a reading of the clock: the loop has just found it ready, so
// the turns that follow begin at that time; or its own last turn's end will tell.
constexpr TaskLoop::TimePoint kJustNow = TaskLoop::TimePoint::max();
constexpr TaskLoop::TimePoint kSinceItsTurn = TaskLoop::TimePoint::min();

// Whose turn it is on this OS thread.
constinit thread_local TaskLoop::Task* current_task = nullptr;

}  // namespace

struct TaskLoop::Task : std::enable_shared_from_this<Task> {
  Task(Parts& p, std::size_t stack_size, std::function<void()> b)
      : parts(p), allocator(stack_size), stack(allocator.allocate()), body(std::move(b)) {}
  ~Task() {
    if (!started) allocator.deallocate(stack);  // afterwards it is the fiber's
  }
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;

  char* lowest() const { return static_cast<char*>(stack.sp) - stack.size; }

  Parts& parts;
  LazyStack allocator;
  boost::context::stack_context stack;
  std::function<void()> body;
  fiber context;  // where it goes on, while it does not run
  fiber resumer;  // where the loop goes on, while it runs
  Side side;
  bool started = false;
  bool ended = false;
  bool waiting = false;
  std::uint64_t wait_number = 0;
  Wake wake = Wake::kReady;
  Task* next_ready = nullptr;
  TimePoint ready_since;  // while it is ready
  TimePoint turn_ended;   // its last one
  Times times;            // without the present turn
};

struct TaskLoop::Parts {
  // A descriptor that some task waits for. Registered with epoll for just as long: afterwards its
  // number may be another file's.
  struct Watched {
    explicit Watched(asio::io_context& context) : stream(context) {}
    asio::posix::stream_descriptor stream;
    std::unordered_set<Task*> waiters;
  };

  explicit Parts(TaskLoop& l) : loop(l) {}

  // ---- turns ----

  // Ready tasks are linked through themselves: to wake one needs no memory, so it cannot fail.
  void add_turn(Task& task, TimePoint since) noexcept {
    task.ready_since = since;
    task.next_ready = nullptr;
    (last_ready == nullptr ? first_ready : last_ready->next_ready) = &task;
    last_ready = &task;
  }

  // A turn for each that is ready now; those that become ready meanwhile come after what the
  // context has to tell.
  void take_turns() {
    Task* const end = last_ready;
    turns_began = turn_began = steady_clock::now();
    for (bool last = false; !last;) {
      Task& task = *first_ready;
      first_ready = task.next_ready;
      if (first_ready == nullptr) last_ready = nullptr;
      last = &task == end;
      take_turn(task);
    }
  }

  // From the loop's stack: the task goes on until it waits or ends. Turns follow each other, so the
  // end of one is the beginning of the next, and one reading of the clock is enough.
  void take_turn(Task& task) {
    if (!task.started) start(task);
    current_task = &task;
    // What it waited for may have come before it began to wait.
    const TimePoint ready = task.ready_since == kJustNow ? turns_began : task.ready_since;
    const TimePoint waits_since = std::max(ready, task.turn_ended);
    task.times.longest_wait = std::max(task.times.longest_wait, turn_began - waits_since);
    begin_switch(side, task.side);
    task.context = std::move(task.context).resume();
    side.books.arrive(task.side.books);
    current_task = nullptr;
    task.turn_ended = steady_clock::now();
    task.times.running += task.turn_ended - turn_began;
    turn_began = task.turn_ended;
    if (!task.ended) return;
    task.side.books.destroy();
    const std::shared_ptr<Task> kept = task.shared_from_this();
    tasks.erase(kept);
  }

  void start(Task& task) {
    task.started = true;
    task.side.books.create(task.lowest(), task.stack.size);
    const boost::context::preallocated memory(task.stack.sp, task.stack.size, task.stack);
    task.context = fiber(std::allocator_arg, memory, task.allocator, [this, &task](fiber&& from) {
      task.side.books.arrive(side.books);
      task.resumer = std::move(from);
      task.body();
      task.body = nullptr;
      task.ended = true;
      begin_switch(task.side, side, true);
      return std::move(task.resumer);
    });
  }

  // ---- waiting ----

  std::uint64_t begin_wait(Task& task) {
    task.waiting = true;
    return ++task.wait_number;
  }

  // From the task's stack: the loop goes on until somebody ends the wait that has begun.
  // Throws std::bad_alloc where there is no memory for a timer: then the task does not wait.
  Wake wait(Task& task, const Deadline& deadline) {
    std::optional<asio::steady_timer> timer;
    if (deadline) {
      try {
        timer.emplace(context, *deadline);
        timer->async_wait([this, kept = task.shared_from_this(), number = task.wait_number,
                           time = *deadline](const error_code& ec) {
          if (!ec) end_wait(*kept, number, Wake::kTimedOut, time);
        });
      } catch (...) {
        task.waiting = false;
        throw;
      }
    }
    begin_switch(task.side, side);
    task.resumer = std::move(task.resumer).resume();
    task.side.books.arrive(side.books);
    return task.wake;
  }

  // The task is ready again, if that wait of it is not over.
  void end_wait(Task& task, std::uint64_t number, Wake wake, TimePoint since) noexcept {
    if (!task.waiting || task.wait_number != number) return;
    task.waiting = false;
    task.wake = wake;
    add_turn(task, since);
  }

  // What the context has to tell; waits for it where no task is ready.
  void look() {
    if (turn_began - turns_began > kLongTurns) {
      descriptors_since = turns_began;
      context.poll();
      descriptors_since = kJustNow;
      turns_began = turn_began;
    }
    if (first_ready == nullptr) context.run_one();
    context.poll();
  }

  TaskLoop& loop;
  asio::io_context context{1};
  std::unordered_set<std::shared_ptr<Task>> tasks;
  std::unordered_map<int, Watched> watched;
  Task* first_ready = nullptr;  // in the order of their turns
  Task* last_ready = nullptr;
  Side side;                               // of the stack that run() was called on
  TimePoint turns_began;                   // those that were taken last, one after the other
  TimePoint turn_began;                    // the present one, or the last one ended
  TimePoint descriptors_since = kJustNow;  // what is found now counts as ready from then on
};

TaskLoop::TaskLoop() : parts_(std::make_unique<Parts>(*this)) {}
TaskLoop::~TaskLoop() = default;

void TaskLoop::spawn(std::size_t stack_size, std::function<void()> body) {
  auto task = std::make_shared<Task>(*parts_, stack_size, std::move(body));
  parts_->tasks.insert(task);
  parts_->add_turn(*task, steady_clock::now());
}

void TaskLoop::run() {
  assert(current_task == nullptr);
  parts_->side.books.take_current();
  parts_->context.restart();
  // Tasks that wait for each other are no work that the context knows of.
  const auto work = asio::make_work_guard(parts_->context);
  while (!parts_->tasks.empty()) {
    if (parts_->first_ready != nullptr) parts_->take_turns();
    if (parts_->tasks.empty()) return;
    try {
      parts_->look();
    } catch (const std::bad_alloc&) {  // what was ready is found again
    }
  }
}

TaskLoop* TaskLoop::running() noexcept {
  return current_task == nullptr ? nullptr : &current_task->parts.loop;
}

TaskLoop::Task* TaskLoop::current() noexcept { return current_task; }

const char* TaskLoop::stack_bottom() noexcept { return current_task->lowest(); }

TaskLoop::Wake TaskLoop::park(const Deadline& deadline) {
  parts_->begin_wait(*current_task);
  return parts_->wait(*current_task, deadline);
}

TaskLoop::Wake TaskLoop::sleep_until(TimePoint time) { return park(time); }

void TaskLoop::unpark(Task* task) noexcept {
  parts_->end_wait(*task, task->wait_number, Wake::kReady, steady_clock::now());
}

void TaskLoop::give_way() {
  Task& task = *current_task;
  // A wait that is over as it begins: its turn is queued, and nothing else can wake it before.
  parts_->end_wait(task, parts_->begin_wait(task), Wake::kReady, kSinceItsTurn);
  parts_->wait(task, {});
}

TaskLoop::Wake TaskLoop::wait_ready(int descriptor, short events, const Deadline& deadline) {
  Parts& parts = *parts_;
  Task& task = *current_task;
  const auto [place, is_new] = parts.watched.try_emplace(descriptor, parts.context);
  Parts::Watched& watched = place->second;
  // Whatever ends the wait, an error too. forget() may have been here, and another file may have
  // the number then.
  const auto stop_waiting = [&parts, &task, descriptor] {
    const auto found = parts.watched.find(descriptor);
    if (found == parts.watched.end()) return;
    found->second.waiters.erase(&task);
    if (!found->second.waiters.empty()) return;
    if (found->second.stream.is_open()) found->second.stream.release();
    parts.watched.erase(found);
  };
  std::uint64_t number = 0;
  try {
    if (is_new) {
      error_code refused;
      watched.stream.assign(descriptor, refused);
      if (refused) {  // closed, or nothing that one waits for: the call will tell
        parts.watched.erase(place);
        return Wake::kReady;
      }
    }
    watched.waiters.insert(&task);
    number = parts.begin_wait(task);
    watched.stream.async_wait(
        (events & POLLIN) != 0 ? asio::posix::stream_descriptor::wait_read
                               : asio::posix::stream_descriptor::wait_write,
        [&parts, kept = task.shared_from_this(), number](const error_code& ec) {
          if (ec == asio::error::operation_aborted) return;
          parts.end_wait(*kept, number, Wake::kReady, parts.descriptors_since);
        });
    const Wake wake = parts.wait(task, deadline);
    stop_waiting();
    return wake;
  } catch (...) {
    task.waiting = false;
    stop_waiting();
    throw;
  }
}

void TaskLoop::count_anew() noexcept {
  for (const std::shared_ptr<Task>& task : parts_->tasks) task->times = {};
  parts_->turn_began = steady_clock::now();
}

TaskLoop::Times TaskLoop::times(const Task* task) const noexcept {
  Times times = task->times;
  if (task == current_task) times.running += steady_clock::now() - parts_->turn_began;
  return times;
}

void TaskLoop::forget(int descriptor) {
  const auto found = parts_->watched.find(descriptor);
  if (found == parts_->watched.end()) return;
  for (Task* task : found->second.waiters) unpark(task);
  found->second.stream.release();
  parts_->watched.erase(found);
}

void TaskLoop::interrupt() {
  try {
    asio::post(parts_->context, [parts = parts_.get()] {
      for (const std::shared_ptr<Task>& task : parts->tasks) {
        parts->end_wait(*task, task->wait_number, Wake::kInterrupted, kJustNow);
      }
    });
  } catch (const std::bad_alloc&) {  // the caller comes again
  }
}

// ---- conditions ----

void TaskCondition::wait_for(std::unique_lock<std::mutex>& guard, std::chrono::nanoseconds time) {
  TaskLoop::Task* me = TaskLoop::current();
  if (me != nullptr) waiters_.push_back(me);
  guard.unlock();
  // Holds the mutex again, and is no waiter any more where it was not notified: after an error too.
  const auto come_back = [&] {
    guard.lock();
    if (me != nullptr) std::erase(waiters_, me);
  };
  try {
    if (me != nullptr) {
      TaskLoop::running()->park(std::chrono::steady_clock::now() + time);
    } else {
      std::this_thread::sleep_for(time);
    }
  } catch (...) {
    come_back();
    throw;
  }
  come_back();
}

void TaskCondition::notify_one() noexcept {
  if (waiters_.empty()) return;
  TaskLoop::Task* const first = waiters_.front();
  waiters_.erase(waiters_.begin());
  first->parts.loop.unpark(first);
}

}  // namespace gilbench
