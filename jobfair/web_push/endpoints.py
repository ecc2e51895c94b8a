"""Where pushes may go: browsers send us the URL, which must not lead into our own network."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import certifi
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, Timeout
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import NewConnectionError

HTTPS_PORT = 443
CONNECT_SECONDS = 3.0
READ_SECONDS = 5.0


def is_public(endpoint: str) -> bool:
    """Whether a URL may be a push service's: HTTPS, and a host name that is not local.

    The IP address of the host is checked when we connect, as it may change.
    """
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or port not in (None, HTTPS_PORT) or "@" in parts.netloc:
        return False
    # A dot keeps out names of the local network, and a letter at the end whatever can be read
    # as a bare number, which some resolvers take for an address.
    return "." in host and host[-1:].isalpha() and not host.endswith((".local", ".internal"))


class _PublicConnection(HTTPSConnection):
    """Closes, before it sends anything, when the host has a private IP address."""

    def _new_conn(self) -> socket.socket:
        connected: socket.socket = super()._new_conn()
        if not ip_address(connected.getpeername()[0]).is_global:
            connected.close()
            raise NewConnectionError(self, "not a public address")
        return connected


class _PublicPool(HTTPSConnectionPool):
    ConnectionCls = _PublicConnection


def connections(anywhere: bool, at_once: int) -> PoolManager:
    """The connection pool for pushes, with `at_once` connections per host.

    `anywhere` lets them go to any address. Neither proxies nor redirects are followed.
    """
    options: dict[str, Any] = {
        "maxsize": at_once,
        "timeout": Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
        "retries": False,
        "ca_certs": certifi.where(),
    }
    pools = PoolManager(**options)
    https = HTTPSConnectionPool if anywhere else _PublicPool
    pools.pool_classes_by_scheme = {"https": https}
    if anywhere:
        pools.pool_classes_by_scheme["http"] = HTTPConnectionPool
    return pools
