"""Lengths of time in words. A line never breaks between a number and its unit."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _

NO_BREAK = "\N{NO-BREAK SPACE}"


def length(minutes: int) -> str:
    """A length in minutes: `45 min`, `1 h 05`, `2 h`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        words = _("%(minutes)d min", minutes=minutes)
    elif rest:
        words = _("%(hours)d h %(minutes)02d", hours=hours, minutes=rest)
    else:
        words = _("%(hours)d h", hours=hours)
    return words.replace(" ", NO_BREAK)


def duration(time: timedelta) -> str:
    """A length of time: `45 s`, `12 min 30 s`, `1 h 05 min`."""
    seconds = round(time.total_seconds())
    if seconds < 60:
        words = _("%(seconds)d s", seconds=seconds)
    elif seconds < 3600:
        words = _("%(minutes)d min %(seconds)02d s", minutes=seconds // 60, seconds=seconds % 60)
    else:
        hours, minutes = seconds // 3600, seconds % 3600 // 60
        words = _("%(hours)d h %(minutes)02d min", hours=hours, minutes=minutes)
    return words.replace(" ", NO_BREAK)
