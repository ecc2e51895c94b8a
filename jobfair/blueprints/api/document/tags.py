"""Under which heading a call stands, by its address."""

from __future__ import annotations

import re

from werkzeug.routing import Rule

_TAGS = (
    ("Live events", re.compile(r"/events/$"), "Streams of what happens, as server-sent events."),
    (
        "Signing in",
        re.compile(r"^/api/auth/"),
        "Accounts, tokens, the password and the devices of who asks.",
    ),
    ("Stand", re.compile(r"<token>"), "What a stand does by its link, without an account."),
    (
        "Companies",
        re.compile(r"^/api/(companies/admin|admin/queues)/"),
        "The companies, their queues and links, for the team.",
    ),
    (
        "Students",
        re.compile(r"^/api/students/admin/"),
        "The students, their places and status, for the team.",
    ),
    ("Team", re.compile(r"^/api/admin/(team|account)"), "Who runs the fair."),
    (
        "Records",
        re.compile(
            r"^/api/admin/(audit|statistics|report|exports|imports|editions|backups|rehearsals)"
        ),
        "The log, figures, lists in and out, and fairs that are over.",
    ),
    (
        "Programs",
        re.compile(r"^/api/admin/(keys|webhooks)"),
        "Keys for programs, and events sent to servers.",
    ),
    (
        "Fair",
        re.compile(r"^/api/admin/"),
        "The fair as a whole: overview, alerts, messages and settings.",
    ),
    ("Student", re.compile(r"^/api/(students|companies|queues)/"), "What a student sees and does."),
    ("Draw", re.compile(r"^/api/draw/"), "The draw of a fair by lot, for people who check it."),
    ("Hall", re.compile(r"^/api/hall_screens/"), "What a screen in the hall shows, by its link."),
    ("Document", re.compile(r"^/api/openapi"), "This description."),
)


def tag_of(rule: Rule) -> str:
    """The tag of a call. Raises StopIteration for an address that none is for."""
    return next(name for name, of_addresses, _said in _TAGS if of_addresses.search(rule.rule))


def tags(used: set[str]) -> list[dict[str, str]]:
    """Those of the tags that are used, as the document lists them."""
    return [{"name": name, "description": said} for name, _, said in _TAGS if name in used]
