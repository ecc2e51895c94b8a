"""One act on many companies of the list: asked first, with their names, and taken back in one."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.forms import HallEdit, NewPin, Saying
from jobfair.db.transactions import revision
from jobfair.domain.events import ManyAct
from jobfair.fields.parsing import Input, Invalid, parse
from jobfair.fields.types import LARGEST_ID
from jobfair.live.pages.admin import COMPANIES
from jobfair.queries.admin import many_acts
from jobfair.queries.admin.lists import companies as company_list
from jobfair.queries.admin.lists.companies import EVERY_COMPANY, CompanyFilter, ListedCompany
from jobfair.services import many_companies
from jobfair.services.access.rights import Right
from jobfair.web.responses import see_other
from jobfair.web.security.authentication import current_actor, needs
from jobfair.web.security.recent_password import require_confirmed
from jobfair.wording import many as words

ALL = "all"
"""The field that chooses all that the filter finds, whatever is ticked."""

ASKED_AT = "asked_at"
GRAVE = (ManyAct.NEW_LINK, ManyAct.DELETE)

NEEDS: dict[ManyAct, tuple[str, type[Input]]] = {
    ManyAct.HALL: ("hall", HallEdit),
    ManyAct.MESSAGE: ("text", Saying),
    ManyAct.SET_PIN: ("pin", NewPin),
}
"""The field that an act needs besides the companies, and its form."""

blueprint = Blueprint("many", __name__, url_prefix=f"{COMPANIES.address}/many")


@blueprint.get("")
@needs(Right.MANAGE)
def ask() -> str:
    """Which companies it would be, by name, each with a box to leave it out."""
    act = _act(request.args.get("act", ""))
    found = _chosen()
    if act is None or not found:
        return _choice(act, {each.company.id for each in found}, is_asked=bool(request.args))
    if act in GRAVE:
        require_confirmed()
    return _question(act, found, {each.company.id for each in found}, {}, revision())


@blueprint.post("")
@needs(Right.MANAGE)
def carry_out() -> Response | tuple[str, int]:
    act = _act(request.form.get("act", ""))
    ticked = set(_ids(request.form.getlist("company")))
    if act is None:
        return _choice(act, ticked), 400
    if act in GRAVE:
        require_confirmed()
    asked_at = request.form.get(ASKED_AT, 0, type=int)
    value, errors = _value(act)
    if not ticked:
        errors["company"] = _("Tick at least one company.")
    if errors:
        asked = set(_ids(request.form.get("asked", "").split())) | ticked
        every = company_list.found_companies(EVERY_COMPANY)
        found = [each for each in every if each.company.id in asked]
        if not found:
            return _choice(act, ticked), 400
        return _question(act, found, ticked, errors, asked_at), 400
    number = many_companies.carry_out(current_actor(), act, sorted(ticked), asked_at, value)
    return see_other(url_for("admin.many.done", act_number=number))


@blueprint.get("/<int:act_number>")
@needs(Right.MANAGE)
def done(act_number: int) -> str:
    """What was done, to how many, and who was left; with the way back."""
    event = many_acts.done(act_number)
    undoable = (
        event.undoes is None
        and bool(event.rows)
        and many_companies.can_be_undone(ManyAct(event.act))
        and not many_acts.was_undone(act_number)
    )
    return render_template(
        "admin/many_done.html",
        event=event,
        act_number=act_number,
        said=words.done(event),
        undoable=undoable,
    )


@blueprint.post("/<int:act_number>/undo")
@needs(Right.MANAGE)
def undo(act_number: int) -> Response:
    """Take it back: exactly those companies, and only where nothing came since."""
    number = many_companies.undo(current_actor(), act_number)
    return see_other(url_for("admin.many.done", act_number=number))


def _act(name: str) -> ManyAct | None:
    return ManyAct(name) if name in list(ManyAct) else None


def _ids(texts: Iterable[str]) -> list[int]:
    """Those that can be a company's."""
    return [int(each) for each in texts if each.isdecimal() and int(each) <= LARGEST_ID]


def _chosen() -> list[ListedCompany]:
    """The companies that were ticked, or all that the list's filter finds."""
    args = request.args
    if ALL in args:
        q, state, hall, sector = (args.get(each, "") for each in ("q", "state", "hall", "sector"))
        chosen = CompanyFilter(q, state, hall, sector, "unopened" in args)
        return company_list.found_companies(chosen, args.get("sort", ""))
    ticked = set(_ids(args.getlist("company")))
    every = company_list.found_companies(EVERY_COMPANY)
    return [each for each in every if each.company.id in ticked]


def _value(act: ManyAct) -> tuple[str | None, dict[str, str]]:
    """What the act needs besides the companies, and what is wrong with it."""
    if act not in NEEDS:
        return None, {}
    name, form = NEEDS[act]
    given = parse(form, request.form)
    if isinstance(given, Invalid):
        return None, dict(given.errors)
    value: str | None = getattr(given, name)
    return value, {}


def _question(
    act: ManyAct,
    found: list[ListedCompany],
    ticked: set[int],
    errors: dict[str, str],
    asked_at: int,
) -> str:
    return render_template(
        "admin/many.html",
        act=act,
        label=words.LABELS[act],
        meaning=words.MEANINGS[act],
        undoable=many_companies.can_be_undone(act),
        found=found,
        ticked=ticked,
        errors=errors,
        asked_at=asked_at,
        needed=NEEDS[act][0] if act in NEEDS else "",
        halls=[hall for hall, _count in company_list.companies().choices.halls],
    )


def _choice(act: ManyAct | None, ticked: set[int], is_asked: bool = True) -> str:
    """Where the act or the companies are missing: both to choose, and what is missing."""
    missing = _("Choose what to do.") if act is None else _("Tick at least one company.")
    return render_template(
        "admin/many_choice.html",
        acts=words.LABELS.items(),
        act=act,
        every=company_list.found_companies(EVERY_COMPANY),
        ticked=ticked,
        error=missing if is_asked else None,
    )
