"""The check before acts on the whole fair: its name must be typed."""

from __future__ import annotations

from jobfair.db.transactions import current_phase
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase
from jobfair.exceptions import RequestCode
from jobfair.fields.input.folding import folded
from jobfair.queries.fair import fair_identity


def refusal(typed_name: str, although_open: bool) -> Refusal | None:
    """The reason why the typed name and the ticks are not enough, or None.

    Returns `name_not_typed`, and `fair_is_open` where the fair is and nobody said `although_open`.
    """
    typed = " ".join(typed_name.split())
    if folded(typed) != folded(fair_identity.current().title):
        return Refusal(RequestCode.NAME_NOT_TYPED)
    if current_phase() is Phase.OPEN and not although_open:
        return Refusal(RequestCode.FAIR_IS_OPEN)
    return None
