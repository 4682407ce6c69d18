// A socket as an object: its descriptor and its time limit. The methods are in socket.cpp,
// addresses in socket_address.cpp.
//
// As in CPython, a socket with a time limit is non-blocking underneath: an operation polls until
// the descriptor is ready or the time is up, then tries, and polls again where another thread was
// faster. Where threads are tasks, every socket is (waiting.h), and one without a time limit waits
// after it has tried.
#pragma once

#include <poll.h>
#include <sys/socket.h>

#include <chrono>
#include <optional>

#include "runtime/objects/native.h"
#include "runtime/values/section.h"
#include "runtime/world/blocking_call.h"

GILBENCH_BEGIN

struct Socket : Object {
  int descriptor = -1;    // guarded; -1: closed
  double timeout_s = -1;  // guarded; negative: waits for ever, 0: never waits
  int family = 0;         // constant
  int socket_type = 0;    // constant
  int protocol = 0;       // constant
};

using SocketDeadline = WaitDeadline;

// What an operation needs to know of the socket, read once.
struct SocketUse {
  int descriptor;
  double timeout_s;
  SocketDeadline deadline;
};
// `flags`: of send() or recv().
inline SocketUse use_socket(Socket* socket, int flags = 0) {
  SocketUse use{};
  {
    Section section(socket);
    use.descriptor = socket->descriptor;
    use.timeout_s = socket->timeout_s;
  }
  if (use.timeout_s < 0 && (flags & MSG_DONTWAIT) != 0) use.timeout_s = 0;
  if (use.timeout_s > 0) use.deadline = time_after(use.timeout_s);
  return use;
}

// Waits until the descriptor is ready for `events` (POLLIN, POLLOUT). TimeoutError "timed out".
void wait_ready(const SocketUse& use, short events);

// Makes the call as the socket's time limit wants it; raises OSError where it fails.
template <class Call>
auto socket_call(const SocketUse& use, short events, Call&& call) {
  for (;;) {
    if (use.timeout_s > 0) wait_ready(use, events);
    const auto result = blocking_call(call);
    if (result >= 0) return result;
    const bool not_ready = errno == EAGAIN || errno == EWOULDBLOCK;
    const bool waits = use.timeout_s > 0 || (threads_are_tasks() && use.timeout_s < 0);
    if (!not_ready || !waits) raise_os_error(errno);
    if (use.timeout_s < 0) wait_until_ready(use.descriptor, events, {});
  }
}

// ---- addresses ----

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = sizeof(sockaddr_storage);
  sockaddr* data() { return reinterpret_cast<sockaddr*>(&storage); }
  const sockaddr* data() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

// (host, port) of an AF_INET socket: dotted, "localhost", "" for any. Errors name the method.
SocketAddress address_arg(const Socket* socket, Object* object, const char* method);
// (host, port), or '' where the family has no such addresses.
Ref<> address_object(const SocketAddress& address);

GILBENCH_END
