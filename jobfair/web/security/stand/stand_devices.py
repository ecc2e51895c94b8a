"""Which of a stand's devices a request comes from: its letter, and the device's proof of it.

Nothing about a device is stored on the server. Its cookie has the letter and an HMAC of the link
and the letter. So a new link makes it invalid, and nobody can act as another device.
"""

from __future__ import annotations

import hmac

from flask import Response

from jobfair.queries.stand.stands import StandLink
from jobfair.security.keyed_digest import keyed_digest
from jobfair.web.security.browsers import cookies
from jobfair.web.security.stand.stand_pins import COOKIE_LIFETIME


def letter_of(link: StandLink) -> str | None:
    """The letter of this browser at a stand; None if this link has given it none."""
    letter, _, proof = (cookies.read_cookie(_cookie(link)) or "").partition(".")
    is_its_own = hmac.compare_digest(proof.encode(), _proof(link, letter).encode())
    return letter if is_its_own else None


def remember(response: Response, link: StandLink, letter: str) -> None:
    """Set the cookie by which this browser is known at a stand."""
    value = f"{letter}.{_proof(link, letter)}"
    cookies.set_cookie(response, _cookie(link), value, COOKIE_LIFETIME)


def _cookie(link: StandLink) -> str:
    # One cookie for each stand, because a browser may be used for two.
    return f"jobfair_device_{link.company.id}"


def _proof(link: StandLink, letter: str) -> str:
    return keyed_digest(f"device {link.company.id} {link.token} {letter}")
