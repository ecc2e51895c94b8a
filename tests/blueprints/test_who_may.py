"""Every address with its owner, a stranger of the same kind, the other kinds and nobody."""

from urllib.parse import parse_qs, urlsplit

import pytest

from jobfair.blueprints.api.calls import TAKEN
from jobfair.blueprints.api.files import SENT
from jobfair.web.security.sign_in.authentication import NEEDED
from tests.blueprints.who_may import (
    BY_ENDPOINT,
    OF_TEAM,
    WHO_MAY,
    Who,
    as_browser,
    calls,
    sending,
    world,
)
from tests.support import school_provider

STUDENTS = {Who.STUDENT, Who.OWNER}
LINKS = {Who.LINK, Who.GUEST, Who.HALL}


@pytest.fixture
def config(provider):
    return school_provider.settings(provider)


def test_every_address_says_whom_it_is_for(app):
    served = {call.endpoint for call in calls(app)}
    missing = sorted(served - BY_ENDPOINT.keys())
    assert not missing, (
        f"Add {', '.join(missing)} to WHO_MAY in tests/blueprints/who_may.py, under whom it is "
        "open to; the tests of access, of forms from elsewhere and of headers then reach it by "
        "themselves."
    )
    assert BY_ENDPOINT.keys() == served, "WHO_MAY names what is no longer served"
    assert len(BY_ENDPOINT) == sum(len(names.split()) for names in WHO_MAY.values())


def test_every_view_of_the_teams_declares_the_right_that_it_needs(app):
    for call in calls(app):
        of_team = call.endpoint.startswith("admin.") or "/admin/" in call.rule
        if of_team and not call.streams:
            declared = vars(app.view_functions[call.endpoint]).get(NEEDED)
            assert declared is call.who.right is not None, call.endpoint


def refusals(world_, call):
    """Who is refused: a name, the person, what the address holds, and the status."""
    asked = 401 if call.for_programs else 303
    own = world_.values(call, world_.own)
    if call.who in LINKS:
        never = dict.fromkeys(("token", "screen"), "x" * 32)
        yield "nobody, with a link that never was", None, {**own, **never}, 404
        if "entry_id" in call.arguments:
            foreign = world_.values(call, world_.foreign)
            elsewhere = {**foreign, "entry_id": own["entry_id"]}
            # Refused beside the seats, as the entry may be gone: undoing is not asked in its row.
            status = 303 if call.endpoint == "company.undo" else 404
            yield "another company", None, elsewhere, status
            yield "the student, with another link", world_.alice, elsewhere, status
        return
    if call.who is Who.ANYONE:
        return
    yield "nobody", None, own, asked
    if call.who in {Who.OWNER, Who.OWNER_OR_DESK}:
        yield "another student", world_.bob, own, 404
    if call.who in STUDENTS:
        for person in (world_.admin, world_.desk, world_.viewer):
            yield str(person.role), person, own, 403
    if call.who in OF_TEAM:
        yield "a student", world_.alice, own, 403
    if call.who in {Who.OWNER_OR_DESK, Who.HELP, Who.MANAGE}:
        yield "a viewer", world_.viewer, own, 403
    if call.who is Who.MANAGE:
        yield "the desk", world_.desk, own, 403


def test_somebody_who_may_not_is_refused_learns_nothing_and_changes_nothing(app, stays):
    there = world()
    clients = {
        person: (client := app.test_client(), as_browser(client, person))
        for person in (None, there.alice, there.bob, there.admin, there.desk, there.viewer)
    }
    wrong, tried = [], 0
    for call in calls(app):
        for name, person, values, status in refusals(there, call):
            client, headers = clients[person]
            path = call.path(app, values)
            before = stays()
            answer = client.open(path, buffered=True, **sending(call, headers))
            tried += 1
            said = [each for each in there.secrets if each in answer.text and each not in path]
            if answer.status_code != status or stays() != before or said:
                wrong.append(f"{name}: {call.method} {path} {answer.status} {said}")
            asked = status == 303 and call.who not in LINKS
            if asked and not led_to_sign_in(answer, call, path):
                wrong.append(f"{name}: {call.method} {path} leads to {answer.location}")
    assert not wrong, "\n".join(wrong)
    assert tried > 250


