"""URLs that come from outside: ids and secrets in a path, and pages to redirect to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter, IntegerConverter

from jobfair.fields.input.types import LARGEST_ID
from jobfair.security import link_tokens

MAX_LENGTH = 2000


def site() -> str:
    """This site's address in links that leave it: the setting, else the address of the request."""
    # If there is a setting, never the request's: a visitor may have invented its host name.
    public: str = current_app.config["PUBLIC_URL"] or request.host_url
    return public.rstrip("/")


def link_to(endpoint: str, **values: Any) -> str:
    """The whole address of a page, for a QR code, a card or another screen."""
    return site() + url_for(endpoint, **values)


def init_app(app: Flask) -> None:
    """Accept every path with or without a slash at its end."""
    app.url_map.strict_slashes = False
    app.url_map.converters["int"] = IdConverter
    # The only free text in a path, besides names of static files.
    app.url_map.converters["default"] = LinkTokenConverter


class IdConverter(IntegerConverter):
    """An id in a path. One that is too large for the database is not found (404)."""

    regex = r"\d{1,19}"

    def to_python(self, value: str) -> int:
        """The id. Raises NotFound for one that is too large.

        With a ValidationError the router would try the other rules of the path, and answer that
        the method is wrong (405).
        """
        number = int(super().to_python(value))
        if number > LARGEST_ID:
            raise NotFound
        return number


class LinkTokenConverter(BaseConverter):
    """The secret of a link in a path, without what a text or a chat added to the link."""

    def to_python(self, value: str) -> str:
        """The secret; empty, and so unknown, if the text cannot be one."""
        return link_tokens.cleaned(value)


def journal_number(field: str) -> int | None:
    """The journal number in the query, e.g. `?after=4711`; None if there is no number."""
    number = request.args.get(field, type=int)
    return None if number is None else max(0, min(number, LARGEST_ID))


def own_path(address: str | None) -> str | None:
    """The address if it is a path on this site, else None.

    Browsers read `\\` as `/` and skip control characters, so `/\\evil.example` and
    `/<tab>/evil.example` lead away; no address of ours has either.
    """
    if not address or len(address) > MAX_LENGTH:
        return None
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return None
    return address if all(" " < character != "\x7f" for character in address) else None


def came_from() -> str | None:
    """The path and query of the page that sent the request, if it is on this site."""
    try:
        referrer = urlsplit(request.referrer or "")
    except ValueError:
        return None
    if referrer.netloc != request.host:
        return None
    return own_path(referrer.path + (f"?{referrer.query}" if referrer.query else ""))
