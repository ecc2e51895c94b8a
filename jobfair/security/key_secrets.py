"""The secrets of keys for programs, which scanners of source code recognise.

`jf_`, 32 random letters and digits, and six that follow from them: so a scanner reports no word
that merely looks like a key, and one that was mistyped is refused without looking it up.
"""

from __future__ import annotations

import re
import secrets
import string
import zlib

PREFIX = "jf_"
_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
_RANDOM = 32
_CHECKED = 6
_FORM = re.compile("jf_[0-9A-Za-z]{38}")


def new() -> str:
    """A new secret, with 190 bits of chance."""
    chance = "".join(secrets.choice(_DIGITS) for _ in range(_RANDOM))
    return f"{PREFIX}{chance}{_checksum(chance)}"


def is_meant(text: str) -> bool:
    """Whether somebody means a key, good or not, and no other token."""
    return text.startswith(PREFIX)


def is_whole(text: str) -> bool:
    """Whether a text may be a key: its letters, and the sum over them."""
    if _FORM.fullmatch(text) is None:
        return False
    chance = text.removeprefix(PREFIX)[:_RANDOM]
    return text.endswith(_checksum(chance))


def _checksum(chance: str) -> str:
    """The CRC-32, in as many digits of base 62."""
    number, digits = zlib.crc32(chance.encode()), ""
    for _ in range(_CHECKED):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits
