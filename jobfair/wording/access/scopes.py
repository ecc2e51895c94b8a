"""What a key may do, in words."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _

from jobfair.models import Scope

NAMES = {
    Scope.READ: _("Read"),
    Scope.WRITE: _("Change"),
    Scope.EXPORTS: _("Exports"),
}

MEANINGS = {
    Scope.READ: _("what organisers see: the fair, companies, students, queues, the log"),
    Scope.WRITE: _("what organisers do, but what asks for their password"),
    Scope.EXPORTS: _("take lists with everybody's names and addresses away as files"),
}


def scope_names(scopes: Iterable[str]) -> str:
    """Scopes with commas between, in their own order."""
    return ", ".join(str(NAMES[each]) for each in Scope if each in set(scopes))