def led_to_sign_in(answer, call, path):
    location = urlsplit(answer.location)
    wanted = parse_qs(location.query).get("next")
    return location.path == "/login" and (call.method != "GET" or wanted == [path])


def test_a_companys_link_opens_nothing_but_its_own(app, client, stays):
    """As if it were a bearer's token, or somebody's cookie."""
    there = world()
    link = str(there.own["link"])
    client.set_cookie("jobfair_access", link)
    before = stays()
    for call in calls(app):
        if call.who not in LINKS | {Who.ANYONE}:
            for headers in ({"Authorization": f"Bearer {link}"}, {}):
                path = there.address(app, call)
                answer = client.open(path, **sending(call, headers))
                assert answer.status_code == (401 if call.for_programs else 303), path
    assert stays() == before


def owners(there, who):
    """Everybody of a kind that may, each by a name."""
    students = {"the student": there.alice}
    if who in {Who.STUDENT, Who.USER, Who.ANYONE}:
        students["another student"] = there.bob
    admin = {"an admin": there.admin}
    desk = admin | {"the desk": there.desk}
    team = desk | {"a viewer": there.viewer}
    return {
        Who.ANYONE: {"nobody": None, **students, **team},
        Who.USER: students | team,
        Who.STUDENT: students,
        Who.OWNER: students,
        Who.OWNER_OR_DESK: students | desk,
        Who.LINK: {"the company": None, **students, **admin},
        Who.GUEST: {"the guest": None},
        Who.HALL: {"the projector": None, **students, **admin},
        Who.DEVICE: {"the student": there.alice},
        Who.LOOK: team,
        Who.HELP: desk,
        Who.MANAGE: admin,
    }[who]


def test_somebody_who_may_is_let_in_and_looking_changes_nothing(app, stays, keep):
    """Each time to a fair that nothing was done to, as half of them take something away."""
    wrong = []
    there = world()
    put_back = keep()
    for call in calls(app):
        if call.streams:
            continue
        for name in owners(there, call.who):
            client, person = app.test_client(), owners(there, call.who)[name]
            path, headers = there.address(app, call), as_browser(client, person)
            if call.who is Who.LINK:
                # The first time that it opens the link, a device gets its letter.
                client.get(f"/company/{there.own['link']}")
            before = stays()
            answer = client.open(path, buffered=True, **sending(call, headers))
            if call.method == "GET" and stays() != before:
                wrong.append(f"{name}: {call.method} {path} changed something")
            refused = {403, 404, 405} if call.who is Who.ANYONE else {401, 403, 404, 405, 410}
            if answer.status_code in refused or answer.status_code >= 500:
                wrong.append(f"{name}: {call.method} {path} {answer.status}")
            if call.is_page and answer.status_code == 200 and shown_badly(call, answer):
                wrong.append(f"{name}: {call.method} {path} is no page")
            if call.method != "GET" and answer.status_code < 400:
                put_back()
    assert not wrong, "\n".join(wrong)


def shown_badly(call, answer):
    return answer.mimetype == "text/html" and "<h1" not in answer.text


def test_what_is_not_there_is_said_to_be_so(app, client):
    there = world()
    headers = as_browser(client, there.admin)
    nowhere = {"company_id": 999_999, "student_id": 999_999, "entry_id": 999_999}
    nowhere["user_id"] = 999_999
    for call in calls(app):
        if call.who in OF_TEAM and call.arguments & nowhere.keys() and not takes_a_form(app, call):
            path = call.path(app, {**there.own, **nowhere})
            assert client.open(path, **sending(call, headers)).status_code == 404, path


def takes_a_form(app, call):
    """What was sent is looked at before what it is about."""
    if {TAKEN, SENT} & vars(app.view_functions[call.endpoint]).keys():
        return True
    return call.method != "GET" and call.endpoint.rpartition(".")[2] in {
        "add",
        "edit",
        "change",
        "change_role",
        "force_status",
        "enter",
        "move",
        "reorder",
    }
