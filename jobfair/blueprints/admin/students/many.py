"""One act on many students of the list; see `blueprints.admin.many`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.blueprints.admin.many import Asked, Many
from jobfair.db.transactions import read_transaction
from jobfair.domain.events import ManyAct
from jobfair.live.pages.admin import STUDENTS
from jobfair.queries.admin.lists import students as student_list
from jobfair.queries.admin.records import many_acts
from jobfair.queries.admin.students.registrations import AccountFilter
from jobfair.services.students import many_students
from jobfair.wording.admin.lists import STUDENT_STATES
from jobfair.wording.admin.many import OF_STUDENTS

NAMED = 12
"""How many of those in an interview are named."""

blueprint = Blueprint("many_students", __name__, url_prefix=f"{STUDENTS.address}/many")


def _filter(listed: Mapping[str, str]) -> AccountFilter:
    minutes = listed.get("since", "")
    return AccountFilter(
        int(minutes) if minutes.isdecimal() else 0,
        listed.get("domain", ""),
        "unconfirmed" in listed,
        listed.get("state", ""),
    )


def _of_filter(listed: Mapping[str, str]) -> list[Asked]:
    return _named(student_list.student_ids(listed.get("q", ""), _filter(listed)))


def _filter_words(listed: Mapping[str, str]) -> list[str]:
    chosen, search = _filter(listed), listed.get("q", "")
    said = [
        _("«%(search)s»", search=search) if search else "",
        str(STUDENT_STATES.get(chosen.state, "")),
        chosen.domain,
        _("Not confirmed") if chosen.unconfirmed else "",
        _("Registered themselves") if chosen.minutes else "",
    ]
    return [each for each in said if each]


def _named(ids: Sequence[int] | None) -> list[Asked]:
    with read_transaction() as connection:
        wanted = student_list.found_ids(connection, "") if ids is None else ids
        found = student_list.views(connection, wanted)
    return [Asked(each.id, each.full_name, each.email) for each in found]


def _facts(_act: ManyAct, ids: Sequence[int]) -> list[str]:
    """How many are in an interview now, and who; and how many places they have."""
    with read_transaction() as connection:
        found = student_list.views(connection, ids)
        waiting = student_list.places(connection, ids)
    running = [each for each in found if each.company is not None]
    facts = [ngettext("%(num)d place in a queue", "%(num)d places in queues", waiting)]
    if running:
        names = ", ".join(
            f"{each.full_name} ({each.company[1]})" for each in running[:NAMED] if each.company
        )
        more = "…" if len(running) > NAMED else ""
        facts.append(
            ngettext(
                "%(num)d of them is in an interview now: %(names)s",
                "%(num)d of them are in an interview now: %(names)s",
                len(running),
                names=names + more,
            )
        )
    return facts


Many(
    field="student",
    here="students",
    views="admin.many_students",
    list_view="admin.students.index",
    heading=lambda: _("Students"),
    labels=OF_STUDENTS,
    subject=many_students.STUDENTS,
    do=many_students.carry_out,
    take_back=many_students.undo,
    counted=lambda n: ngettext("%(num)d student", "%(num)d students", n),
    tick=lambda: _("Tick at least one student."),
    filters=("q", "since", "domain", "unconfirmed", "state", "sort"),
    of_filter=_of_filter,
    filter_words=_filter_words,
    named=_named,
    facts=_facts,
    left=many_acts.students_left,
).serve(blueprint)
