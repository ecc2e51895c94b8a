"""What the hub writes to: a socket that it took over, or a server that asks piece by piece."""

import os
import socket
import threading
from contextlib import closing, suppress
from functools import partial

import gevent
import pytest

from jobfair.feed import connection as connection_module
from jobfair.feed.connection import MOST_UNREAD_BYTES, IteratedConnection, SocketConnection
from tests.support.waiting import wait_until

HUGE = "x" * (2 * MOST_UNREAD_BYTES)


@pytest.fixture
def ends():
    """A connection's reader, and the descriptor that the hub would get."""
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        ours.settimeout(2)
        yield ours, theirs.detach()


@pytest.fixture
def ended():
    return []


def loop_until(true):
    """Let gevent's loop see what happened at the sockets."""
    turn = partial(gevent.sleep, 0.001)  # The loop runs only while this greenlet waits.
    wait_until(true, "the loop has seen it", pause=turn)


@pytest.fixture
def connection(ends, ended):
    connection = SocketConnection(ends[1], True, lambda: ended.append(True))
    yield connection
    connection.close()


def test_what_is_sent_comes_as_chunks_and_ends_with_the_last(ends, connection, ended):
    connection.send("data: «un»\n\n")
    connection.close()
    body = "data: «un»\n\n".encode()
    assert ends[0].recv(100) == b"%x\r\n%b\r\n" % (len(body), body) + b"0\r\n\r\n"
    assert ends[0].recv(1) == b""
    assert ended == [True]


def test_to_an_older_client_it_is_sent_as_it_is(ends, ended):
    connection = SocketConnection(ends[1], False, lambda: ended.append(True))
    connection.send("data: 1\n\n")
    connection.close()
    assert ends[0].recv(100) == b"data: 1\n\n"
    assert ends[0].recv(1) == b""


def test_a_slow_reader_gets_all_of_it_in_order(ends, connection):
    half = MOST_UNREAD_BYTES // 2
    connection.send("y" * half)
    connection.send("z" * 10)
    received = b""
    while not received.endswith(b"z" * 10 + b"\r\n"):
        gevent.sleep(0.001)  # The loop writes what the reader has made room for.
        received += ends[0].recv(65536)
    assert received.count(b"y") == half
    assert connection.is_open


def test_who_does_not_read_is_let_go(connection, ended):
    connection.send(HUGE)
    assert ended == [True]
    assert not connection.is_open


def test_who_only_sends_no_more_is_written_to(ends, connection, ended):
    ends[0].shutdown(socket.SHUT_WR)
    gevent.sleep(0.2)  # Time enough to take it for one that has gone.
    connection.send("data: 1\n\n")
    received = b""
    while not received.endswith(b"data: 1\n\n\r\n"):
        received += ends[0].recv(100)
    assert connection.is_open
    ends[0].close()
    connection.send("data: 2\n\n")
    assert ended == [True]


def test_who_goes_after_having_sent_no_more_is_noticed_without_a_write(ends, ended, monkeypatch):
    monkeypatch.setattr(connection_module, "LOOK_EVERY_SECONDS", 0.05)
    connection = SocketConnection(ends[1], True, lambda: ended.append(True))
    ends[0].shutdown(socket.SHUT_WR)
    gevent.sleep(0.2)  # It has been looked at, and was still there.
    assert connection.is_open
    ends[0].close()
    loop_until(lambda: ended)


def test_who_is_there_reads_on_and_who_is_not_reads_no_more(ends):
    assert not connection_module.reads_no_more(ends[1])
    ends[0].shutdown(socket.SHUT_WR)
    assert not connection_module.reads_no_more(ends[1])
    ends[0].close()
    assert connection_module.reads_no_more(ends[1])
    os.close(ends[1])


def test_where_there_is_no_room_at_all_nothing_is_lost(ends, connection):
    filled = 0
    with suppress(BlockingIOError):
        while True:
            filled += os.write(ends[1], b"x" * 4096)
    connection.send("data: 1\n\n")
    received = b""
    while not received.endswith(b"data: 1\n\n\r\n"):
        gevent.sleep(0.001)  # The loop writes what the reader has made room for.
        received += ends[0].recv(65536)
    assert received == b"x" * filled + b"9\r\ndata: 1\n\n\r\n"


def test_over_tcp_too_who_has_gone_is_noticed(ended):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        reader = socket.create_connection(listener.getsockname())
        accepted = listener.accept()[0]
    connection = SocketConnection(accepted.detach(), True, lambda: ended.append(True))
    reader.close()
    loop_until(lambda: ended)
    assert not connection.is_open


def test_who_has_gone_is_noticed_without_a_write(ends, connection, ended):
    ends[0].close()
    loop_until(lambda: ended)
    assert ended == [True]


def test_a_reset_is_noticed_too(ends, connection, ended):
    connection.send("something that is not read")
    ends[0].close()
    loop_until(lambda: ended)


def test_what_a_reader_says_into_its_stream_means_nothing(ends, connection):
    ends[0].sendall(b"GET / HTTP/1.1\r\n\r\n")
    gevent.sleep(0.01)  # Time enough to take it for something, which must not happen.
    connection.send("data: 1\n\n")
    assert connection.is_open


def test_after_the_end_nothing_is_sent_and_nobody_told_again(ends, connection, ended):
    connection.close()
    connection.send("late")
    connection.close()
    assert ended == [True]


def test_a_server_that_asks_gets_the_pieces_and_the_end(ended):
    connection = IteratedConnection(lambda: ended.append(True))
    threading.Timer(0.01, lambda: (connection.send("a"), connection.send("b"))).start()
    pieces = iter(connection)
    assert [next(pieces), next(pieces)] == ["a", "b"]
    connection.close()
    assert list(pieces) == []
    assert ended == [True]


def test_a_server_that_asks_no_more_has_ended_it(ended):
    connection = IteratedConnection(lambda: ended.append(True))
    connection.send("a")
    pieces = iter(connection)
    next(pieces)
    pieces.close()
    assert ended == [True]
    assert not connection.is_open
