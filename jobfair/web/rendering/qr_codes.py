"""QR codes as inline SVG; the last ones are kept in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from time import sleep

import segno

QUIET_ZONE = 4
"""The white margin that scanners need, in modules."""

MOST_KEPT = 2048
"""The most codes in memory, of some 2 KB each: links and posters of a thousand companies."""

BETWEEN_CODES_SECONDS = 0.001
"""Not 0: only a loop that waits looks at its sockets. With pauses of 0 `/health` took 0.45 s beside
three hundred codes; with these it takes 0.006."""

_kept: OrderedDict[str, str] = OrderedDict()


def svg(address: str) -> str:
    """The same as `drawn`, kept in memory: for addresses that are shown again."""
    found = _kept.pop(address, None) or drawn(address)
    # Put at the end: the code that was used longest ago is removed first.
    _kept[address] = found
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return found


def each(addresses: Iterable[str]) -> Iterator[str]:
    """The code of each of many addresses. After each drawn code, other requests get their turn.

    One code takes four to five milliseconds, three hundred some two seconds. A request to print
    waits for them: a thread with a page of its progress would be known to one worker only.
    """
    for address in addresses:
        is_new = address not in _kept
        yield svg(address)
        if is_new:
            sleep(BETWEEN_CODES_SECONDS)


def drawn(address: str) -> str:
    """A URL as a QR code: black on white in any colour scheme, as large as its box."""
    code = segno.make_qr(address, error="m")
    drawing = code.svg_inline(
        border=QUIET_ZONE, light="#fff", omitsize=True, svgclass="code", lineclass=None
    )
    # For screen readers, the URL, or what it leads to, is always written next to it.
    return str(drawing).replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
