"""QR codes as inline SVG."""

from __future__ import annotations

from functools import lru_cache

import segno

QUIET_ZONE = 4
"""The white margin that scanners need, in modules."""


@lru_cache(maxsize=1024)
def svg(address: str) -> str:
    """The same, kept in memory: for addresses that are shown again."""
    return drawn(address)


def drawn(address: str) -> str:
    """A URL as a QR code: black on white in any colour scheme, as large as its box."""
    code = segno.make_qr(address, error="m")
    drawing = code.svg_inline(
        border=QUIET_ZONE, light="#fff", omitsize=True, svgclass="code", lineclass=None
    )
    # For screen readers, the URL, or what it leads to, is always written next to it.
    return str(drawing).replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
