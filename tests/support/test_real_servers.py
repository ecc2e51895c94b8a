"""A port for a test's server is given to no other test, before its start and between two starts."""

import errno
import socket

import pytest

from tests.support.real_servers import free_port


def listening(port):
    """A server as Redis, PostgreSQL, nginx and gunicorn begin one."""
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", port))
    server.listen()
    return server


def test_a_server_listens_on_its_port_and_again_after_a_restart():
    port = free_port()
    for _ in range(2):
        with listening(port):
            socket.create_connection(("127.0.0.1", port), 1).close()


def test_nobody_else_gets_the_port_meanwhile():
    port = free_port()
    with socket.socket() as other, pytest.raises(OSError) as refused:
        other.bind(("127.0.0.1", port))
    assert refused.value.errno == errno.EADDRINUSE
