"""The pages of one act on many of a list: asked first, with their names, and taken back in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from jobfair.blueprints.admin.forms import HallEdit, MaybeSaying, NewPin, Saying
from jobfair.db.transactions import revision
from jobfair.domain.events import ManyAct, ManyChanged
from jobfair.fields.input.parsing import Input, Invalid, parse
from jobfair.fields.input.types import LARGEST_ID
from jobfair.queries.admin.lists import companies as company_list
from jobfair.queries.admin.records import many_acts
from jobfair.services import many_at_once
from jobfair.services.access.rights import Right
from jobfair.services.companies import many_companies
from jobfair.services.many_at_once import GRAVE, Subject
from jobfair.unit_of_work.actors import Actor
from jobfair.web.pages.responses import see_other
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.security.sign_in.recent_password import require_confirmed
from jobfair.wording.admin import many as words

ALL = "all"
"""The field that chooses all that the filter finds, whatever is ticked."""

ASKED_AT = "asked_at"
LISTED = "listed"
"""The field that keeps the list's address: what it was filtered and sorted by."""

NEEDS: dict[ManyAct, tuple[str, type[Input]]] = {
    ManyAct.HALL: ("hall", HallEdit),
    ManyAct.MESSAGE: ("text", Saying),
    ManyAct.WRITE: ("text", Saying),
    ManyAct.PAUSE: ("text", MaybeSaying),
    ManyAct.SET_PIN: ("pin", NewPin),
}
"""The field that an act needs besides those it is done to, and its form."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One of those who were chosen, as the question names them."""

    id: int
    name: str
    note: str | None = None


