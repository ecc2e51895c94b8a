"""What is answered about one's own account."""

from __future__ import annotations

from jobfair.blueprints.api.shapes.common import Moment, Shape


class SecondFactorState(Shape):
    """Whether it is on, since when, and how many recovery codes are not used yet."""

    on: bool
    since: Moment | None
    codes_left: int


class SecondFactorSecret(Shape):
    """`secret` goes with the first code, `key` is typed into an app, `address` is its QR code's."""

    secret: str
    key: str
    address: str


class RecoveryCodes(Shape):
    """Each stands in for the second factor once; they are shown this once."""

    codes: list[str]
