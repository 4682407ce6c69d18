// Workers that wait for each other: in every strategy one that waits lets the others go on, and a
// call that waits does what CPython's does, whatever lies beneath it.
#include <gtest/gtest.h>

#include <string>

#include "tests/strategies/engine_fixture.h"

namespace gilbench {
namespace {

class Waiting : public EngineTest {
 protected:
  // `body`: setup() and work(); what the workers must return, in order, is `answer`.
  void check(const std::string& body, const std::string& answer, int workers = 2) {
    expect_answer(R"(import os, socket, threading, time
SHARING = "none"
SIZES = {"small": 1}
EXPECT = {"small": )" +
                      answer + R"(}
def combine(parts): return parts
)" + body,
                  answer, workers);
  }
  bool is(const char* strategy) const { return std::string(GetParam()->name) == strategy; }
  // Counts decide, and the right ones.
  bool dies_with_its_last_reference() const { return !is("tracing_gc") && !is("unsynchronized"); }
  // The same for workers that share objects.
  void check_shared(const std::string& body, const std::string& answer, int workers = 2) {
    if (!shares()) GTEST_SKIP() << "its workers share no objects";
    check(body, answer, workers);
  }
};
GILBENCH_FOR_STRATEGIES(Waiting, all_strategies());

TEST_P(Waiting, AReaderLetsTheWriterGoOn) {
  check(R"(
def setup(size): return os.pipe()
def work(state, size, worker, workers):
    if worker == 0: return os.read(state[0], 10)
    time.sleep(0.01)
    return os.write(state[1], b"late")
)",
        "[b'late', 4]");
}

// Its maker waits for its workers, and one of those waits for its end.
TEST_P(Waiting, TheLastReferenceToASocketOfSetupClosesIt) {
  if (!dies_with_its_last_reference()) GTEST_SKIP() << "an object may live on";
  check_shared(R"(
def setup(size): return list(socket.socketpair())
def work(state, size, worker, workers):
    if worker == 0:
        reader, got = state[0], b""
        while True:
            part = reader.recv(100)
            if not part: return got
            got += part
    writer = state.pop()
    writer.sendall(b"hello")
    writer = None
)",
               "[b'hello', None]");
}

// Its maker waits for its end; another worker has looked at it, and computes.
TEST_P(Waiting, TheLastReferenceToASocketClosesItWhoeverHasReadIt) {
  if (!dies_with_its_last_reference()) GTEST_SKIP() << "an object may live on";
  if (is("event_loop")) GTEST_SKIP() << "who computes lets nobody else run";
  check_shared(R"(
ended = []
def setup(size): return {"sockets": [], "looked": False}
def work(state, size, worker, workers):
    if worker == 0:
        reader, writer = socket.socketpair()
        state["sockets"].append(writer)
        writer = None
        while reader.recv(100): pass
        ended.append(True)
        return True
    if worker == 1:
        while not state["sockets"]: pass
        for i in range(3): state["sockets"][0].fileno()
        state["looked"] = True
        limit = time.monotonic() + 20
        while not ended and time.monotonic() < limit: pass
        return bool(ended)
    while not state["looked"]: pass
    writer = state["sockets"].pop()
    writer = None
    return True
)",
               "[True, True, True]", 3);
}

TEST_P(Waiting, AWriteToAPipeIsWholeThoughItsRoomIsNot) {
  check(R"(
def setup(size): return os.pipe()
def work(state, size, worker, workers):
    if worker == 0:
        return os.write(state[1], b"0123456789" * 50000)
    length = 0
    while length < 500000: length += len(os.read(state[0], 100000))
    return length
)",
        "[500000, 500000]");
}

TEST_P(Waiting, AReadEndsWhenThePipeDoes) {
  check_shared(R"(
def setup(size): return os.pipe()
def work(state, size, worker, workers):
    if worker == 0: return os.read(state[0], 10)
    time.sleep(0.01)
    os.close(state[1])
)",
               "[b'', None]");
}

TEST_P(Waiting, SleepersKeepTheirTimes) {
  check(R"(
def work(state, size, worker, workers):
    from_ = time.monotonic()
    for i in range(worker + 1): time.sleep(0.01)
    time.sleep(0)
    return time.monotonic() - from_ >= 0.01 * (worker + 1)
)",
        "[True, True, True, True]", 4);
}