@dataclass(frozen=True)
class Many:
    """The pages for one list.

    `field` is that of the ticked ones, `here` the list's place in the navigation, `views` the
    blueprint of these pages and `list_view` that of the list. `labels` are the acts, `counted`
    says how many, `tick` that none is ticked. `filters` are the parameters of the list's address,
    `of_filter` finds all of them and `filter_words` names them; `named` are those with these ids,
    all for None; `facts` says what an act means for those who were chosen.
    """

    field: str
    here: str
    views: str
    list_view: str
    heading: Callable[[], str]
    labels: Mapping[ManyAct, object]
    subject: Subject
    do: Callable[[Actor, ManyAct, Sequence[int], int, str | None], int]
    take_back: Callable[[Actor, int], int]
    counted: Callable[[int], str]
    tick: Callable[[], str]
    filters: Sequence[str]
    of_filter: Callable[[Mapping[str, str]], list[Asked]]
    filter_words: Callable[[Mapping[str, str]], list[str]]
    named: Callable[[Sequence[int] | None], list[Asked]]
    facts: Callable[[ManyAct, Sequence[int]], list[str]]
    left: Callable[[ManyChanged], list[str]]

    def serve(self, blueprint: Blueprint) -> None:
        """Add these pages to their blueprint."""
        for rule, method, view in (
            ("", "GET", self.ask),
            ("", "POST", self.carry_out),
            ("/<int:act_number>", "GET", self.done),
            ("/<int:act_number>/undo", "POST", self.undo),
        ):
            allowed = needs(Right.MANAGE)(view)
            blueprint.add_url_rule(rule, view.__name__, allowed, methods=[method])

    def ask(self) -> str:
        """Which ones it would be, by name, each with a box to leave it out."""
        act = self._act(request.args.get("act", ""))
        ticked = _ids(request.args.getlist(self.field))
        listed = self._listed(request.args)
        if ALL in request.args:
            found = self.of_filter(listed)
        else:
            found = self.named(ticked) if ticked else []
        if act is None or not found:
            return self._choice(act, {each.id for each in found}, is_asked=bool(request.args))
        if act in GRAVE:
            require_confirmed()
        return self._question(act, found, {each.id for each in found}, {}, revision(), listed)

    def carry_out(self) -> Response | tuple[str, int]:
        """Do it to those who are ticked still."""
        act = self._act(request.form.get("act", ""))
        ticked = set(_ids(request.form.getlist(self.field)))
        if act is None:
            return self._choice(act, ticked), 400
        if act in GRAVE:
            require_confirmed()
        asked_at = request.form.get(ASKED_AT, 0, type=int)
        value, errors = _value(act)
        if not ticked:
            errors[self.field] = self.tick()
        if errors:
            asked = set(_ids(request.form.get("asked", "").split())) | ticked
            found = self.named(sorted(asked)) if asked else []
            if not found:
                return self._choice(act, ticked), 400
            return self._question(act, found, ticked, errors, asked_at, self._kept()), 400
        if act is ManyAct.PAUSE:
            return self._pause(sorted(ticked), asked_at, value)
        number = self.do(current_actor(), act, sorted(ticked), asked_at, value)
        return self._see_done(number)

    def _pause(self, ids: list[int], asked_at: int, text: str | None) -> Response:
        """Pause them, and tell those who wait where there is a text."""
        number, told = many_companies.pause(current_actor(), ids, asked_at, text)
        if told is not None:
            flash(words.done(many_acts.done(told)), "success")
        return self._see_done(number)

    def done(self, act_number: int) -> str:
        """What was done, to how many, and who was left; with the way back.

        Raises NotFound for an act on others than these.
        """
        event = many_acts.done(act_number)
        return render_template(
            "admin/many_done.html",
            many=self,
            event=event,
            left=self.left(event),
            act_number=act_number,
            said=words.done(event),
            undoable=many_at_once.can_be_taken_back(self.subject, act_number),
            listed=self._listed(dict(parse_qsl(request.args.get(LISTED, "")))),
        )

    def undo(self, act_number: int) -> Response:
        """Take it back: exactly those, and only where nothing came since."""
        return self._see_done(self.take_back(current_actor(), act_number))

    def _see_done(self, number: int) -> Response:
        listed = urlencode(self._kept()) or None
        return see_other(url_for(f"{self.views}.done", act_number=number, listed=listed))

    def _kept(self) -> dict[str, str]:
        """The list's address, as the form that was sent keeps it."""
        return self._listed(dict(parse_qsl(request.form.get(LISTED, ""))))

    def _listed(self, args: Mapping[str, str]) -> dict[str, str]:
        return {name: args[name] for name in self.filters if args.get(name)}

    def _act(self, name: str) -> ManyAct | None:
        return next((each for each in self.labels if each == name), None)

    def _question(
        self,
        act: ManyAct,
        found: list[Asked],
        ticked: set[int],
        errors: dict[str, str],
        asked_at: int,
        listed: dict[str, str],
    ) -> str:
        return render_template(
            "admin/many.html",
            many=self,
            act=act,
            label=self.labels[act],
            meaning=words.MEANINGS[act],
            undoable=self.subject.kinds[act].can_be_undone,
            found=found,
            filtered=self.filter_words(listed) if ALL in request.values else [],
            listed=listed,
            facts=self.facts(act, [each.id for each in found]),
            ticked=ticked,
            errors=errors,
            asked_at=asked_at,
            needed=NEEDS[act][0] if act in NEEDS and act is not ManyAct.PAUSE else "",
            may_say=act is ManyAct.PAUSE,
            halls=[hall for hall, _count in company_list.companies().choices.halls],
        )

    def _choice(self, act: ManyAct | None, ticked: set[int], is_asked: bool = True) -> str:
        """Where the act or those it is done to are missing: both to choose, and what is missing."""
        missing = _("Choose what to do.") if act is None else self.tick()
        return render_template(
            "admin/many_choice.html",
            many=self,
            act=act,
            every=self.named(None),
            ticked=ticked,
            error=missing if is_asked else None,
        )


def _ids(texts: Iterable[str]) -> list[int]:
    """Those that can be an id."""
    return [int(each) for each in texts if each.isdecimal() and int(each) <= LARGEST_ID]


def _value(act: ManyAct) -> tuple[str | None, dict[str, str]]:
    """What the act needs besides, and what is wrong with it."""
    if act not in NEEDS:
        return None, {}
    name, form = NEEDS[act]
    given = parse(form, request.form)
    if isinstance(given, Invalid):
        return None, dict(given.errors)
    value: str | None = getattr(given, name)
    return value, {}
