"""Who is asking, when something stands in front and asks for them."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address, ip_network

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

IPV6_VISITOR_BITS = 64


def init_app(app: Flask) -> None:
    """Believe as many proxies as are said to stand in front, and not one by default.

    Each adds to `X-Forwarded-For` whom it heard from, so the visitor is found by counting from
    the end; whatever the visitor wrote there stands before that. `-Proto` and `-Host` are not
    lists: the nearest proxy says what the browser asked for.
    """
    trusted = app.config["TRUSTED_PROXIES"]
    if trusted:
        proxied = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=1, x_host=1)
        app.wsgi_app = proxied  # type: ignore[method-assign]


def visitor() -> str:
    """What the visitor of this request is counted by: an address, or a network of IPv6.

    There a single telephone has as many addresses as it likes.
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
