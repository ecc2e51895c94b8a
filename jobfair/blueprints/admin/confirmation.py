"""The page that asks before something grave."""

from __future__ import annotations

from flask import render_template


def confirmation(title: str, consequences: list[str], button: str, back: str) -> str:
    """A page that asks before something grave, and says what it means for how many people.

    Its button posts to the same address.
    """
    return render_template(
        "admin/confirmation.html",
        title=title,
        consequences=consequences,
        button=button,
        back=back,
    )
