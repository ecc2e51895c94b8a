"""Every form that changes what is stored, open on two screens at once.

A form writes what its reader changed and nothing else; where somebody else has changed the same
field meanwhile, that is shown beside it and asked.
"""

import re
from dataclasses import dataclass
from datetime import date

import pytest

from jobfair.fields.input.edits import SEEN
from jobfair.services.companies import companies
from jobfair.services.fair import fair, sign_up
from jobfair.unit_of_work import actors
from tests.blueprints.html_forms import TYPED, Form, forms
from tests.blueprints.who_may import OF_TEAM, Who, asking, calls, world

READERS = {Who.STUDENT, *OF_TEAM}

NEW = {"/admin/companies/new", "/admin/students/new", "/admin/messages", "/admin/team"}
NEW |= {"/admin/rehearsal"}
"""Forms of what is not stored yet: what stands in them is a proposal. So it is where a
stand leaves, or a fair is rehearsed."""

VALUES = {
    "text": ("Aaa", "Bbb", "Ccc"),
    "email": ("aaa@example.org", "bbb@example.org", "ccc@example.org"),
    "number": ("7", "8", "9"),
    "date": ("2126-01-01", "2126-01-02", "2126-01-03"),
    "textarea": ("Aaa", "Bbb", "Ccc"),
    "looking_for": ("internship", "job", "phd"),
    "url": ("https://aaa.example", "https://bbb.example", "https://ccc.example"),
    "radio": ("codes", "names"),
    "starts_on": ("2026-01-01", "2026-01-02", "2026-01-03"),
    "opens": ("09:00", "09:10", "09:20"),
    "closes": ("18:00", "18:10", "18:20"),
    "colour": ("#1b4aa0", "#13633a", "#a1221a"),
    "colour_dark": ("#a4c2ff", "#7fdca4", "#ff9f96"),
    "zone": ("Europe/Paris", "Indian/Reunion", "UTC"),
    "sign_up": ("open", "code", "invited"),
    "sign_up_domains": ("aaa.example", "bbb.example", "ccc.example"),
    "sign_up_word": ("aaaa", "bbbb", "cccc"),
}
"""What people put into a field, by its name or its kind."""


@dataclass
class Screen:
    """A page that somebody has open, with one of its forms."""

    client: object
    path: str
    headers: dict
    form: Form

    def reload(self):
        page = self.client.get(self.path, headers=self.headers, buffered=True)
        return self._on(page.text)

    def _on(self, html):
        form = next(each for each in forms(html, self.path) if each.action == self.form.action)
        return Screen(self.client, self.path, self.headers, form)

    def save(self, **changed):
        """Send the form as it stands there, with these changes."""
        return self.client.post(
            self.form.action, data=self.form.values | changed, headers=self.headers, buffered=True
        )

    def after(self, answer):
        """The page that an answer is."""
        return self._on(answer.text)

    @property
    def edited(self):
        """The fields of the form, by the kind of each."""
        return {
            name: kind
            for name, kind in self.form.kinds.items()
            if kind in TYPED or kind == "radio" or SEEN + name in self.form.kinds
        }


@pytest.fixture
def screens(app, client):
    """Every form in which something stands that is stored, on the page where it is."""
    there = world()
    full = {"name": "TechCorp", "stand": "A1", "slots": 2, "queue_limit": 90}
    companies.edit(actors.SYSTEM, there.own["company_id"], full)
    fair.set_details(actors.SYSTEM, {"ends_on": date(2126, 11, 26)})
    sign_up.set_sign_up(actors.SYSTEM, {"sign_up": "code", "sign_up_domains": "univ.fr"})
    found = []
    for call in calls(app):
        if call.is_page and call.who in READERS:
            person = asking(there, call.who)
            path = there.address(app, call)
            page = client.get(path, headers=person.bearer(), buffered=True)
            found += [
                Screen(client, path, person.bearer(), form)
                for form in (forms(page.text, path) if page.mimetype == "text/html" else ())
            ]
    return [
        each
        for each in found
        if each.form.action not in NEW
        and not each.form.action.endswith(("/move", "/leaving", "-companies"))
        and shows_what_is_stored(each)
    ]


