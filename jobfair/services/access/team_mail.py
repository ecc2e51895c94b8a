"""The mail with somebody's link into the team."""

from __future__ import annotations

from flask_babel import gettext as _

from jobfair.models import Role
from jobfair.services import mail
from jobfair.services.access.team import LIFETIME, Invited
from jobfair.wording.access.roles import role_duty, role_name


def send(invited: Invited, role: Role, address: str) -> bool:
    """Send somebody their link, in the language of the one who invites them.

    Returns whether it is on its way: False where no mail can be sent, and where the server refused.
    """
    if not mail.is_configured():
        return False
    lines = (
        _("Hello,"),
        _(
            "You are invited to the team of the job fair, as: %(role)s (%(duty)s).",
            role=role_name(role),
            duty=role_duty(role),
        ),
        _(
            "This link lets you choose a password. It works once, for %(days)d days:",
            days=LIFETIME.days,
        ),
        address,
        _("You do not expect this? Then do nothing."),
    )
    return mail.send(invited.email, _("Invitation to the team"), "\n\n".join(lines) + "\n")
