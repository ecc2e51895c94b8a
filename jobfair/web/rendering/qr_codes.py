"""QR codes as drawings that go into a page."""

from __future__ import annotations

from functools import lru_cache

import segno

QUIET_ZONE = 4
"""The white margin that scanners want, in modules."""


@lru_cache(maxsize=1024)
def svg(address: str) -> str:
    """An address as a QR code: black on white in any colour scheme, as large as its box."""
    code = segno.make_qr(address, error="m")
    drawing = code.svg_inline(
        border=QUIET_ZONE, light="#fff", omitsize=True, svgclass="code", lineclass=None
    )
    # Whoever cannot see it reads the address, which always stands beside it.
    return str(drawing).replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
