// The module socket: TCP and UDP over IPv4.
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <limits>
#include <new>

#include "runtime/modules/open_descriptors.h"
#include "runtime/modules/os_parts.h"
#include "runtime/modules/read_bytes.h"
#include "runtime/modules/socket_object.h"
#include "runtime/objects/native_class.h"

GILBENCH_BEGIN

namespace {

// Of a new socket. Attached.
int socket_flags() { return SOCK_CLOEXEC | (threads_are_tasks() ? SOCK_NONBLOCK : 0); }

void free_socket(Object* object) {
  Socket* socket = as<Socket>(object);
  if (socket->descriptor >= 0) {
    forget_descriptor(socket->descriptor);
    close(socket->descriptor);
  }
  socket->~Socket();
  free_object(object, sizeof(Socket));
}

constinit const Type kSocketType = {"socket", Kind::kNative, kSocketTypeId, nullptr, free_socket};

Socket* self_socket(Args args) { return as<Socket>(args[0]); }

// Takes the descriptor over; closes it where there is no memory for the object.
Ref<Socket> make_socket(int descriptor, int family, int type, int protocol) {
  Socket* socket = nullptr;
  try {
    socket = allocate_object<Socket>(kSocketType);
  } catch (const std::bad_alloc&) {
    close(descriptor);
    throw;
  }
  socket->descriptor = descriptor;
  socket->family = family;
  socket->socket_type = type;
  socket->protocol = protocol;
  return Ref<Socket>::adopt(socket);
}

// socket(family=AF_INET, type=SOCK_STREAM, proto=0)
Result construct(Args args) {
  const int family = args.get(1) == nullptr ? AF_INET : int_arg(args[1]);
  const int type = args.get(2) == nullptr ? SOCK_STREAM : int_arg(args[2]);
  const int protocol = args.get(3) == nullptr ? 0 : int_arg(args[3]);
  const int descriptor = ::socket(family, type | socket_flags(), protocol);
  if (descriptor < 0) raise_os_error(errno);
  return make_socket(descriptor, family, type, protocol);
}

// ---- connecting ----

void connect_to(Socket* socket, const SocketAddress& address) {
  const SocketUse use = use_socket(socket);
  int result = 0;
  int error = 0;
  {
    BlockingRegion region;
    result = connect(use.descriptor, address.data(), address.size);
    error = errno;
  }
  if (result == 0) return;
  const bool under_way = error == EINTR || (error == EINPROGRESS && use.timeout_s != 0);
  if (!under_way) raise_os_error(error);
  // The connection is made in the background: an interrupted connect() must not be made again.
  if (error == EINTR) this_thread().check_interrupt();
  if (use.deadline) {
    wait_ready(use, POLLOUT);
  } else {
    wait_until_ready(use.descriptor, POLLOUT, {});
  }
  socklen_t size = sizeof(error);
  if (getsockopt(use.descriptor, SOL_SOCKET, SO_ERROR, &error, &size) < 0) error = errno;
  if (error != 0) raise_os_error(error);
}

Result socket_connect(Args args) {
  Socket* self = self_socket(args);
  connect_to(self, address_arg(self, args[1], "connect"));
  return make_none();
}

Result socket_bind(Args args) {
  Socket* self = self_socket(args);
  const SocketAddress address = address_arg(self, args[1], "bind");
  if (bind(use_socket(self).descriptor, address.data(), address.size) < 0) raise_os_error(errno);
  return make_none();
}

Result socket_listen(Args args) {
  Socket* self = self_socket(args);
  // CPython's default: min(SOMAXCONN, 128).
  const int backlog = args.count > 1 ? std::max(int_arg(args[1]), 0) : std::min(SOMAXCONN, 128);
  if (listen(use_socket(self).descriptor, backlog) < 0) raise_os_error(errno);
  return make_none();
}

Result socket_accept(Args args) {
  Socket* self = self_socket(args);
  const SocketUse use = use_socket(self);
  SocketAddress address;
  const int made = socket_flags();
  const int descriptor = socket_call(use, POLLIN, [&] {
    address.size = sizeof(address.storage);
    return accept4(use.descriptor, address.data(), &address.size, made);
  });
  Ref<> peer = make_socket(descriptor, self->family, self->socket_type, self->protocol);
  Ref<> peer_address = address_object(address);
  return make_tuple({peer.get(), peer_address.get()});
}

// ---- sending and receiving ----

int flags_arg(Args args, std::size_t index) {
  return args.count > index ? int_arg(args[index]) : 0;
}

std::size_t size_arg(Object* object, const char* name) {
  const std::int64_t size = to_index(object);
  if (size < 0) raise(X::ValueError, "negative buffersize in ", name);
  return static_cast<std::size_t>(size);
}

// A connection that the other end has closed is an OSError, not a signal.
std::size_t send_some(const SocketUse& use, std::string_view data, int flags) {
  return static_cast<std::size_t>(socket_call(use, POLLOUT, [&] {
    return send(use.descriptor, data.data(), data.size(), flags | MSG_NOSIGNAL);
  }));
}

Result socket_send(Args args) {
  Socket* self = self_socket(args);
  const int flags = flags_arg(args, 2);
  return make_int_from_size(send_some(use_socket(self, flags), bytes_arg(args[1]), flags));
}

Result socket_send_all(Args args) {
  Socket* self = self_socket(args);
  std::string_view data = bytes_arg(args[1]);
  const int flags = flags_arg(args, 2);
  const SocketUse use = use_socket(self, flags);
  do {
    data.remove_prefix(send_some(use, data, flags));
  } while (!data.empty());
  return make_none();
}

Result socket_recv(Args args) {
  Socket* self = self_socket(args);
  const int flags = flags_arg(args, 2);
  const SocketUse use = use_socket(self, flags);
  return read_bytes(size_arg(args[1], "recv"), [&](char* buffer, std::size_t size) {
    std::size_t total = 0;
    for (;;) {
      const auto count = static_cast<std::size_t>(socket_call(
          use, POLLIN, [&] { return recv(use.descriptor, buffer + total, size - total, flags); }));
      total += count;
      // As for os.write(): what the kernel would do were it a blocking socket.
      const bool waits_for_all = threads_are_tasks() && use.timeout_s < 0 &&
                                 (flags & (MSG_WAITALL | MSG_PEEK)) == MSG_WAITALL;
      if (!waits_for_all || count == 0 || total == size) return total;
    }
  });
}

Result socket_recv_from(Args args) {
  Socket* self = self_socket(args);
  const int flags = flags_arg(args, 2);
  const SocketUse use = use_socket(self, flags);
  SocketAddress address;
  Ref<> data = read_bytes(size_arg(args[1], "recvfrom"), [&](char* buffer, std::size_t size) {
    return socket_call(use, POLLIN, [&] {
      address.size = sizeof(address.storage);
      return recvfrom(use.descriptor, buffer, size, flags, address.data(), &address.size);
    });
  });
  Ref<> sender = address.size == 0 ? make_none() : address_object(address);
  return make_tuple({data.get(), sender.get()});
}

// sendto(data[, flags], address)
Result socket_send_to(Args args) {
  Socket* self = self_socket(args);
  const std::string_view data = bytes_arg(args[1]);
  const int flags = args.count == 4 ? int_arg(args[2]) : 0;
  const SocketAddress address = address_arg(self, args[args.count - 1], "sendto");
  const SocketUse use = use_socket(self, flags);
  return make_int(socket_call(use, POLLOUT, [&] {
    return sendto(use.descriptor, data.data(), data.size(), flags | MSG_NOSIGNAL, address.data(),
                  address.size);
  }));
}

// ---- settings ----

void set_timeout(Socket* socket, double timeout_s) {
  Section section(socket);
  socket->timeout_s = timeout_s;
  if (socket->descriptor < 0) return;
  const int flags = fcntl(socket->descriptor, F_GETFL);
  const bool blocks = timeout_s < 0 && !threads_are_tasks();
  fcntl(socket->descriptor, F_SETFL, blocks ? flags & ~O_NONBLOCK : flags | O_NONBLOCK);
}

double timeout_arg(Object* object) {
  if (is_none(object)) return -1;
  // A float, or what has an __index__: __float__ is not asked.
  const double timeout_s =
      is_float(object) ? float_value(object) : static_cast<double>(to_index_clipped(object));
  if (std::isnan(timeout_s)) raise(X::ValueError, "Invalid value NaN (not a number)");
  if (timeout_s < 0) raise(X::ValueError, "Timeout value out of range");
  if (timeout_s > 9.2e9) {
    raise(X::OverflowError, "timestamp too large to convert to C _PyTime_t");
  }
  return timeout_s;
}

Result socket_set_timeout(Args args) {
  Socket* self = self_socket(args);
  set_timeout(self, timeout_arg(args[1]));
  return make_none();
}

Result socket_get_timeout(Args args) {
  const double timeout_s = use_socket(self_socket(args)).timeout_s;
  return timeout_s < 0 ? make_none() : Ref<>(make_float(timeout_s));
}

Result socket_set_blocking(Args args) {
  Socket* self = self_socket(args);
  set_timeout(self, is_true(args[1]) ? -1 : 0);
  return make_none();
}

Result socket_set_option(Args args) {
  Socket* self = self_socket(args);
  const int level = int_arg(args[1]);
  const int option = int_arg(args[2]);
  int number = 0;
  std::string_view value;
  if (is_integer(args[3])) {
    number = int_arg(args[3]);
    value = {reinterpret_cast<const char*>(&number), sizeof(number)};
  } else {
    value = bytes_arg(args[3]);
  }
  if (setsockopt(use_socket(self).descriptor, level, option, value.data(),
                 static_cast<socklen_t>(value.size())) < 0) {
    raise_os_error(errno);
  }
  return make_none();
}

Result socket_get_option(Args args) {
  Socket* self = self_socket(args);
  int value = 0;
  socklen_t size = sizeof(value);
  if (getsockopt(use_socket(self).descriptor, int_arg(args[1]), int_arg(args[2]), &value, &size) <
      0) {
    raise_os_error(errno);
  }
  return make_int(value);
}

using NameCall = int (*)(int, sockaddr*, socklen_t*);
Result socket_name(Args args, NameCall name_call) {
  Socket* self = self_socket(args);
  SocketAddress address;
  if (name_call(use_socket(self).descriptor, address.data(), &address.size) < 0) {
    raise_os_error(errno);
  }
  return address_object(address);
}

Result socket_fileno(Args args) { return make_int(use_socket(self_socket(args)).descriptor); }

// ---- ending ----

Result socket_shutdown(Args args) {
  Socket* self = self_socket(args);
  if (shutdown(use_socket(self).descriptor, int_arg(args[1])) < 0) raise_os_error(errno);
  return make_none();
}

int take_descriptor(Socket* socket) {
  Section section(socket);
  return std::exchange(socket->descriptor, -1);
}

void close_socket(Socket* socket) {
  const int descriptor = take_descriptor(socket);
  if (descriptor < 0) return;
  forget_descriptor(descriptor);
  BlockingRegion region;
  close(descriptor);
}

Result socket_close(Args args) {
  close_socket(self_socket(args));
  return make_none();
}

Result socket_detach(Args args) {
  const int descriptor = take_descriptor(self_socket(args));
  if (descriptor >= 0) note_opened({descriptor});
  return make_int(descriptor);
}

Result socket_enter(Args args) { return Ref<>::share(self_socket(args)); }

Result socket_exit(Args args) {
  close_socket(self_socket(args));
  return make_none();
}

#define METHOD(name, takes, ...)                                 \
  {                                                              \
    name, [](Args args) -> Result { return __VA_ARGS__; }, takes \
  }

constexpr NativeMethod kConstructor = {"socket", construct, named(0, "family", "type", "proto")};

constexpr Takes parsed(std::size_t least, std::size_t most) {
  return between(least, most).worded(Wording::kParsed);
}

constexpr NativeMethod kSocketMethods[] = {
    {"connect", socket_connect, exactly(1)},
    {"bind", socket_bind, exactly(1)},
    {"listen", socket_listen, parsed(0, 1)},
    {"accept", socket_accept, python(0)},
    {"send", socket_send, parsed(1, 2)},
    {"sendall", socket_send_all, parsed(1, 2)},
    {"sendto", socket_send_to, parsed(2, 3)},
    {"recv", socket_recv, parsed(1, 2)},
    {"recvfrom", socket_recv_from, parsed(1, 2)},
    {"settimeout", socket_set_timeout, exactly(1)},
    {"gettimeout", socket_get_timeout, exactly(0)},
    {"setblocking", socket_set_blocking, exactly(1)},
    {"setsockopt", socket_set_option, parsed(3, 3)},
    {"getsockopt", socket_get_option, parsed(2, 2)},
    METHOD("getsockname", exactly(0), socket_name(args, getsockname)),
    METHOD("getpeername", exactly(0), socket_name(args, getpeername)),
    {"fileno", socket_fileno, exactly(0)},
    {"shutdown", socket_shutdown, exactly(1)},
    {"close", socket_close, python(0)},
    {"detach", socket_detach, python(0)},
    {"__enter__", socket_enter, python(0)},
    {"__exit__", socket_exit, at_least(0).worded(Wording::kPython)},
};

#undef METHOD

// create_connection(address, timeout=None)
Result create_connection(Args args) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | socket_flags(), 0);
  if (descriptor < 0) raise_os_error(errno);
  Ref<Socket> socket = make_socket(descriptor, AF_INET, SOCK_STREAM, 0);
  if (args.get(1) != nullptr) set_timeout(socket.get(), timeout_arg(args[1]));
  connect_to(socket.get(), address_arg(socket.get(), args[0], "connect"));
  return socket;
}

