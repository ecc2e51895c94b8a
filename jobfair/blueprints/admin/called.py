"""What the team says of somebody who was called: they did not come, or they are here again.

The pages of a company, of a student and of the alerts answer alike.
"""

from __future__ import annotations

from flask import Response, url_for
from flask_babel import gettext as _

from jobfair.domain.events import CameBack, SetAside, TurnCame, TurnEnded
from jobfair.domain.refusals import Refusal
from jobfair.live.fragments import Undo
from jobfair.live.page import OpenPage
from jobfair.queries.stand import stands
from jobfair.services.queues import overrides
from jobfair.unit_of_work.transaction import Committed
from jobfair.web.pages.responses import answer
from jobfair.web.security.sign_in.authentication import current_actor


def did_not_come(page: OpenPage, entry_id: int) -> Response:
    """Set somebody aside; the answer names them and has the button that takes it back."""
    subject = f"entry-{entry_id}"
    outcome = overrides.set_aside(current_actor(), entry_id)
    if isinstance(outcome, Refusal):
        return answer(page, outcome, subject, "")
    (event,) = outcome.events(SetAside)
    undo = Undo(
        url_for("admin.queue.present", company_id=event.company_id, entry_id=entry_id), _("Undo")
    )
    return answer(page, outcome, subject, _set_aside(outcome, event), undo=undo)


def is_here_again(page: OpenPage, entry_id: int) -> Response:
    """Bring somebody back; the answer names them, and whose call that has taken back."""
    outcome = overrides.bring_back(current_actor(), entry_id)
    message = "" if isinstance(outcome, Refusal) else _came_back(outcome)
    return answer(page, outcome, f"entry-{entry_id}", message)


def _set_aside(outcome: Committed, event: SetAside) -> str:
    name = stands.name_of(event.student_id)
    if came := outcome.events(TurnCame):
        other = stands.name_of(came[0].student_id)
        return _("%(name)s did not come; %(other)s is called", name=name, other=other)
    return _("%(name)s did not come, and is set aside", name=name)


def _came_back(outcome: Committed) -> str:
    (event,) = outcome.events(CameBack)
    name = stands.name_of(event.student_id)
    if ended := outcome.events(TurnEnded):
        other = stands.name_of(ended[0].student_id)
        return _(
            "%(name)s is called again; the call of %(other)s is taken back", name=name, other=other
        )
    if outcome.events(TurnCame):
        return _("%(name)s is called again", name=name)
    return _("%(name)s is back in the queue", name=name)
