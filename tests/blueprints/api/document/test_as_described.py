"""Whatever is sent to the JSON interface, it does what its OpenAPI document says.

Schemathesis makes requests out of the document, half of them fitting it and half not, and compares
the answers with it. Each call is made by whom it is open to, with a little fair behind it.
"""

from datetime import timedelta

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi import checks
from sqlalchemy import delete, update

from jobfair import clock
from jobfair.domain import state
from jobfair.extensions import db
from jobfair.imports import sent_lists, undoing
from jobfair.models import SecondFactor, User
from jobfair.queries.fair import fair_identity
from jobfair.security.hashing import passwords
from jobfair.services import mail
from jobfair.services.access import addresses, second_factors, sign_ins
from jobfair.services.companies import companies, own_profiles
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, queues
from jobfair.unit_of_work import actors
from jobfair.web.security.sign_in import tokens
from tests.blueprints.who_may import BY_ENDPOINT, Who, asking, world
from tests.support import codes
from tests.support.factories import PASSWORD

pytestmark = pytest.mark.system

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
EXAMPLES = 8
STREAMS = {"events.of_user", "events.of_company"}
"""They never end for those who may listen, so only those who may not are tried."""


def unproved(fair):
    """Let Alice have an address that nobody has proved."""
    own = User.id == fair.alice.user_id
    db.session.execute(update(User).where(own).values(address_confirmed_at=None))
    db.session.commit()


def noted(fair):
    """An interview that ended a while ago, of somebody who was not there yet."""
    now = clock.now()
    began, ended = (now - timedelta(minutes=each) for each in (30, 10))
    return {
        "student_id": fair.bob.student_id,
        "started_at": began.isoformat(),
        "ended_at": ended.isoformat(),
    }


def set_aside(fair):
    """Their company's queue stands still then, which is an alert."""
    queues.pass_turn(fair.alice.actor, fair.own["entry_id"])


def started(fair):
    interviews.start(fair.alice.actor, fair.own["entry_id"])


def ended(fair):
    started(fair)
    interviews.complete(actors.company(fair.own["company_id"]), fair.own["entry_id"])


def closed(_fair):
    fair.set_phase(actors.SYSTEM, state.Phase.CLOSED)


def profiles_open(_fair):
    """Companies write their own while the fair is preparing."""
    own_profiles.set_editing(actors.SYSTEM, True)
    fair.set_phase(actors.SYSTEM, state.Phase.PREPARING)


def prepared(_fair):
    fair.set_phase(actors.SYSTEM, state.Phase.PREPARING)


def placed(fair):
    """Two stands that swap need two places."""
    companies.edit(actors.SYSTEM, fair.own["company_id"], {"stand": "Z 1"})


MAIL = {"whom": "all", "subject": "Your stand", "text": "It is {link}"}
PAUSE = {"act": "pause", "filter": None, "hall": None, "pin": None}
WRITE = {"act": "write", "filter": None, "text": "Come to the desk"}


def reachable(fair):
    """Their company has an address to which its link may be mailed."""
    companies.edit(actors.SYSTEM, fair.own["company_id"], {"contact": "hr@example.org"})


LISTS = {
    "students": b"Email;First name;Last name\nanna@example.org;Anna;Ahl\n",
    "companies": b"Company\nAhl & Co\n",
}
"""A list of each kind, as a program sends it."""


def looked_at(what):
    """What importing such a list would do."""
    sent = sent_lists.opened(what, LISTS[what], None, sent_lists.Mode.ADD, lambda *_table: None)
    return sent_lists.judged(sent, sent_lists.read(sent))


def imported(what):
    """The number of an import of such a list."""
    judged = looked_at(what)
    promise = judged.comparison.promise
    sent_lists.carry_out(actors.SYSTEM, judged.sent, judged.upload, promise, ())
    return undoing.last(what).number


def without_factor(fair):
    db.session.execute(delete(SecondFactor).where(SecondFactor.user_id == fair.admin.user_id))
    db.session.commit()


def with_factor(fair):
    without_factor(fair)
    codes.set_up(fair.admin)


