"""One spelling for each e-mail address, however it was typed."""

from __future__ import annotations

import email_validator
from email_validator import validate_email

LONGEST = 254

# A school's own network may well have names such as `lycee.local`.
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()


def canonical(text: str) -> str:
    """The one spelling of an address: in small letters, its domain as the network writes it.

    A browser sends `x@xn--mnchen-3ya.de` for `x@münchen.de`, so that is what is stored. It sends
    nothing but ASCII before the @, so nothing else is taken from anybody. Raises ValueError for
    what is no address, or is too long.
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


def folded(text: str) -> str:
    """What an account is looked up by: the one spelling of an address.

    An address that is not taken any more may have an account from before: it is as it was
    stored then, in small letters.
    """
    try:
        return canonical(text)
    except ValueError:
        return text.strip().lower()
