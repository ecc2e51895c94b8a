"""What is answered about one act on many companies or students."""

from __future__ import annotations

from jobfair.blueprints.api.shapes.common import Shape


class OneOfMany(Shape):
    """One of those whom an act would be done to; `note` is a stand, or an address."""

    id: int
    name: str
    note: str | None


class ManyPreview(Shape):
    """Whom an act would be done to, and what it means. `asked_at` goes with the act itself."""

    act: str
    meaning: str
    can_be_undone: bool
    found: list[OneOfMany]
    asked_at: int


class ManyDone(Shape):
    """What was done, or taken back where `undoes` names the act; `id` is what undoing names.

    `changed` counts what was done, `same` those for whom it was so already. `left` names those
    whom somebody else had changed since the question, and who were left. `told` is the act by
    which those who wait were told, null where nobody was.
    """

    id: int
    act: str
    message: str
    changed: int
    same: int
    left: list[str]
    undoes: int | None
    can_be_undone: bool
    told: int | None
