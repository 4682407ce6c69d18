"""socket: one TCP connection over loopback, both ends in one thread."""
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", 0))
server.listen(1)
host, port = server.getsockname()
client = socket.socket()
client.connect((host, port))
peer, address = server.accept()
client.sendall(b"hello")
print(host, port > 0, peer.recv(100), address[0])
peer.sendall(b"abc")
print(client.recv(1), client.recv(10))
client.close()
print(peer.recv(10))
peer.close()
server.close()
