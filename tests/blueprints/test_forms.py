"""Every form, filled in with anything, by whom it is for.

What is refused is refused in words, in sight, and stores nothing, and what was typed stands in it
again.
"""

import re
from dataclasses import dataclass
from inspect import unwrap
from io import BytesIO

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jobfair.fields.input.edits import SEEN
from jobfair.security.hashing import passwords
from jobfair.services import mail
from jobfair.services.fair import sign_up
from jobfair.services.queues import interviews
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.blueprints.html_forms import Form, forms
from tests.blueprints.rubbish import TEXTS, files
from tests.blueprints.who_may import Who, asking, calls, world

EXAMPLES = 10
QUERIES = ("", "?student=B")
"""What to look for on each page: some forms are shown for what was found."""

WORDED = (
    'aria-invalid="true"',
    'class="field-error"',
    'class="form-error"',
    'class="refusal"',
    'class="lone-sheet"',
)
"""How a page says that something was refused, in words or by the only thing that it says."""

HAS_FOCUS = re.compile(r"<[^>]*(aria-invalid|-error\"|\"refusal\")[^>]* autofocus")
"""What was refused may be far down the page: it has the focus, and is scrolled to."""

ON_NO_PAGE = {
    "admin.link_mails.send",
    "student.entries.call_receipt",
    "pin.give",
    "stand_messages.put_away",
    "own_profile.edit",
    "school.complete",
}
"""Sent by a script of ours; shown by no stand of this fair, as none asks for a PIN or was sent a
message; where mail is set up; and only to who comes from a school's account, in
tests/blueprints/account/test_school.py."""

LOST = {"admin.queue.add", "admin.student.add"}
"""Forms of one figure beside a name: the answer is a page that leads back to them."""

NOTED = {"confirm_password.give", "admin.second_factor.turn_off"}
"""Forms that need a password: that it was wrong stands in the security log."""


@dataclass(frozen=True)
class Posted:
    """A form on somebody's page."""

    endpoint: str
    form: Form
    headers: dict[str, str]


@pytest.fixture(autouse=True)
def unhashed(app, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(passwords, "verify", lambda _hash, _typed: False)


@pytest.fixture(autouse=True)
def mail_goes_nowhere(monkeypatch):
    """The form of a forgotten password is shown where mail can be sent."""
    monkeypatch.setattr(mail, "is_configured", lambda: True)
    monkeypatch.setattr(mail, "send", lambda *_given: None)


@pytest.fixture
def posted(app, client):
    """One form for each address that takes what somebody fills in."""
    there = world()
    # So that the word of the fair has its forms.
    sign_up.set_sign_up(actors.SYSTEM, {"sign_up": "code"})
    # So that the stand has met somebody, about whom it may write.
    interviews.start(there.alice.actor, there.own["entry_id"])
    # So that she is asked to prove her address.
    students.edit(actors.SYSTEM, there.alice.student_id, {"email": "alice@new.example"})
    found = {}
    # The stand's first: what others send may take away whom it has met.
    for call in sorted(calls(app), key=lambda call: call.who is not Who.LINK):
        if call.is_page:
            person = asking(there, call.who)
            headers = {} if person is None else person.bearer()
            for query in QUERIES:
                path = there.address(app, call)
                page = client.get(path + query, headers=headers, buffered=True)
                for form in forms(page.text, path) if page.mimetype == "text/html" else ():
                    endpoint = app.url_map.bind("").match(form.action, method="POST")[0]
                    if form.kinds:
                        found.setdefault(endpoint, Posted(endpoint, form, headers))
    return found


def filled_in(form):
    """Anything in each field, or what stands there, or no such field; and a button is pressed."""
    text = st.text(st.characters(codec="utf-8"), max_size=60)
    pressed = {name: form.values[name] for name, kind in form.kinds.items() if kind == "button"}
    fields = {
        name: st.sampled_from(files())
        if kind == "file"
        else st.just(form.values.get(name, "")) | st.sampled_from(TEXTS) | text
        for name, kind in form.kinds.items()
    }
    filled = st.fixed_dictionaries({}, optional=fields) | st.fixed_dictionaries(fields)
    return filled.map(lambda typed: typed | pressed)


def send(client, sent, typed):
    data = {
        name: (BytesIO(value), "rubbish.csv") if isinstance(value, bytes) else value
        for name, value in typed.items()
    }
    return client.post(sent.form.action, data=data, headers=sent.headers, buffered=True)


def complaint(client, sent, typed, answer, stored):
    """What is wrong with an answer, if anything."""
    if answer.status_code >= 500 or "Traceback" in answer.text:
        return f"broke: {answer.status}"
    with client.session_transaction() as session:
        said = session.pop("refused", {})
    refused = answer.status_code >= 400 or said
    if not refused:
        return None
    if stored and sent.endpoint not in NOTED:
        return "was refused and stored something"
    if not said and not any(each in answer.text for each in WORDED):
        return f"was refused without a word: {answer.status}"
    if any(each in answer.text for each in WORDED[:-1]) and not HAS_FOCUS.search(answer.text):
        return "was refused where nobody looks"
    if sent.endpoint not in LOST and not kept(sent, typed, answer):
        return "lost what was typed"
    return None


def kept(sent, typed, answer):
    """Whether the answer's form holds what was typed, and no password."""
    again = next(
        (f for f in forms(answer.text, sent.form.action) if f.action == sent.form.action), None
    )
    # What its reader did not change shows what is stored.
    names = [n for n in sent.form.typed() if n in typed and typed[n] != typed.get(SEEN + n)]
    if again is None:
        return not names
    passwords_shown = [
        n for n, kind in again.kinds.items() if kind == "password" and again.values[n]
    ]
    return not passwords_shown and all(same(again.values.get(n, ""), typed[n]) for n in names)


def same(shown, typed):
    return shown.split() == typed.split()


def tried(app, sent, stays):
    """What is wrong with the answers to one form: a complaint of each kind, with what was typed."""
    client, complaints = app.test_client(), {}

    # Nothing is raised inside, as what is stored changes from one try to the next.
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(typed=filled_in(sent.form))
    def each(typed):
        before = stays()
        answer = send(client, sent, typed)
        wrong = complaint(client, sent, typed, answer, stays() != before)
        if wrong:
            complaints.setdefault(wrong, f"{sent.endpoint} {wrong}: {typed!r:.300}")

    each()
    return complaints.values()


def read(app):
    """The addresses that read a form as a shape of input."""
    views = app.view_functions
    return {
        call.endpoint
        for call in calls(app)
        if call.method == "POST"
        and not call.for_programs
        and {"parse", "parse_edit", "submit"} & {*unwrap(views[call.endpoint]).__code__.co_names}
    }


def test_every_form_refuses_in_words_and_gives_back_what_was_typed(app, posted, stays):
    assert read(app) - posted.keys() == ON_NO_PAGE, "a form that is on none of the pages"
    complaints = [each for sent in posted.values() for each in tried(app, sent, stays)]
    assert not complaints, "\n".join(complaints)
