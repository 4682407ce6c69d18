"""Files, pipes and sockets of a script: what it opened is closed whatever fails."""
import os
import socket
import sys


class Pair:
    def __enter__(self):
        self.near, self.far = socket.socketpair()
        return self

    def __exit__(self, kind, error, traceback):
        self.near.close()
        self.far.close()


def main():
    with Pair() as pair:
        pair.near.sendall(b"over the pair")
        print(pair.far.recv(64).decode())
    reading, writing = os.pipe()
    os.write(writing, b"through the pipe")
    print(os.read(reading, 64).decode())
    os.close(reading)
    os.close(writing)
    descriptor = os.open("/dev/null", os.O_WRONLY)
    print(os.write(descriptor, b"into nothing"))
    os.close(descriptor)
    kept = [bytes([i % 256]) * 300 for i in range(60)]
    print(sum(len(block) for block in kept), "é" * 3 + "%5.2f|%r" % (1.5, kept[0][:2]))


main()
