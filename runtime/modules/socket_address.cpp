// Socket addresses between (host, port) and sockaddr_in, with CPython's error messages; host names
// are not looked up. And the wait until a socket is ready.
#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <limits>

#include "runtime/modules/socket_object.h"
#include "runtime/objects/make.h"

GILBENCH_BEGIN

namespace {

in_addr host_address(std::string_view host) {
  in_addr address{};
  if (host.empty()) {
    address.s_addr = htonl(INADDR_ANY);
  } else if (host == "localhost") {
    address.s_addr = htonl(INADDR_LOOPBACK);
  } else if (host == "<broadcast>") {
    address.s_addr = htonl(INADDR_BROADCAST);
  } else if (inet_pton(AF_INET, std::string(host).c_str(), &address) != 1) {
    // No names are looked up: programs talk over the loopback.
    raise(X::OSError, "[Errno -2] Name or service not known");
  }
  return address;
}

}  // namespace

SocketAddress address_arg(const Socket* socket, Object* object, const char* method) {
  if (socket->family != AF_INET) {
    raise(X::OSError, method, "(): unsupported address family");
  }
  if (object->kind() != Kind::kTuple) {
    raise(X::TypeError, method, "(): AF_INET address must be tuple, not ", type_name(object));
  }
  const Tuple* pair = as<Tuple>(object);
  if (pair->size != 2) {
    raise(X::TypeError, "AF_INET address must be a pair (host, port)");
  }
  Object* const* items = pair->items;
  if (!is_str(items[0])) {
    raise(X::TypeError, "str, bytes or bytearray expected, not ", type_name(items[0]));
  }
  const std::int64_t port = to_index(items[1]);
  if (port < 0 || port > std::numeric_limits<std::uint16_t>::max()) {
    raise(X::OverflowError, method, "(): port must be 0-65535.");
  }
  SocketAddress address;
  auto* inet = reinterpret_cast<sockaddr_in*>(&address.storage);
  inet->sin_family = AF_INET;
  inet->sin_port = htons(static_cast<std::uint16_t>(port));
  inet->sin_addr = host_address(as<Str>(items[0])->view());
  address.size = sizeof(sockaddr_in);
  return address;
}

Ref<> address_object(const SocketAddress& address) {
  if (address.size < sizeof(sockaddr_in) || address.storage.ss_family != AF_INET) {
    return make_str({});
  }
  const auto* inet = reinterpret_cast<const sockaddr_in*>(&address.storage);
  std::array<char, INET_ADDRSTRLEN> text{};
  inet_ntop(AF_INET, &inet->sin_addr, text.data(), text.size());
  Ref<> host = make_str(text.data());
  Ref<> port = make_int(ntohs(inet->sin_port));
  return make_tuple({host.get(), port.get()});
}

void wait_ready(const SocketUse& use, short events) {
  if (!wait_until_ready(use.descriptor, events, use.deadline)) raise(X::TimeoutError, "timed out");
}

GILBENCH_END
