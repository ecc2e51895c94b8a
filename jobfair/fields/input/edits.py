"""Forms that change what is stored, where several people have the same form open.

A form says beside each of its fields what its reader saw there (`seen-slots`). Only what they
changed is written, and where somebody else changed the same field meanwhile, they are asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from jobfair.fields.input.declaration import Field, labels
from jobfair.fields.input.parsing import Input, Invalid, parse, text_of

SEEN = "seen-"
"""Before a field's name: the name of what its reader saw in it."""

WHOLE_FORM = "form"
"""Where an error stands that is about the form and none of its fields."""

NOTHING_SEEN: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody changed in a form: the new values, and as text what stood there before."""

    changes: Mapping[str, Any]
    seen: Mapping[str, str]


def parse_edit(shape: type[Input], form: Mapping[str, str]) -> Edit | Invalid:
    """Read what a form changes; `shape` lets each field be left out.

    What its reader left as it was is not even looked at: it may be older than today's rules.
    """
    typed = _typed(shape.model_fields, form)
    given = parse(shape, MultiDict(typed))
    if isinstance(given, Invalid):
        return given
    seen = {name: form[SEEN + name] for name in typed if SEEN + name in form}
    return Edit(given.model_dump(exclude_unset=True), seen)


def overtaken(changes: Mapping[str, Any], seen: Mapping[str, str], now: Mapping[str, Any]) -> bool:
    """Whether somebody else has changed any of these fields, to something else, since `seen`.

    `now` has what is stored. A field that is not in `seen`, as in JSON, was not looked at before.
    """
    return any(
        as_text(now[name]) not in (seen[name], as_text(wanted))
        for name, wanted in changes.items()
        if name in seen
    )


def again(
    fields: Sequence[Field],
    form: Mapping[str, str],
    now: Mapping[str, Any],
    errors: Mapping[str, str],
) -> dict[str, Any]:
    """The values and errors with which a refused form is shown once more.

    What was changed in it stands there as it was typed, with what somebody else has put there
    meanwhile beside it; all else is as it is stored now.
    """
    names = [each.name for each in fields]
    stored = {name: as_text(now[name]) for name in names}
    typed = _typed(names, form)
    told = {
        name: _told(stored[name])
        for name, text in typed.items()
        if stored[name] not in (form.get(SEEN + name, stored[name]), text)
    }
    both = {name: f"{errors[name]} {told[name]}" for name in told if name in errors}
    return {"values": {**stored, **typed}, "errors": {**errors, **told, **both}}


def saved(fields: Sequence[Field], form: Mapping[str, str], now: Mapping[str, Any]) -> str:
    """What is said of a form that was stored, with what somebody else has changed meanwhile."""
    typed = _typed((each.name for each in fields), form)
    others = [
        each
        for each in fields
        if each.name not in typed
        and form.get(SEEN + each.name, as_text(now[each.name])) != as_text(now[each.name])
    ]
    if not others:
        return _("Saved")
    return _(
        "Saved. Somebody else changed meanwhile: %(fields)s.", fields=", ".join(labels(others))
    )


def values_of(fields: Iterable[Field], row: object) -> dict[str, Any]:
    """The values of fields, from something that has them as attributes."""
    return {each.name: getattr(row, each.name) for each in fields}


def as_text(value: Any) -> str:
    """A stored value as the input of a form shows it."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def _typed(names: Iterable[str], form: Mapping[str, str]) -> dict[str, str]:
    """The fields of a form in which something else stands than its reader saw."""
    typed = {name: text_of(form, name) for name in names if name in form}
    return {name: text for name, text in typed.items() if text != form.get(SEEN + name)}


def _told(now: str) -> str:
    if not now:
        return _("Somebody else has emptied this meanwhile. Save once more to put yours there.")
    return _(
        "Somebody else has put «%(value)s» here meanwhile. Save once more to put yours there.",
        value=now,
    )
