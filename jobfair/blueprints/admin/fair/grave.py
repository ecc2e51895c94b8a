"""What takes the whole fair apart: a click is not enough, its name is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request

from jobfair.blueprints.admin.confirmation import confirmation
from jobfair.db.transactions import current_phase
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase
from jobfair.services.fair import whole_fair
from jobfair.web.refusals import refuse


def question(
    title: str,
    consequences: Sequence[str],
    button: str,
    back: str,
    refusal: Refusal | None = None,
    template: str = "admin/grave.html",
    **more: Any,
) -> str:
    """A page that asks for the fair's name, and once more while it is open.

    A `refusal` of what was typed stands beside it.
    """
    return confirmation(
        title,
        consequences,
        button,
        back,
        template=template,
        is_open=_is_open(),
        errors={} if refusal is None else refuse(refusal).errors,
        **more,
    )


def refusal() -> Refusal | None:
    """What is wrong with what was typed and ticked; None where it is meant."""
    form = request.form
    return whole_fair.refusal(form.get("typed_name", ""), bool(form.get("although_open")))


def _is_open() -> bool:
    return current_phase() is Phase.OPEN
