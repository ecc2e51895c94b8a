"""The IP address of the visitor, also behind proxies."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address, ip_network

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

IPV6_VISITOR_BITS = 64


def init_app(app: Flask) -> None:
    """Trust as many proxies as the setting says; none by default.

    Each proxy appends the IP address of its client to `X-Forwarded-For`. The visitor's address is
    found by counting from the end; forged addresses are before it. `-Proto` and `-Host` are not
    lists: the nearest proxy sets them.
    """
    trusted = app.config["TRUSTED_PROXIES"]
    if trusted:
        proxied = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=1, x_host=1)
        app.wsgi_app = proxied  # type: ignore[method-assign]


def visitor() -> str:
    """The key for rate limits: the visitor's IPv4 address, or their IPv6 network.

    A single phone can use any number of addresses in its IPv6 network.
    """
    try:
        address = ip_address(request.remote_addr or "127.0.0.1")
    except ValueError:
        return str(request.remote_addr)
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), IPV6_VISITOR_BITS), strict=False))
