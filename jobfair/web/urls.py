"""Addresses as others give them: ids in a path, and pages to go to next."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter

from jobfair.fields.types import LARGEST_ID

MAX_LENGTH = 2000


class IdConverter(IntegerConverter):
    """An id in an address: one that no database could hold leads nowhere (404)."""

    regex = r"\d{1,19}"

    def to_python(self, value: str) -> int:
        """The id. Raises NotFound for one that is too large.

        A ValidationError would let the router look for another rule, and then say that the method
        is wrong (405) where the address has several.
        """
        number = int(super().to_python(value))
        if number > LARGEST_ID:
            raise NotFound
        return number


def journal_number(field: str) -> int | None:
    """The journal number that the address asks for, e.g. `?after=4711`; None for no number."""
    number = request.args.get(field, type=int)
    return None if number is None else max(0, min(number, LARGEST_ID))


def own_path(address: str | None) -> str | None:
    """The address when it is a path on this site, else None.

    Browsers read `\\` as `/` and skip control characters, so `/\\evil.example` and
    `/<tab>/evil.example` lead away; neither occurs in an address of ours.
    """
    if not address or len(address) > MAX_LENGTH:
        return None
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return None
    return address if all(" " < character != "\x7f" for character in address) else None


def came_from() -> str | None:
    """The path of the page that the request was sent from, when it is one of ours."""
    try:
        referrer = urlsplit(request.referrer or "")
    except ValueError:
        return None
    if referrer.netloc != request.host:
        return None
    return own_path(referrer.path + (f"?{referrer.query}" if referrer.query else ""))
