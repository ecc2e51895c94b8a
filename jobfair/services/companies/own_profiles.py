"""Companies' own words about themselves: while the organisers let them, until the fair opens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from jobfair.domain.events import ProfileEditingAllowed, ProfileEditingEnded
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.companies.logos import Logo
from jobfair.models import Fair
from jobfair.queries.fair.profile_editing import is_open_of
from jobfair.services.companies import companies, logos
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.transaction import Committed, UnitOfWork, write_transaction


def set_editing(actor: Actor, allowed: bool) -> None:
    """Let companies write their own profiles until the fair opens, or no longer."""
    with write_transaction(actor) as work:
        if work.connection.execute(select(Fair.profile_editing)).scalar_one() is not allowed:
            work.set_fair(profile_editing=allowed)
            work.record(actor, ProfileEditingAllowed() if allowed else ProfileEditingEnded())


def edit(
    actor: Actor, company_id: int, changes: Mapping[str, Any], seen: Mapping[str, str]
) -> Committed | Refusal:
    """Change a company's profile by its link; see `companies.edit`.

    Returns `profile_closed` where companies may not.
    """
    with write_transaction(actor) as work:
        return _closed(work) or companies.edit_within(work, actor, company_id, changes, seen)


def set_logo(actor: Actor, company_id: int, logo: Logo | None) -> Refusal | None:
    """Set a company's logo by its link, or take it away; `profile_closed` where it may not."""
    with write_transaction(actor) as work:
        refusal = _closed(work)
        if refusal is None:
            logos.write_logo(work, actor, company_id, logo)
    return refusal


def _closed(work: UnitOfWork) -> Refusal | None:
    return None if is_open_of(work.connection) else Refusal(RequestCode.PROFILE_CLOSED)