def shows_what_is_stored(screen):
    return any(screen.form.values.get(name) for name in screen.edited)


def another(screen, name, *taken):
    """A value that does not stand in a field yet."""
    taken = {screen.form.values[name], *taken}
    values = VALUES.get(name) or VALUES[screen.edited[name]]
    return next(each for each in values if each not in taken)


def told_beside(name, answer):
    """What an answer says beside a field."""
    beside = re.search(rf'id="{name}-error">(.*?)</p>', answer.text, re.DOTALL)
    return beside[1] if beside else ""


def test_every_form_of_what_is_stored_says_what_its_reader_saw(screens):
    assert {each.form.action for each in screens} == {
        "/admin/calls",
        "/admin/companies/1",
        "/admin/fair",
        "/admin/hall/names",
        "/admin/sign-up",
        "/admin/sign-up/word",
        "/admin/students/1",
        "/profile",
    }
    for screen in screens:
        for name in screen.edited:
            seen = screen.form.values.get(SEEN + name)
            assert seen == screen.form.values[name], f"{name} of {screen.form.action}"


def test_what_a_form_did_not_change_stays_as_a_colleague_left_it(screens):
    for screen in screens:
        for name in screen.edited:
            mine, theirs = screen.reload(), screen.reload()
            put = {name: another(theirs, name)}
            other = next((each for each in mine.edited if each != name), None)
            changed = {other: another(mine, other)} if other else {}
            assert theirs.save(**put).status_code == 303
            assert mine.save(**changed).status_code == 303
            stored = mine.reload().form.values
            assert {each: stored[each] for each in put | changed} == put | changed


def test_what_a_colleague_changed_meanwhile_is_shown_beside_it_and_asked(screens):
    for screen in screens:
        # There are two choices: a colleague who chose the other one wants the same.
        for name in (each for each, kind in screen.edited.items() if kind != "radio"):
            mine, theirs = screen.reload(), screen.reload()
            put = another(theirs, name)
            wanted = another(mine, name, put)
            assert theirs.save(**{name: put}).status_code == 303
            question = mine.save(**{name: wanted})
            assert question.status_code == 409, f"{name} of {mine.form.action} was not asked"
            assert put in told_beside(name, question)
            assert mine.reload().form.values[name] == put, "written all the same"
            asked = mine.after(question)
            assert asked.form.values[name] == wanted, "lost what was typed"
            assert asked.save().status_code == 303
            assert mine.reload().form.values[name] == wanted


def test_a_form_that_is_refused_shows_what_a_colleague_changed_meanwhile_too(screens):
    """Else its next sending would overwrite what its reader was never shown."""
    wrong = {"text": "x" * 300, "textarea": "x" * 3000, "email": "nobody", "number": "-1"}
    wrong |= {"date": "never", "url": "http://x", "time": "25:00", "checkbox": "nobody"}
    for screen in screens:
        for name, kind in screen.edited.items():
            if kind == "radio":
                continue
            mine, theirs = screen.reload(), screen.reload()
            put = another(theirs, name)
            assert theirs.save(**{name: put}).status_code == 303
            refused = mine.save(**{name: wrong[kind]})
            assert refused.status_code == 400
            assert put in told_beside(name, refused)


def test_what_a_colleague_changed_elsewhere_in_the_form_is_said_when_it_is_saved(
    organiser, techcorp
):
    address = f"/admin/companies/{techcorp}"
    seen = {f"{SEEN}slots": "2", f"{SEEN}stand": ""}
    page = organiser.follow(organiser.post(address, slots="2", stand="B2", **seen)).text
    assert "Saved. Somebody else changed meanwhile: Interviews at once." in page
