"""What the calls of students answer."""

from __future__ import annotations

from jobfair.blueprints.api.shapes.common import Moment, Shape


class StandingMessage(Shape):
    """A message of the organisers that has not been put away.

    `company` is the name of the one for whose queue it was, null of one to everyone or to the
    student alone.
    """

    id: int
    at: Moment
    text: str
    company: str | None


class Line(Shape):
    """Something that happened, in a sentence; `sender` is who says a message, else null."""

    id: int
    at: Moment
    sentence: str
    sender: str | None


class History(Shape):
    """What has been, the oldest first; `more` is what to ask for after, null at the end."""

    lines: list[Line]
    more: int | None


class Badge(Shape):
    """What a student shows at the desk: a code, and the address that a QR code of it leads to."""

    code: str
    url: str


class PushKey(Shape):
    """The key that a browser subscribes with (VAPID)."""

    key: str
