"""What a push says, in its browser's language: the company, the stand, the turn, nothing else."""

from __future__ import annotations

import json

from flask_babel import force_locale
from flask_babel import gettext as _

from jobfair.web_push.pushes import REMINDED, TURN_CAME, Taken
from jobfair.wording import turns


def content(push: Taken) -> bytes:
    """What the service worker gets, as JSON: title, body, tag, turn and whether to ring."""
    with force_locale(push.language):
        title, body = _words(push)
    said = {
        "title": title,
        "body": body,
        "tag": f"entry-{push.entry_id}",
        "turn": push.turn,
        "urgent": is_urgent(push),
        "language": push.language,
    }
    return json.dumps(said).encode()


def is_urgent(push: Taken) -> bool:
    """Whether the phone rings: for a call, and nothing else (rules 9 and 12)."""
    return push.kind == TURN_CAME


def _words(push: Taken) -> tuple[str, str]:
    company = push.company_name
    if push.kind == TURN_CAME:
        where = _("Stand %(stand)s", stand=push.stand) if push.stand else ""
        return _("It's your turn: %(company)s", company=company), where
    if push.kind == REMINDED:
        sentence = _("%(company)s would call you now: make yourself available", company=company)
        return _("During your break"), sentence
    reason = turns.turn_ended(push.reason or "")
    return _("Your turn has passed: %(company)s", company=company), reason
