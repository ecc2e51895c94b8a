"""Where pushes may go: browsers send us the URL, which must not lead into our own network."""

from __future__ import annotations

import socket
from collections.abc import Collection
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import certifi
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, Timeout
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import NewConnectionError

HTTPS_PORT = 443
CONNECT_SECONDS = 1.0
READ_SECONDS = 4.0

_TRANSLATED = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""NAT64, 6to4 and Teredo: each address holds an IPv4 address, which may be a private one."""


MAKERS = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
"""The push services of Chromium, Firefox, Safari and Edge: these hosts, and those below them."""


def may_be_sent_to(endpoint: str, more_hosts: Collection[str] = ()) -> bool:
    """Whether pushes may go to a URL: a browser maker's, or at one of `more_hosts`, by HTTPS.

    The IP address of the host is checked when we connect, as it may change.
    """
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or port not in (None, HTTPS_PORT) or "@" in parts.netloc:
        return False
    return any(host == known or host.endswith(f".{known}") for known in (*MAKERS, *more_hosts))


def is_global(address: str) -> bool:
    """Whether an IP address is one of the whole Internet, and leads to no other inside it."""
    found = ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or found
    return inner.is_global and not any(found in network for network in _TRANSLATED)


class _PublicConnection(HTTPSConnection):
    """Closes, before it sends anything, when the host has a private IP address."""

    def _new_conn(self) -> socket.socket:
        connected: socket.socket = super()._new_conn()
        if not is_global(connected.getpeername()[0]):
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
