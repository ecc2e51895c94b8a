"""The page that asks before something grave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template

BACK = "back"
"""The field that says: back to the form, from the question about it."""


def confirmation(
    title: str,
    consequences: Sequence[str],
    button: str,
    back: str | None = None,
    fields: Mapping[str, str] | None = None,
    template: str = "admin/confirmation.html",
    **more: Any,
) -> str:
    """A page that asks before something grave, and says what it means for how many people.

    Its button posts to the same address. Going back leads to `back`; without it, it posts there
    too, with `BACK` and the `fields` of the form that was asked about, and nothing typed is lost.
    A `template` that extends the usual one asks for something besides, by its context `more`.
    """
    return render_template(
        template,
        title=title,
        consequences=consequences,
        button=button,
        back=back,
        fields=fields or {},
        **more,
    )