// None goes on before all have come: while one sleeps, the others run.
TEST_P(Waiting, SleepersOverlap) {
  check_shared(R"(
arrived = []
def work(state, size, worker, workers):
    arrived.append(worker)
    while len(arrived) < workers: time.sleep(0.001)
    return len(arrived)
)",
               "[4, 4, 4, 4]", 4);
}

TEST_P(Waiting, AServerAndItsClients) {
  check_shared(R"(
def setup(size):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener
def serve(listener):
    total = 0
    for _ in range(2):
        connection, peer = listener.accept()
        with connection:
            while True:
                data = connection.recv(65536)
                if not data: break
                total += len(data)
                if data.endswith(b"."): break
            connection.sendall(b"thanks" * 100000)
    return total
def work(state, size, worker, workers):
    if worker == 0: return serve(state)
    with socket.create_connection(state.getsockname()) as connection:
        connection.sendall(b"x" * 1000000 + b".")
        answer = 0
        while answer < 600000: answer += len(connection.recv(65536))
        return answer, connection.recv(10)
)",
               "[2000002, (600000, b''), (600000, b'')]", 3);
}

TEST_P(Waiting, DatagramsComeWhenTheyAreSent) {
  check_shared(R"(
def setup(size):
    ends = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for i in range(2)]
    for end in ends: end.bind(("127.0.0.1", 0))
    return ends
def work(state, size, worker, workers):
    end, other = state[worker], state[1 - worker].getsockname()
    count = 0
    if worker == 0: end.sendto(b"1", other)
    while count < 100:
        data, sender = end.recvfrom(100)
        assert sender == other
        count = int(data)
        end.sendto(str(count + 1).encode(), other)
    return count
)",
               "[100, 101]");
}

TEST_P(Waiting, ASocketsTimeLimitEndsItsWait) {
  check(R"(
def work(state, size, worker, workers):
    a, b = socket.socketpair()
    a.settimeout(0.01)
    try: a.recv(10)
    except TimeoutError as error: text = str(error)
    b.send(b"now")
    return text, a.recv(10), a.gettimeout()
)",
        "[('timed out', b'now', 0.01), ('timed out', b'now', 0.01)]");
}

TEST_P(Waiting, WhatMustNotWaitDoesNot) {
  check(R"(
def outcome(call, *arguments):
    try: return call(*arguments)
    except BlockingIOError: return "would block"
def work(state, size, worker, workers):
    a, b = socket.socketpair()
    reader, writer = os.pipe()
    again = os.open("/proc/self/fd/%d" % reader, os.O_RDONLY | os.O_NONBLOCK)
    found = [outcome(a.recv, 10, socket.MSG_DONTWAIT), outcome(os.read, again, 10)]
    a.setblocking(False)
    found.append(outcome(a.recv, 10))
    b.send(b"x")
    os.write(writer, b"y")
    found += [outcome(a.recv, 10), outcome(os.read, again, 10)]
    a.setblocking(True)
    b.send(b"123")
    found.append(a.recv(3, socket.MSG_WAITALL))
    for descriptor in (reader, writer, again): os.close(descriptor)
    return found
)",
        "[['would block', 'would block', 'would block', b'x', b'y', b'123']]", 1);
}

TEST_P(Waiting, WaitingForAllReallyDoes) {
  check_shared(R"(
def setup(size): return socket.socketpair()
def work(state, size, worker, workers):
    if worker == 0: return state[0].recv(6, socket.MSG_WAITALL)
    for part in (b"12", b"34", b"56"):
        time.sleep(0.005)
        state[1].send(part)
)",
               "[b'123456', None]");
}

TEST_P(Waiting, ARefusedConnectionIsAnError) {
  check(R"(
def work(state, size, worker, workers):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = unused.getsockname()
        try: socket.create_connection(address)
        except ConnectionRefusedError: return "refused"
)",
        "['refused']", 1);
}

TEST_P(Waiting, AHeldLockIsWaitedForWhileItsHolderSleeps) {
  check_shared(R"(
def setup(size): return threading.Lock(), []
def work(state, size, worker, workers):
    lock, seen = state
    for i in range(5):
        with lock:
            seen.append(worker)
            time.sleep(0.001)
            assert seen[-1] == worker
    return len(seen) >= 5
)",
               "[True, True, True, True]", 4);
}

