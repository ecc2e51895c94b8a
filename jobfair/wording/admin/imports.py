"""What organisers read of an imported list: what it did, and what a removal takes along."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.domain.events import ImportUndone, ListImported

MOST_NUMBERS = 20
"""At most this many lines are named."""


def done(event: ListImported, left_out: Sequence[int]) -> str:
    """What an import did, and which lines it left out."""
    removed = ngettext("%(num)d removed", "%(num)d removed", event.removed)
    return _said(event, removed, left_out)


def recorded(event: ListImported) -> str:
    """What an import did, as the log has it: those who were removed have lines of their own."""
    return _said(event, ngettext("%(num)d to remove", "%(num)d to remove", event.removed))


def _said(event: ListImported, removed: str, left_out: Sequence[int] = ()) -> str:
    lines = ", ".join(map(str, left_out[:MOST_NUMBERS]))
    if len(left_out) > MOST_NUMBERS:
        lines += "…"
    skipped = ngettext(
        "%(num)d line left out (%(lines)s)",
        "%(num)d lines left out (%(lines)s)",
        len(left_out),
        lines=lines,
    )
    figures = {
        ngettext("%(num)d added", "%(num)d added", event.added): event.added,
        ngettext("%(num)d updated", "%(num)d updated", event.updated): event.updated,
        removed: event.removed,
        ngettext("%(num)d unchanged", "%(num)d unchanged", event.unchanged): event.unchanged,
        skipped: len(left_out),
    }
    said = ", ".join(words for words, number in figures.items() if number)
    if event.what == "students":
        return _("Students: %(figures)s", figures=said)
    return _("Companies: %(figures)s", figures=said)


def undone(event: ImportUndone) -> str:
    """What was taken back of an import, and how many stay."""
    left = len(event.left)
    figures = {
        ngettext("%(num)d removed", "%(num)d removed", event.removed): event.removed,
        ngettext("%(num)d set back", "%(num)d set back", event.restored): event.restored,
        ngettext("%(num)d left as it is", "%(num)d left as they are", left): left,
    }
    said = ", ".join(words for words, number in figures.items() if number)
    return _("Import taken back: %(figures)s", figures=said)


def to_do(what: str, new: int, changed: int, removed: int, left_out: int) -> str:
    """What the button of a preview does, with its figures."""
    parts = [
        words(number) if at == 0 else short(number)
        for at, (number, words, short) in enumerate(
            (number, _FIRST[what, verb], _FURTHER.get(verb, str))
            for verb, number in (("add", new), ("update", changed), ("remove", removed))
            if number
        )
    ]
    if not parts:
        # Nobody is left but those who are in an interview or called.
        parts.append(_("Remove those that are ticked"))
    if left_out:
        parts.append(
            ngettext("leave out %(num)d bad line", "leave out %(num)d bad lines", left_out)
        )
    return ", ".join(parts)


_FIRST: Mapping[tuple[str, str], Callable[[int], str]] = {
    ("students", "add"): lambda n: ngettext("Import %(num)d student", "Import %(num)d students", n),
    ("students", "update"): lambda n: ngettext(
        "Update %(num)d student", "Update %(num)d students", n
    ),
    ("students", "remove"): lambda n: ngettext(
        "Remove %(num)d student", "Remove %(num)d students", n
    ),
    ("companies", "add"): lambda n: ngettext(
        "Import %(num)d company", "Import %(num)d companies", n
    ),
    ("companies", "update"): lambda n: ngettext(
        "Update %(num)d company", "Update %(num)d companies", n
    ),
    ("companies", "remove"): lambda n: ngettext(
        "Remove %(num)d company", "Remove %(num)d companies", n
    ),
}
_FURTHER: Mapping[str, Callable[[int], str]] = {
    "update": lambda n: ngettext("update %(num)d", "update %(num)d", n),
    "remove": lambda n: ngettext("remove %(num)d", "remove %(num)d", n),
}


def losses(running: int, called: int, waiting: int, done: int, notes: int) -> str:
    """What goes with a company or a student who is removed; blank for nothing."""
    figures = {
        ngettext("%(num)d interview running", "%(num)d interviews running", running): running,
        ngettext("%(num)d called", "%(num)d called", called): called,
        ngettext("%(num)d place in a queue", "%(num)d places in queues", waiting): waiting,
        ngettext("%(num)d interview done", "%(num)d interviews done", done): done,
        ngettext("%(num)d note", "%(num)d notes", notes): notes,
    }
    return ", ".join(words for words, number in figures.items() if number)
