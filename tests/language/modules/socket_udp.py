"""socket: datagrams over loopback keep their bounds."""
import socket

a = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
b = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
a.bind(("127.0.0.1", 0))
b.bind(("127.0.0.1", 0))
print(b.sendto(b"one", a.getsockname()), b.sendto(b"second", a.getsockname()))
data, sender = a.recvfrom(100)
print(data, sender == b.getsockname())
a.sendto(data[::-1], sender)
print(a.recvfrom(100)[0], b.recvfrom(2)[0])
a.close()
b.close()