// socketpair(): two connected sockets of the local family.
Result socket_pair(Args) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | socket_flags(), 0, ends.data()) < 0) raise_os_error(errno);
  Ref<> first;
  try {
    first = make_socket(ends[0], AF_UNIX, SOCK_STREAM, 0);
  } catch (...) {
    close(ends[1]);
    throw;
  }
  Ref<> second = make_socket(ends[1], AF_UNIX, SOCK_STREAM, 0);
  return make_tuple({first.get(), second.get()});
}

constexpr NativeMethod kSocketFunctions[] = {
    {"create_connection", create_connection, python(1, "address", "timeout")},
    {"socketpair", socket_pair, python(0)},
};

struct SocketConstant {
  const char* name;
  int value;
};
#define CONSTANT(name) \
  { #name, name }
constexpr SocketConstant kSocketConstants[] = {
    CONSTANT(AF_INET),      CONSTANT(AF_UNIX),      CONSTANT(SOCK_STREAM),  CONSTANT(SOCK_DGRAM),
    CONSTANT(SOL_SOCKET),   CONSTANT(SO_REUSEADDR), CONSTANT(SO_REUSEPORT), CONSTANT(SO_KEEPALIVE),
    CONSTANT(SO_RCVBUF),    CONSTANT(SO_SNDBUF),    CONSTANT(SO_BROADCAST), CONSTANT(SO_ERROR),
    CONSTANT(IPPROTO_TCP),  CONSTANT(IPPROTO_UDP),  CONSTANT(TCP_NODELAY),  CONSTANT(SHUT_RD),
    CONSTANT(SHUT_WR),      CONSTANT(SHUT_RDWR),    CONSTANT(SOMAXCONN),    CONSTANT(MSG_PEEK),
    CONSTANT(MSG_DONTWAIT), CONSTANT(MSG_WAITALL),
};
#undef CONSTANT

}  // namespace

Ref<Module> make_socket_module() {
  Class* klass = define_class(this_thread().world, kSocketType, kSocketMethods, &kConstructor);
  Ref<Module> module = make_module("socket");
  module_add(module.get(), kSocketFunctions);
  module_add(module.get(), "socket", Ref<Class>::share(klass));
  for (const SocketConstant& constant : kSocketConstants) {
    module_add(module.get(), constant.name, make_int(constant.value));
  }
  module_add(module.get(), "error", Ref<Class>::share(exception_class(X::OSError)));
  module_add(module.get(), "timeout", Ref<Class>::share(exception_class(X::TimeoutError)));
  return module;
}

GILBENCH_END
