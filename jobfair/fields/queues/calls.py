"""What a student's screen says of a call."""

from __future__ import annotations

from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import Id


class ShownCall(Input):
    """`turn` is that of the call that a screen has shown."""

    turn: Id