def first_code(fair):
    """A secret for somebody's app, and the code that it shows."""
    secret = second_factors.new_secret(fair.admin.user_id)
    app = codes.App(second_factors.read_secret(fair.admin.user_id, secret), [])
    return {"secret": secret, "code": app.code()}


FIRST = {
    "link_mails.preview": reachable,
    "link_mails.send": reachable,
    "alerts.take": set_aside,
    "alerts.give_back": set_aside,
    "auth.send_address_code": unproved,
    "auth.confirm_address": unproved,
    "company.swap": placed,
    "fair.set_by_lot": prepared,
    "own_profile.change": profiles_open,
    "own_profile.change_logo": profiles_open,
    "queues.present": set_aside,
    "second_factor.set_up": without_factor,
    "second_factor.turn_off": with_factor,
    "entries.present": set_aside,
    "entries.undo_completion": ended,
    "report.close": closed,
    "queues.complete": started,
    "queues.undo_start": started,
    "queues.undo_start_at_stand": started,
    "queues.undo_completion": ended,
    "people_met.write_note": started,
    "people_met.write_own_note": started,
}
"""What has to have happened before a call can succeed."""

OF_ONE = {
    "auth.confirm_address": lambda fair: {"code": addresses.issue_code(fair.alice.actor).code},
    "companies.enter_paper_interview": noted,
    "company.set_pin": lambda _fair: {"pin": "2580"},
    "push.subscribe": lambda _fair: {"endpoint": "https://push.services.mozilla.com/1"},
    "auth.sign_in": lambda fair: {"email": fair.alice.email},
    "messages.send": lambda _fair: {"audience": "everyone", "company": None, "student": None},
    "emergency.resume": lambda fair: {"withdraw": fair.own["number"], "stay": []},
    "report.close": lambda _fair: {"typed_name": fair_identity.current().title, "companies": []},
    "backups.remove": lambda _fair: {
        "typed_name": fair_identity.current().title,
        "although_open": True,
    },
    "imports.undo_students": lambda _fair: {"id": imported("students")},
    "imports.undo_companies": lambda _fair: {"id": imported("companies")},
    "link_mails.preview": lambda _fair: MAIL,
    "link_mails.send": lambda _fair: MAIL,
    "many.preview_companies": lambda fair: {"companies": [fair.own["company_id"]], **PAUSE},
    "many.change_companies": lambda fair: {"companies": [fair.own["company_id"]], **PAUSE},
    "many.preview_students": lambda fair: {"students": [fair.alice.student_id], **WRITE},
    "many.change_students": lambda fair: {"students": [fair.alice.student_id], **WRITE},
    "second_factor.set_up": first_code,
    "second_factor.turn_off": lambda fair: {
        "code": second_factors.new_codes(fair.admin.user_id)[0]
    },
    "students.admit": lambda _fair: {"current_company": None, "email": "new@example.org"},
    "webhooks.make": lambda _fair: {"url": "https://hooks.example/jobfair"},
}
"""What to send in one call alone: elsewhere it would be refused."""


@pytest.fixture(autouse=True)
def unhashed(app, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(passwords, "verify", lambda _hash, typed: typed == PASSWORD)
    monkeypatch.setattr(mail, "is_configured", lambda: True)
    monkeypatch.setattr(mail, "send", lambda *_given: True)


@pytest.fixture
def operations(client):
    """Every call that the document describes, by its name."""
    schema = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json)
    found = (result.ok() for result in schema.get_all_operations())
    return {operation.definition.raw["operationId"]: operation for operation in found}


