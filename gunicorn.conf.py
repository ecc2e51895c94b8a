"""How JobFair is served. Each value that is not the default says why.

Import nothing here that opens sockets (redis, psycopg, the application): this file runs before
the gevent worker has patched the standard library.
"""

import logging
import resource
import signal
import socket
import sys
from logging.config import dictConfig

from gunicorn.glogging import Logger

from jobfair import settings
from jobfair.server import connection_share, metrics_port
from jobfair.server.logs import logging_config
from jobfair.settings.safety import problems

configuration = settings.read()
bind = list(configuration.settings.bind) or [f"127.0.0.1:{configuration.settings.port}"]
workers = configuration.settings.workers
worker_class = "jobfair.server.gunicorn_worker.Worker"

# This many requests at a time, and nine tenths of it streams: every open page holds one. At the
# default of 1,000 a fair's next page would never be served.
worker_connections = 12_000
# A keep-alive longer than the pause between two taps saves a phone the handshake.
keepalive = 5
# Streams end by themselves (see post_worker_init); only a request that hangs and a connection
# kept alive for nothing wait this long.
graceful_timeout = 3
# The runtime control socket lives in the home directory, which a service account may not have.
control_socket_disable = True
# Above the default, so that a client with a long `Last-Event-ID` gets an answer.
limit_request_field_size = 16_384
# Paths hold secret links, so there is no access log here: the application writes its own.
accesslog = None
# Only JOBFAIR_TRUSTED_PROXIES says which proxies to trust; gunicorn would trust every program on
# this machine.
secure_scheme_headers = {}
forwarder_headers = ""

# A client that reads nothing for this long is disconnected, and resyncs when it returns. Otherwise
# a stream blocks on a full buffer until the kernel gives up, after some fifteen minutes.
SILENT_READER_MS = 20_000
SEND_BUFFER_BYTES = 65_536

# Streams are file descriptors, which gunicorn does not count as connections of the worker, and many
# systems start a process with 1,024 of them.
MOST_FILES = 30_000
_soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
if _soft != resource.RLIM_INFINITY and _soft < MOST_FILES:
    _allowed = MOST_FILES if _hard == resource.RLIM_INFINITY else min(MOST_FILES, _hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (_allowed, _hard))


class UniformLogger(Logger):
    """Gunicorn's log in the same format as all others.

    Its own setting for that, `logconfig_dict`, would turn the access log on.
    """

    def setup(self, cfg):
        super().setup(cfg)
        dictConfig(logging_config(configuration.settings.log_format))


logger_class = UniformLogger


def on_starting(server):
    """Refuse settings that are not safe to serve with, before any port is opened."""
    if found := problems(configuration, server.cfg.workers):
        sys.exit("\n".join(found))
    if taken := metrics_port.open_when_wanted(configuration.settings.metrics_bind):
        sys.exit(taken)
    server.log.error_log.addFilter(_is_not_a_silent_reader)


def when_ready(server):
    """Bound what one connection may hold; accepted sockets inherit it from the listener."""
    for listener in server.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        if listener.FAMILY != socket.AF_UNIX and hasattr(socket, "TCP_USER_TIMEOUT"):
            listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENT_READER_MS)


def pre_fork(server, worker):
    worker.share_place = connection_share.counts.add_worker()


def post_fork(server, worker):
    metrics_port.leave_to_master()


def child_exit(server, worker):
    metrics_port.forget(worker.pid)
    connection_share.counts.remove_worker(worker.share_place)


def on_exit(server):
    metrics_port.close()


def post_worker_init(worker):
    """Bound the worker's streams, start its background loops, and end its streams on SIGTERM."""
    import gevent

    from jobfair.feed import hub
    from jobfair.ops import retention_job
    from jobfair.server import expiry_ticker, forecast_loop, link_mailer, warmup, webhook_loop
    from jobfair.web_push import sender

    files, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    worker.wsgi.config["MOST_STREAMS"] = connection_share.most_streams(
        worker.cfg.worker_connections, files
    )
    warmup.start(worker.wsgi)
    expiry_ticker.start(worker.wsgi)
    sender.start(worker.wsgi)
    retention_job.start(worker.wsgi)
    link_mailer.start(worker.wsgi)
    webhook_loop.start(worker.wsgi)
    forecast_loop.start(worker.wsgi)

    def end_streams_then_exit(signum, frame):
        # Else the connection of each ended stream is kept for a next request that never comes.
        worker.cfg.set("keepalive", 0)
        # In a greenlet of its own, as a signal handler may not wait.
        gevent.spawn(hub.stop_all)
        sender.stop_all()
        worker.handle_exit(signum, frame)

    signal.signal(signal.SIGTERM, end_streams_then_exit)
    # Ctrl-C reaches every process of the terminal; the master passes on its own signal, and a
    # worker that obeys both ends in a stack trace.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _is_not_a_silent_reader(record: logging.LogRecord) -> bool:
    # Disconnecting a silent reader is normal; gunicorn would log a stack trace for it.
    error = record.exc_info[1] if record.exc_info else None
    return not (isinstance(error, TimeoutError) and record.msg.startswith("Socket error"))
