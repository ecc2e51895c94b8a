"""A worker answers what it has accepted, and bodies that nobody reads cost it nothing."""

import os
import socket
import time
from contextlib import closing, contextmanager
from threading import Thread

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.ggevent import GeventWorker

from jobfair.feed.connection import reads_no_more
from jobfair.server.gunicorn_worker import Worker


def hello(environ, start_response):
    start_response("200 OK", [("Content-Length", "5")])
    return [b"hello"]


@contextmanager
def worker_of(kind):
    cfg = Config()
    worker = kind(0, os.getpid(), [], None, 30, cfg, Logger(cfg))
    worker.wsgi = hello
    with closing(worker.tmp):
        yield worker


def answer_after_closing(kind):
    """What is answered to a request whose listener was closed just after it was accepted."""
    listener = socket.create_server(("127.0.0.1", 0))
    with worker_of(kind) as worker, socket.create_connection(listener.getsockname(), 5) as visitor:
        visitor.sendall(b"GET / HTTP/1.0\r\n\r\n")
        accepted, address = listener.accept()
        listener.close()
        worker.handle(listener, accepted, address)
        with visitor.makefile("rb") as answer:
            return answer.read()


def test_what_was_accepted_is_answered():
    assert answer_after_closing(Worker).endswith(b"\r\n\r\nhello")


def test_gunicorns_own_would_drop_it():
    """When this fails, gunicorn has mended it, and our worker can go."""
    with pytest.raises(ConnectionResetError):
        answer_after_closing(GeventWorker)


def test_somebody_who_says_that_they_send_no_more_gets_the_whole_answer():
    with listening() as (worker, visitor, accepted, address):
        visitor.sendall(b"GET / HTTP/1.1\r\nHost: fair\r\n\r\n" * 2)
        visitor.shutdown(socket.SHUT_WR)
        worker.handle(accepted, accepted, address)
        with visitor.makefile("rb") as answer:
            answers = answer.read()
    assert answers.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answers.count(b"HTTP/") == answers.count(b"\r\n\r\nhello") == 2


def test_somebody_who_has_gone_is_known_to_have_gone_before_a_page_is_made():
    known = []
    with listening() as (worker, visitor, accepted, address):
        worker.wsgi = lambda environ, start: (
            known.append(reads_no_more(environ["gunicorn.socket"].fileno()))
            or hello(environ, start)
        )
        visitor.sendall(b"GET / HTTP/1.1\r\nHost: fair\r\n\r\n")
        visitor.close()
        worker.handle(accepted, accepted, address)
    assert known == [True]


@contextmanager
def listening():
    """A worker, and the two ends of a connection to it with the visitor's address."""
    with (
        worker_of(Worker) as worker,
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname(), 5) as visitor,
    ):
        yield worker, visitor, *listener.accept()


BODY = b"x" * 1_000_000


def answer_and_cost_of_an_unread_body(kind):
    """What two requests on one connection are answered, and the processor's seconds for it.

    The first has a body that the application does not read.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    with worker_of(kind) as worker, socket.create_connection(listener.getsockname(), 5) as visitor:
        accepted, address = listener.accept()
        send = Thread(
            target=visitor.sendall,
            args=(
                b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(BODY)
                + BODY
                + b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
            ),
        )
        send.start()
        began = time.thread_time()
        worker.handle(listener, accepted, address)
        cost = time.thread_time() - began
        send.join()
        with closing(listener), visitor.makefile("rb") as answer:
            return answer.read(), cost


def test_a_body_that_nobody_reads_is_taken_from_the_line_cheaply():
    """When this fails for gunicorn's own being as cheap, it has mended that."""
    answer, cost = answer_and_cost_of_an_unread_body(Worker)
    assert answer.count(b"\r\n\r\nhello") == 2
    _, gunicorns = answer_and_cost_of_an_unread_body(GeventWorker)
    assert cost * 3 < gunicorns


def answer_before_the_body_has_arrived(kind):
    """What a request is answered that closes its connection, and has sent half of its body."""
    listener = socket.create_server(("127.0.0.1", 0))
    with worker_of(kind) as worker, socket.create_connection(listener.getsockname(), 5) as visitor:
        accepted, address = listener.accept()
        head = b"POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(BODY)
        half = len(BODY) // 2
        visitor.sendall(head + BODY[:half])
        serve = Thread(target=worker.handle, args=(listener, accepted, address))
        serve.start()
        serve.join(0.2)  # Time enough to close the connection, were it not to be read first.
        with closing(listener), visitor.makefile("rb") as answer:
            visitor.sendall(BODY[half:])
            serve.join()
            return answer.read()


def test_an_answer_is_not_lost_with_a_body_that_nobody_reads():
    assert answer_before_the_body_has_arrived(Worker).endswith(b"\r\n\r\nhello")


def test_gunicorns_own_would_lose_it():
    """When this fails, gunicorn has mended it."""
    with pytest.raises(OSError, match=r"reset|pipe"):
        answer_before_the_body_has_arrived(GeventWorker)
