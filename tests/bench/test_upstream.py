"""The service that the I/O workloads talk to, and when the harness starts it."""

import http.client
import signal
import socket
import subprocess

import pytest


@pytest.fixture
def upstream(upstream_binary):
    process = subprocess.Popen(
        [upstream_binary, "--delay-ms=0"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    process.tcp_port, process.udp_port = (
        int(process.stdout.readline().removeprefix(name)) for name in ("tcp ", "udp ")
    )
    yield process
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def expected_body(target):
    return (target * 256)[:256].encode()


def test_one_connection_many_requests(upstream):
    connection = http.client.HTTPConnection("127.0.0.1", upstream.tcp_port, timeout=30)
    connection.connect()
    port = connection.sock.getsockname()[1]
    for target in ("/anything", "/", "/item/7?x=1"):
        connection.request("GET", target)
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, expected_body(target))
        assert connection.sock.getsockname()[1] == port
    connection.close()


def test_many_connections_at_once(upstream):
    connections = [http.client.HTTPConnection("127.0.0.1", upstream.tcp_port, timeout=30) for _ in range(32)]
    for number, connection in enumerate(connections):
        connection.request("GET", f"/{number}")
    for number, connection in reversed(list(enumerate(connections))):
        assert connection.getresponse().read() == expected_body(f"/{number}")
        connection.close()


def test_requests_in_one_packet_are_answered_in_order(upstream):
    with socket.create_connection(("127.0.0.1", upstream.tcp_port), timeout=30) as client:
        last = b"GET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        client.sendall(b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n" + last)
        text = b""
        while chunk := client.recv(4096):
            text += chunk
    assert text.count(b"HTTP/1.1 200 OK") == 2
    assert text.index(expected_body("/a")) < text.index(expected_body("/b"))


def test_other_methods_are_refused(upstream):
    connection = http.client.HTTPConnection("127.0.0.1", upstream.tcp_port, timeout=30)
    connection.request("POST", "/", body="x")
    assert connection.getresponse().status == 405
    connection.close()


def test_rubbish_ends_only_its_connection(upstream):
    with socket.create_connection(("127.0.0.1", upstream.tcp_port), timeout=30) as client:
        client.sendall(b"\x00\x01 nonsense\r\n\r\n")
        assert client.recv(100) == b""
    test_other_methods_are_refused(upstream)


def test_udp_echo(upstream):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(30)
        for datagram in (b"x", b"", bytes(range(256)) * 100):
            client.sendto(datagram, ("127.0.0.1", upstream.udp_port))
            assert client.recvfrom(65536)[0] == datagram


def test_ends_with_its_stdin(upstream):
    upstream.stdin.close()
    assert upstream.wait(timeout=30) == 0


def test_ends_on_sigterm_but_not_on_ctrl_c(upstream):
    upstream.send_signal(signal.SIGINT)
    test_other_methods_are_refused(upstream)
    upstream.send_signal(signal.SIGTERM)
    assert upstream.wait(timeout=30) == 0


def test_bad_flag(upstream_binary):
    done = subprocess.run([upstream_binary, "--delay-ms=-1"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 2 and "--delay-ms" in done.stderr


def test_harness_hands_the_ports_to_programs(harness):
    harness.add("io/a", "environment", text='NEEDS = ("upstream",)')
    rows = harness.rows("--strategies=fake_lock", "--workers=1")
    words = rows["io/a/fake_lock/workers:1"]["answer"].split()[1:]
    ports = dict(word.split("=") for word in words)
    assert set(ports) == {"GILBENCH_UPSTREAM_PORT", "GILBENCH_UPSTREAM_UDP_PORT"}
    assert all(0 < int(port) < 65536 for port in ports.values())
    # The harness has ended, and with it the service.
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(ports["GILBENCH_UPSTREAM_PORT"])))


def test_harness_starts_no_service_that_nobody_needs(harness):
    harness.add("io/a", "environment", text="# it has no need of GILBENCH_UPSTREAM_PORT or GILBENCH_UDP_CLIENT_PORT")
    rows = harness.rows("--strategies=fake_lock", "--workers=1")
    assert rows["io/a/fake_lock/workers:1"]["answer"] == "42"