class Caller:
    """Makes one call again and again, as whom it is open to."""

    def __init__(self, app, name, fair):
        self.fair = fair
        self._app, self._client, self._name = app, app.test_client(), name
        self._who = BY_ENDPOINT[f"api_{name}"] if name not in STREAMS else Who.ANYONE
        # What happens may end sign-ins.
        FIRST.get(name, lambda _fair: None)(self.fair)
        person = asking(fair, self._who)
        self._headers = {} if person is None else person.bearer()
        # Schemathesis would ask for gzip, and compare it unread.
        self._headers["Accept-Encoding"] = "identity"
        self._in_address = {**self.fair.own, "token": self.fair.own["link"]}
        if name.startswith("many.") and name.endswith("_students"):
            self._in_address["act_number"] = self.fair.own["students_act"]
        self._in_body = self._known()
        self._list = {}

    def _known(self):
        own, opened = self.fair.own, sign_ins.open_for(self.fair.alice.user_id, "another device")
        return {
            "company": self.fair.foreign["company_id"],
            "current_company": own["company_id"],
            "student_id": self.fair.bob.student_id,
            "queue_ids": [own["entry_id"]],
            "refresh": tokens.pair(opened)[1],
            "password": PASSWORD,
            "pin": "4729",
            "current_password": PASSWORD,
            "new_password": "staple for a while",
            **OF_ONE.get(self._name, lambda _fair: {})(self.fair),
        }

    def fill_in(self, case):
        """Put what exists in the place of what was made up, but for what is wrong on purpose."""
        negative = case.meta.is_negative_at
        if not negative(ParameterLocation.PATH):
            case.path_parameters.update(
                {name: self._in_address[name] for name in case.path_parameters}
            )
        if isinstance(case.body, dict) and not negative(ParameterLocation.BODY):
            case.body.update({n: self._in_body[n] for n in case.body.keys() & self._in_body.keys()})

        if case.meta.generation.mode is GenerationMode.POSITIVE:
            self._send_list(case)

    def _send_list(self, case):
        """Put a list, and what was promised of it, in the place of what was made up."""
        act, _separator, what = self._name.removeprefix("imports.").partition("_")
        if act in ("preview", "import"):
            self._list = {"data": LISTS[what]}
            case.query.clear()
            if act == "import":
                case.query["promise"] = looked_at(what).comparison.promise

    def send(self, method, path, body):
        """What was written down to be sent, with the ids and secrets of what exists."""
        known = {name: self._in_body[name] for name in body.keys() & self._in_body.keys()}
        address = path.format_map(self._in_address)
        return self._client.open(
            address, method=method, json={**body, **known}, headers=self._headers
        )

    def call(self, case):
        # Whole: a file that is sent while it is written is read where its request still runs.
        more, self._list = self._list, {}
        return case.call(
            app=self._app, session=self._client, headers=self._headers, buffered=True, **more
        )


def failures(case, answer):
    """What is not as the document says."""
    try:
        case.validate_response(answer, checks=CHECKS)
    except FailureGroup as group:
        return list(group.exceptions)
    except Failure as failure:
        return [failure]
    return []


def may_be_wrong(operation):
    """Whether there is anything to get wrong; a link may be any text."""
    return bool(operation.body) or any(each.name != "token" for each in operation.iter_parameters())


def tried(operation, mode, caller, real):
    """The statuses that a call was answered with, and a complaint of each kind."""
    statuses, complaints = set(), {}

    # Nothing is raised inside: what is stored changes from one request to the next, so that the
    # same one again would be answered otherwise.
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), existing=real)
    def each(case, existing):
        if existing:
            caller.fill_in(case)
        answer = caller.call(case)
        statuses.add(str(answer.status_code))
        for failure in failures(case, answer):
            said = f"{operation.label}: {failure}\n{case.as_curl_command()}\n{answer.text[:200]}"
            complaints.setdefault(type(failure), said)

    each()
    return statuses, list(complaints.values())


@pytest.mark.parametrize("mode", GenerationMode)
def test_every_call_does_what_the_document_says(app, operations, mode):
    complaints, never_done, fair = [], set(), world()
    for name, operation in operations.items():
        if mode is GenerationMode.NEGATIVE and not may_be_wrong(operation):
            continue
        real = st.just(False) if name in STREAMS else st.sampled_from([True, True, False])
        statuses, found = tried(operation, mode, Caller(app, name, fair), real)
        complaints += found
        if not statuses & {"200", "201", "202", "204"}:
            never_done.add(name)
        # Half of the calls take something away, though what was wrong with them did not matter.
        fair = world()
    assert not complaints, "\n\n".join(complaints)
    if mode is GenerationMode.POSITIVE:
        assert never_done == STREAMS
