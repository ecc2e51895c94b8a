"""What is sent along when the organisers' messages are put away."""

from __future__ import annotations

from jobfair.fields.input.parsing import Input
from jobfair.fields.input.types import Id


class PutAway(Input):
    """`number` is that of the latest message that was shown."""

    number: Id
