"""Removing secrets and personal data from log records.

Our own code logs neither; messages of exceptions and libraries may. No library knows what our
tokens look like.
"""

from __future__ import annotations

import re
from ipaddress import ip_address

SECRET, EMAIL, ADDRESS, QUERY = "[secret]", "[email]", "[address]", "[query]"

_PASSWORD_IN_URL = re.compile(r"(?<=://)[^\s/@]+(?=@)")
_QUERY = re.compile(r"\?[\w.%~-]+=[^\s\"'<>]*")
_EMAIL = re.compile(r"[\w.+'%-]{1,64}(?:@|%40)[\w-]+(?:\.[\w-]+)+")
_JWT = re.compile(r"(?<![\w-])eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?")
_PASSWORD_HASH = re.compile(r"\$argon2\S+")
_LONG = re.compile(r"[A-Za-z0-9_-]{32,}")
_PLAIN = re.compile(r"[a-z0-9_-]+|[0-9A-F-]+")
"""These are no tokens: names of tests and ids of requests are as long, but a random token has
capital and small letters."""
_IP = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(?![\w.])")


def redacted(text: str) -> str:
    """Returns the text without what looks like a token, a hash, or an e-mail or IP address.

    IP addresses that belong to nobody stay: loopback, and the address for all interfaces.
    """
    text = _PASSWORD_IN_URL.sub(SECRET, text)
    text = _QUERY.sub(f"?{QUERY}", text)
    text = _EMAIL.sub(EMAIL, text)
    text = _JWT.sub(SECRET, text)
    text = _PASSWORD_HASH.sub(SECRET, text)
    text = _LONG.sub(_unless_plain, text)
    return _IP.sub(_ip_of_somebody, text)


def _unless_plain(found: re.Match[str]) -> str:
    return found[0] if _PLAIN.fullmatch(found[0]) else SECRET


def _ip_of_somebody(found: re.Match[str]) -> str:
    # A colon at the end belongs to the sentence, not to the address.
    candidate = found[0] if found[0].endswith("::") else found[0].removesuffix(":")
    try:
        address = ip_address(candidate)
    except ValueError:
        # 127.0.0.1:8000 never gets here; 12:30:45 does.
        return found[0]
    if address.is_loopback or address.is_unspecified:
        return found[0]
    return ADDRESS + found[0][len(candidate) :]
