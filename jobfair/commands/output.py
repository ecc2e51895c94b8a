"""Text that several commands print."""

from __future__ import annotations

from collections.abc import Mapping

NOUNS = {
    "companies": ("company", "companies"),
    "students": ("student", "students"),
    "users": ("account", "accounts"),
    "entries": ("entry", "entries"),
    "sign_ins": ("sign-in", "sign-ins"),
    "journal": ("journal row", "journal rows"),
}


def counted(rows: Mapping[str, int]) -> str:
    """Row counts by table, in words: «12 companies, 1 student»."""
    return ", ".join(
        f"{rows.get(table, 0)} {one if rows.get(table, 0) == 1 else many}"
        for table, (one, many) in NOUNS.items()
        if table in rows
    )
