"""A worker that is told to stop answers what it has accepted."""

import os
import socket
from contextlib import closing

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.ggevent import GeventWorker

from jobfair.gunicorn_worker import Worker


def hello(environ, start_response):
    start_response("200 OK", [("Content-Length", "5")])
    return [b"hello"]


def answer_after_closing(kind):
    """What is answered to a request whose listener was closed just after it was accepted."""
    cfg = Config()
    worker = kind(0, os.getpid(), [], None, 30, cfg, Logger(cfg))
    worker.wsgi = hello
    listener = socket.create_server(("127.0.0.1", 0))
    with closing(worker.tmp), socket.create_connection(listener.getsockname(), 5) as visitor:
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