TEST_P(Waiting, ALockWithATimeLimitIsGivenUp) {
  check_shared(R"(
def setup(size): return threading.Lock(), os.pipe()
def work(state, size, worker, workers):
    lock, (reader, writer) = state
    if worker == 0:
        with lock: return os.read(reader, 1)
    while not lock.locked(): time.sleep(0.001)
    found = lock.acquire(True, 0.01), lock.acquire(False)
    os.write(writer, b".")
    return found
)",
               "[b'.', (False, False)]");
}

TEST_P(Waiting, TheLongestTimeLimitIsNoShortOne) {
  check_shared(R"(
def setup(size): return threading.Lock(), socket.socketpair(), []
def work(state, size, worker, workers):
    lock, (a, b), held = state
    if worker == 0:
        with lock:
            held.append(True)
            time.sleep(0.02)
        return b.send(b".")
    while not held: time.sleep(0.001)
    a.settimeout(9.2e9)
    return lock.acquire(timeout=threading.TIMEOUT_MAX), a.recv(1)
)",
               "[1, (True, b'.')]");
}

TEST_P(Waiting, AnRLockIsItsHoldersAlone) {
  check_shared(R"(
def setup(size): return threading.RLock(), os.pipe(), []
def work(state, size, worker, workers):
    lock, (reader, writer), names = state
    if worker == 0:
        with lock:
            names.append(threading.get_ident())
            with lock: return os.read(reader, 1)
    while not names: time.sleep(0.001)
    names.append(threading.get_ident())
    free = lock.acquire(False)
    os.write(writer, b".")
    return free, len(set(names))
)",
               "[b'.', (False, 2)]");
}

TEST_P(Waiting, ErrorsAreHandledWhileOthersAreHandlingTheirs) {
  check(R"(
def work(state, size, worker, workers):
    for i in range(20):
        try: [][worker]
        except IndexError:
            time.sleep(0.001)
            try: raise
            except IndexError as error: text = str(error)
        try:
            try: 1 // 0
            finally: time.sleep(0.001)
        except ZeroDivisionError: pass
    return text
)",
        "['list index out of range', 'list index out of range']");
}

TEST_P(Waiting, GeneratorsAndNativeCallersMayWait) {
  check(R"(
def slowly(n):
    for i in range(n):
        time.sleep(0.001)
        yield i
def key(x):
    time.sleep(0.001)
    return -x
def work(state, size, worker, workers):
    return sum(slowly(5)), sorted([1, 3, 2], key=key)
)",
        "[(10, [3, 2, 1]), (10, [3, 2, 1])]");
}

// None has a head start: worker 0 of a mixed workload is to be asked before the others compute.
TEST_P(Waiting, TasksGoOnFromTheBarrierInTheirOrder) {
  if (!GetParam()->workers_take_turns) GTEST_SKIP() << "its workers are threads or processes";
  check(R"(
def setup(size): return []
def work(state, size, worker, workers):
    state.append(worker)
    return state[:]
)",
        "[[0], [0, 1], [0, 1, 2]]", 3);
}

// Only where a worker costs next to nothing; the sanitizers' books on its stack cost more.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kManyWorkers = 100;
#else
constexpr int kManyWorkers = 1000;
#endif

TEST_P(Waiting, AThousandWorkersMeet) {
  if (!GetParam()->workers_take_turns) GTEST_SKIP() << "its workers are threads or processes";
  const std::string count = std::to_string(kManyWorkers);
  const RunResult result = run(R"(import time
SHARING = "write"
SIZES = {"small": 1}
EXPECT = {"small": )" + count + R"(}
arrived = []
def work(state, size, worker, workers):
    arrived.append(worker)
    while len(arrived) < workers: time.sleep(0.001)
    return len(arrived)
def combine(parts): return max(parts)
)",
                               kManyWorkers);
  EXPECT_EQ(result.status, RunStatus::kOk) << result.message;
  EXPECT_EQ(result.answer, count);
  EXPECT_EQ(result.leaked_objects, 0);
}

}  // namespace
}  // namespace gilbench
