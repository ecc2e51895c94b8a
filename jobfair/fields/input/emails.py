"""One spelling for each e-mail address, however it was typed."""

from __future__ import annotations

import email_validator
from email_validator import validate_email

LONGEST = 254

# A school's own network may well have names such as `lycee.local`.
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()


def canonical(text: str) -> str:
    """The one spelling of an e-mail address: lower case, its domain in ASCII.

    A browser sends `x@xn--mnchen-3ya.de` for `x@münchen.de`, so that is what is stored. It
    sends only ASCII before the @, so only that is accepted. Raises ValueError if the text is not
    an e-mail address, or is too long.
    """
    address = validate_email(
        text.strip(),
        allow_smtputf8=False,
        check_deliverability=False,
        globally_deliverable=False,
    ).ascii_email
    if address is None or "." not in address.rpartition("@")[2]:
        raise ValueError("not an e-mail address")
    return address.lower()


def domain(text: str) -> str:
    """The one spelling of an address's domain, typed with an @ before it or without.

    Raises ValueError if it cannot be one.
    """
    return canonical(f"somebody@{text.strip().removeprefix('@')}").rpartition("@")[2]


def folded(text: str) -> str:
    """The spelling by which an account is looked up.

    An account may have an e-mail address that is no longer accepted for new ones. It is stored
    in lower case.
    """
    try:
        return canonical(text)
    except ValueError:
        return text.strip().lower()
