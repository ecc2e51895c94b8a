"""The content of a push, in its browser's language: the company, the stand and the turn."""

from __future__ import annotations

import json
from typing import Any

from flask_babel import force_locale

from jobfair import catalogue
from jobfair.catalogue.event_kind import PushText
from jobfair.domain.events import kind
from jobfair.web_push.pushes import ClaimedPush


def content(push: ClaimedPush) -> bytes:
    """The JSON for the service worker: title, body, tag, turn and whether it is urgent."""
    with force_locale(push.language):
        title, body = _text(push).words(push.company_name, push.stand, push.event)
    payload = {
        "title": title,
        "body": body,
        "tag": f"entry-{push.entry_id}",
        "turn": push.turn,
        "urgent": is_urgent(push),
        "language": push.language,
    }
    return json.dumps(payload).encode()


def is_urgent(push: ClaimedPush) -> bool:
    """Whether the phone rings: for a call, and nothing else (rules 9 and 12)."""
    return _text(push).is_urgent


def _text(push: ClaimedPush) -> PushText[Any]:
    text = catalogue.of(kind(push.event)).push
    assert text is not None, "only pushes that say something are taken"
    return text
