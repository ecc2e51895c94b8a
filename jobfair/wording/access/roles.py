"""What the roles of the team are called, and what each may do."""

from __future__ import annotations

from flask_babel import gettext as _

from jobfair.models import Role


def role_name(role: str) -> str:
    """What a role is called."""
    match Role(role):
        case Role.STUDENT:
            return _("Student")
        case Role.ADMIN:
            return _("Organiser")
        case Role.DESK:
            return _("Desk")
        case Role.VIEWER:
            return _("Viewer")


def role_duty(role: str) -> str:
    """What somebody in a role of the team may do."""
    match Role(role):
        case Role.ADMIN:
            return _("may do everything, and manages the team")
        case Role.DESK:
            return _("helps students: their places, their status, their password")
        case Role.VIEWER:
            return _("looks, and changes nothing")
        case Role.STUDENT:
            return ""
