"""What the lists of companies and students can be filtered by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

COMPANY_STATES: Mapping[str, LazyString] = MappingProxyType(
    {
        "recruiting": _("Recruiting"),
        "paused": _("Paused"),
        "has_left": _("Has left"),
        "queue_closed": _("Queue closed"),
        "full": _("Queue full"),
        "idle": _("Nobody in interview"),
        "awaited": _("Somebody waits"),
        "met": _("Interviews done"),
        "stand_shared": _("Stand taken twice"),
    }
)

STUDENT_STATES: Mapping[str, LazyString] = MappingProxyType(
    {
        "available": _("Available"),
        "in_interview": _("In interview"),
        "paused": _("Paused"),
        "deactivated": _("Deactivated"),
    }
)
