"""What is sent along when the organisers' messages are put away."""

from __future__ import annotations

from jobfair.fields.parsing import Input
from jobfair.fields.types import Id


class PutAway(Input):
    """`number` is that of the latest message that was shown."""

    number: Id
