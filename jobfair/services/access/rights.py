"""Who of the team may do what.

A view names the right that it needs; nobody but this table knows which role has it.
"""

from __future__ import annotations

from enum import StrEnum

from jobfair.models import Role


class Right(StrEnum):
    """What somebody of the team may do."""

    LOOK = "look"
    """See the fair as the organisers see it, and keep one's own account."""

    HELP = "help"
    """Help students at the desk, with their places, status and password."""

    MANAGE = "manage"
    """Everything else: settings, accounts, deletions, links, exports, messages, the team."""


MAY = {
    Role.STUDENT: frozenset[Right](),
    Role.VIEWER: frozenset({Right.LOOK}),
    Role.DESK: frozenset({Right.LOOK, Right.HELP}),
    Role.ADMIN: frozenset(Right),
}

TEAM = tuple(role for role, rights in MAY.items() if rights)
"""The roles of those who run the fair."""
